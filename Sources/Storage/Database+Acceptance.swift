package import Foundation
import GRDB
import Outbox

extension Database {
  /// Writes everything that follows from a request or an occurrence, once.
  ///
  /// When it returns `.accepted`, all of it survives a power cut. Throws `queueFull` when too many deliveries wait.
  package func accept(_ acceptance: Acceptance) async throws(StorageError) -> Accepted {
    let limit = options.queueLimit
    return try await commits.perform { db in try acceptance.write(to: db, queueLimit: limit) }
  }

  /// The state of a conversation; nil if there is none, it expired, or its bytes are damaged.
  package func conversation(_ id: String, now: Date) async throws(StorageError) -> StoredState? {
    try await state(
      "SELECT state, checksum, revision FROM conversations WHERE id = ? AND expires > ?", [id, now.milliseconds])
  }

  /// The deck of a channel; nil if there is none or its bytes are damaged.
  package func deck(_ key: String) async throws(StorageError) -> StoredState? {
    try await state("SELECT state, checksum, revision FROM decks WHERE key = ?", [key])
  }

  /// The newest occurrence on record of a schedule, in any channel.
  package func lastOccurrence(schedule: String) async throws(StorageError) -> OccurrenceRecord? {
    try await occurrences(schedule: schedule, limit: 1).first
  }

  /// Occurrences on record, newest first; of all schedules if none is named.
  package func occurrences(schedule: String?, limit: Int) async throws(StorageError) -> [OccurrenceRecord] {
    try await read { db in
      let rows = try Row.fetchAll(
        db,
        sql: "SELECT * FROM occurrences WHERE (?1 IS NULL OR schedule = ?1) ORDER BY instant DESC, channel LIMIT ?2",
        arguments: [schedule, limit])
      return rows.compactMap(OccurrenceRecord.init(row:))
    }
  }

  private func state(_ sql: String, _ arguments: StatementArguments) async throws(StorageError) -> StoredState? {
    try await read { db in
      guard let row = try Row.fetchOne(db, sql: sql, arguments: arguments), let bytes = StoredState.payload(row),
        let revision = row.integer("revision")
      else { return nil }
      return StoredState(bytes: bytes, revision: revision)
    }
  }
}

extension Acceptance {
  /// Looks first, writes then: one writer at a time makes that as good as unique keys, which stand behind it.
  fileprivate func write(to db: GRDB.Database, queueLimit: Int) throws -> Accepted {
    if let repeated = try repeated(in: db) { return repeated }
    if try isStale(in: db) { return .stale }
    if !deliveries.isEmpty {
      let queued = try Int.fetchOne(
        db, sql: "SELECT count(*) FROM deliveries WHERE state IN ('pending', 'leased')")
      guard (queued ?? 0) + deliveries.count <= queueLimit else { throw StorageError.queueFull(limit: queueLimit) }
    }
    try writeReceived(to: db)
    try writeOccurrence(to: db)
    try writeStates(to: db)
    for delivery in deliveries { try delivery.insert(into: db, now: now) }
    return .accepted
  }

  private func repeated(in db: GRDB.Database) throws -> Accepted? {
    for received in received {
      let row = try Row.fetchOne(
        db, sql: "SELECT reply AS state, checksum FROM received WHERE channel = ? AND id = ?",
        arguments: [received.channel, received.id])
      if let row { return .repeated(reply: StoredState.payload(row)) }
    }
    guard let occurrence else { return nil }
    let row = try Row.fetchOne(
      db, sql: "SELECT 1 FROM occurrences WHERE schedule = ? AND key = ? AND channel = ?",
      arguments: [occurrence.schedule, occurrence.key, occurrence.channel])
    return row == nil ? nil : .repeated(reply: nil)
  }

  private func isStale(in db: GRDB.Database) throws -> Bool {
    if let conversation, let basis = conversation.basis {
      // An expired conversation was read as none, and is replaced as none.
      let revision = try Int.fetchOne(
        db, sql: "SELECT revision FROM conversations WHERE id = ? AND expires > ?",
        arguments: [conversation.key, now.milliseconds])
      if basis != revision ?? 0 { return true }
    }
    if let deck, let basis = deck.basis {
      let revision = try Int.fetchOne(db, sql: "SELECT revision FROM decks WHERE key = ?", arguments: [deck.key])
      if basis != revision ?? 0 { return true }
    }
    return false
  }

  private func writeReceived(to db: GRDB.Database) throws {
    let statement = try db.cachedStatement(
      sql: "INSERT OR IGNORE INTO received (channel, id, at, reply, checksum) VALUES (?, ?, ?, ?, ?)")
    for received in received {
      try statement.execute(
        arguments: [
          received.channel, received.id, now.milliseconds, reply.map { Data($0) },
          reply.map { Data(Checksum(of: $0).bytes) },
        ])
    }
  }

  private func writeOccurrence(to db: GRDB.Database) throws {
    guard let occurrence else { return }
    try db.execute(
      sql: "INSERT INTO occurrences (schedule, key, channel, instant, outcome, recorded) VALUES (?, ?, ?, ?, ?, ?)",
      arguments: [
        occurrence.schedule, occurrence.key, occurrence.channel, occurrence.instant.milliseconds,
        occurrence.outcome.rawValue, now.milliseconds,
      ])
  }

  private func writeStates(to db: GRDB.Database) throws {
    if let conversation {
      try db.cachedStatement(
        sql: """
          INSERT INTO conversations (id, state, checksum, revision, expires) VALUES (?, ?, ?, 1, ?)
          ON CONFLICT (id) DO UPDATE SET state = excluded.state, checksum = excluded.checksum,
            revision = revision + 1, expires = excluded.expires
          """
      ).execute(
        arguments: [
          conversation.key, Data(conversation.bytes), Data(Checksum(of: conversation.bytes).bytes),
          conversation.expires.milliseconds,
        ])
    }
    if let deck {
      try db.cachedStatement(
        sql: """
          INSERT INTO decks (key, state, checksum, revision) VALUES (?, ?, ?, 1)
          ON CONFLICT (key) DO UPDATE SET state = excluded.state, checksum = excluded.checksum, revision = revision + 1
          """
      ).execute(arguments: [deck.key, Data(deck.bytes), Data(Checksum(of: deck.bytes).bytes)])
    }
  }
}

extension OccurrenceRecord {
  fileprivate init?(row: Row) {
    guard let schedule = row.text("schedule"), let key = row.text("key"), let channel = row.text("channel"),
      let instant = row.date("instant"), let outcome = row.text("outcome").flatMap(Outcome.init(rawValue:))
    else { return nil }
    self.init(schedule: schedule, key: key, channel: channel, instant: instant, outcome: outcome)
  }
}
