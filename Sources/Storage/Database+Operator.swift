package import Foundation
import GRDB
package import Outbox

/// A delivery as an operator sees it.
package struct DeliveryStatus: Sendable {
  package var delivery: Delivery
  package var state: Delivery.State
  package var accepted: Date
  /// The next attempt while pending, the end of the lease while leased, nil afterwards.
  package var due: Date?
  /// When it came to rest.
  package var settled: Date?
  package var attemptCount: Int
  /// Why it is dead or unknown; empty otherwise.
  package var reason: String
}

/// What an operator's wish came to.
package enum OperatorResult: Sendable, Equatable {
  case done
  case notFound
  /// Its state does not allow that.
  case refused(Delivery.State)
}

extension Database {
  /// Deliveries, newest first; of all states and channels unless named.
  package func deliveries(
    in state: Delivery.State? = nil, channel: String? = nil, limit: Int
  ) async throws(StorageError) -> [DeliveryStatus] {
    try await read { db in
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT * FROM deliveries WHERE (?1 IS NULL OR state = ?1) AND (?2 IS NULL OR channel = ?2)
          ORDER BY sequence DESC LIMIT ?3
          """, arguments: [state?.rawValue, channel, limit])
      return rows.compactMap(DeliveryStatus.init(row:))
    }
  }

  /// One delivery; nil if there is none of that id.
  package func delivery(_ id: DeliveryID) async throws(StorageError) -> DeliveryStatus? {
    try await read { db in
      let row = try Row.fetchOne(db, sql: "SELECT * FROM deliveries WHERE id = ?", arguments: [id.rawValue])
      return row.flatMap(DeliveryStatus.init(row:))
    }
  }

  /// The attempts of a delivery, oldest first.
  package func attempts(of id: DeliveryID) async throws(StorageError) -> [Attempt] {
    try await read { db in
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT attempts.* FROM attempts JOIN deliveries ON sequence = delivery WHERE deliveries.id = ? ORDER BY number
          """, arguments: [id.rawValue])
      return rows.compactMap(Attempt.init(row:))
    }
  }

  /// Sends a dead letter, or one of unknown fate, back to be tried afresh, for as long as a new one would be; a pending
  /// one is tried at once. Its idempotency key stays.
  package func retry(_ id: DeliveryID, now: Date) async throws(StorageError) -> OperatorResult {
    let expires = now.addingTimeInterval(RetrySchedule.longestLife).milliseconds
    return try await change(id, from: [.pending, .dead, .unknown]) { db in
      try db.execute(
        sql: """
          UPDATE deliveries SET state = 'pending', due = ?, expires = max(expires, ?), tries = 0, settled = NULL,
            reason = '' WHERE id = ?
          """, arguments: [now.milliseconds, expires, id.rawValue])
    }
  }

  /// Gives a waiting delivery up. One that is in flight cannot be dropped.
  package func drop(_ id: DeliveryID, now: Date) async throws(StorageError) -> OperatorResult {
    try await change(id, from: [.pending, .unknown]) { db in
      try db.execute(
        sql: "UPDATE deliveries SET state = 'dead', settled = ?, reason = 'dropped by an operator' WHERE id = ?",
        arguments: [now.milliseconds, id.rawValue])
    }
  }

  private func change(
    _ id: DeliveryID, from states: [Delivery.State], _ update: @escaping @Sendable (GRDB.Database) throws -> Void
  ) async throws(StorageError) -> OperatorResult {
    try await commits.perform { db in
      let text = try String.fetchOne(db, sql: "SELECT state FROM deliveries WHERE id = ?", arguments: [id.rawValue])
      guard let state = text.flatMap(Delivery.State.init(rawValue:)) else { return .notFound }
      guard states.contains(state) else { return .refused(state) }
      try update(db)
      return .done
    }
  }
}

extension DeliveryStatus {
  fileprivate init?(row: Row) {
    guard let delivery = Delivery(row: row), let state = row.text("state").flatMap(Delivery.State.init(rawValue:)),
      let accepted = row.date("accepted"), let attempts = row.integer("attempts")
    else { return nil }
    self.init(
      delivery: delivery, state: state, accepted: accepted,
      due: [.pending, .leased].contains(state) ? row.date("due") : nil, settled: row.date("settled"),
      attemptCount: attempts, reason: row.text("reason") ?? "")
  }
}

extension Attempt {
  fileprivate init?(row: Row) {
    guard let number = row.integer("number"), let started = row.date("started"),
      let duration = row.integer("duration")
    else { return nil }
    self.init(
      number: number, started: started, duration: .milliseconds(duration),
      outcome: row.text("outcome").flatMap(Outbox.Outcome.Kind.init(rawValue:)), status: row.integer("status"),
      reason: row.text("reason") ?? "")
  }
}
