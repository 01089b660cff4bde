import Dialogue
import Foundation
import Outbox
import Storage

extension Workspace {
  /// What an operator may ask for.
  package enum DeliveryChange: Sendable {
    case retry, drop
  }

  /// `coach deliveries list`.
  package func deliveries(state: String?, channel: String?, limit: Int) async throws -> Report {
    let known = state.map { Delivery.State(rawValue: $0) }
    if let state, known == .some(nil) {
      let states = Delivery.State.allCases.map(\.rawValue).joined(separator: ", ")
      throw Failure(.usage, "--state \(state.prefix(40)) is none. The states are \(states).")
    }
    let rows = try await reading { try await $0.deliveries(in: known ?? nil, channel: channel, limit: limit) }
    var object = JSONObject()
    object.add("deliveries", array: rows.map { $0.json(attempts: nil) })
    return Report(
      text: rows.isEmpty ? "There are no deliveries." : rows.map(\.line).joined(separator: "\n"),
      json: object.finished())
  }

  /// `coach deliveries show`.
  package func delivery(_ text: String) async throws -> Report {
    let id = try Self.id(text)
    guard let row = try await reading({ try await $0.delivery(id) }) else { throw Self.missing(id) }
    let attempts = try await reading { try await $0.attempts(of: id) }
    let body = String(decoding: row.delivery.body.prefix(4000), as: UTF8.self)
    let lines =
      [row.line, "expires \(row.delivery.expires.formatted(.iso8601)), key \(row.delivery.idempotencyKey.rawValue)"]
      + attempts.map(\.line) + [body.isEmpty ? "(the body was erased)" : body]
    return Report(text: lines.joined(separator: "\n"), json: row.json(attempts: attempts))
  }

  /// `coach deliveries retry` and `drop`; a running service notices within a second.
  package func change(_ text: String, _ change: DeliveryChange) async throws -> String {
    let id = try Self.id(text)
    let result = try await reading { database in
      switch change {
      case .retry: try await database.retry(id, now: Date())
      case .drop: try await database.drop(id, now: Date())
      }
    }
    switch result {
    case .done: return change == .retry ? "\(id.rawValue) will be sent again." : "\(id.rawValue) was given up."
    case .notFound: throw Self.missing(id)
    case .refused(let state):
      throw Failure(
        .usage, "\(id.rawValue) is \(state.rawValue); that cannot be done to it. See coach deliveries show.")
    }
  }

  /// Opens the database for one piece of work, beside a running service if there is one.
  func reading<Value: Sendable>(
    _ body: (Database) async throws -> Value
  ) async throws -> Value {
    let database = try database(in: try dataDirectory())
    do {
      let value = try await body(database)
      try database.close()
      return value
    } catch let error as StorageError {
      throw Failure(error)
    }
  }

  private static func id(_ text: String) throws(Failure) -> DeliveryID {
    guard let id = DeliveryID(received: text) else {
      throw Failure(.usage, "\(text.prefix(40)) is no delivery's id. coach deliveries list shows them.")
    }
    return id
  }

  private static func missing(_ id: DeliveryID) -> Failure {
    Failure(.usage, "There is no delivery \(id.rawValue). coach deliveries list shows them.")
  }
}

extension DeliveryStatus {
  fileprivate var line: String {
    let due = due.map { ", due \($0.formatted(.iso8601))" } ?? ""
    let reason = reason.isEmpty ? "" : ", \(reason)"
    return "\(delivery.id.rawValue)  \(state.rawValue)  \(delivery.purpose.rawValue) to \(delivery.channel), "
      + "\(attemptCount) attempts\(due)\(reason)"
  }

  fileprivate func json(attempts: [Attempt]?) -> String {
    var object = JSONObject()
    object.add("id", delivery.id.rawValue)
    object.add("state", state.rawValue)
    object.add("purpose", delivery.purpose.rawValue)
    object.add("channel", delivery.channel)
    object.add("accepted", accepted.formatted(.iso8601))
    object.add("due", due?.formatted(.iso8601))
    object.add("settled", settled?.formatted(.iso8601))
    object.add("expires", delivery.expires.formatted(.iso8601))
    object.add("idempotencyKey", delivery.idempotencyKey.rawValue)
    object.add("attemptCount", attemptCount)
    object.add("reason", reason.isEmpty ? nil : reason)
    if let attempts { object.add("attempts", array: attempts.map(\.json)) }
    return object.finished()
  }
}

extension Attempt {
  fileprivate var line: String {
    let status = status.map { ", status \($0)" } ?? ""
    return "  attempt \(number) at \(started.formatted(.iso8601)): \(outcome?.rawValue ?? "interrupted")\(status)"
      + (reason.isEmpty ? "" : ", \(reason)")
  }

  fileprivate var json: String {
    var object = JSONObject()
    object.add("number", number)
    object.add("started", started.formatted(.iso8601))
    object.add("outcome", outcome?.rawValue ?? "interrupted")
    object.add("status", status)
    object.add("reason", reason.isEmpty ? nil : reason)
    return object.finished()
  }
}
