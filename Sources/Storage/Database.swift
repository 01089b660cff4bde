import Foundation
import GRDB
import Outbox

/// The SQLite database of the service: what was received, conversations, decks, occurrences and the outbox.
///
/// WAL with `synchronous=FULL`: what a call reported as written survives a power cut. Several processes may use it at
/// once (`serve` and the command line); each waits up to 5 s for the other's write. Calls may come from anywhere; they
/// block no thread of the cooperative pool.
///
/// Once in a process: a second opening reads the file's header, and closing any descriptor of a file gives up the
/// process's locks on it, which other processes then do not see (sqlite.org, "How To Corrupt", section 2.2).
package final class Database: Sendable {
  package struct Options: Sendable {
    /// Deliveries that may wait or be in flight; more are refused, the old ones are kept.
    package var queueLimit = 100_000

    package init() {}
  }

  package let path: String
  let options: Options
  let commits: CommitQueue
  private let pool: DatabasePool

  /// Opens the database of a data directory, creates it if there is none, and brings its schema up to date.
  ///
  /// Blocks for as long as that takes. A file that is not a sound database is refused and left as it is, as is one of a
  /// newer schema; a new one is put in place whole or not at all.
  package init(in directory: DataDirectory, options: Options = Options()) throws(StorageError) {
    path = directory.databasePath
    self.options = options
    if FileManager.default.fileExists(atPath: path) {
      try Self.checkHeader(path)
    } else {
      try Self.create(in: directory)
    }
    do { pool = try Self.open(path) } catch { throw StorageError(error, path: path) }
    commits = CommitQueue(pool: pool, path: path)
  }

  /// Waits for running work and closes. Later calls fail.
  package func close() throws(StorageError) {
    do { try pool.close() } catch { throw StorageError(error, path: path) }
  }

  /// Makes one durable write that changes nothing: tells a full or read-only disk before anybody depends on it.
  package func checkWritable() async throws(StorageError) {
    try await commits.perform { db in
      try db.execute(sql: "CREATE TABLE probe (x INTEGER)")
      try db.execute(sql: "DROP TABLE probe")
    }
  }

  /// What a thorough check finds wrong, one sentence each; empty if all is well. Reads the whole database.
  package func integrityProblems() async throws(StorageError) -> [String] {
    try await read { db in
      var problems = try String.fetchAll(db, sql: "PRAGMA integrity_check(20)").filter { $0 != "ok" }
      problems += try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").map { _ in "an attempt belongs to no delivery" }
      let rows = try Row.fetchCursor(db, sql: "SELECT * FROM deliveries WHERE length(body) > 0")
      while let row = try rows.next(), problems.count < 100 {
        let name = row.text("id") ?? "(unnamed)"
        guard let delivery = Delivery(row: row) else {
          problems.append("delivery \(name) cannot be read")
          continue
        }
        if !delivery.isIntact { problems.append("delivery \(name) does not fit its checksum") }
      }
      for table in ["conversations", "decks"] {
        let states = try Row.fetchCursor(db, sql: "SELECT state, checksum FROM \(table)")
        while let row = try states.next(), problems.count < 100 {
          if StoredState.payload(row) == nil { problems.append("a row of \(table) does not fit its checksum") }
        }
      }
      return problems
    }
  }

  /// Moves the write-ahead log into the database and empties it: `secure_delete` overwrites what was erased there, but
  /// the log still holds the old pages. Left for the next time if a reader of another process is in the way.
  func emptyLog() async {
    try? await pool.writeWithoutTransaction { db in _ = try db.checkpoint(.truncate) }
  }

  func read<Value: Sendable>(
    _ work: @escaping @Sendable (GRDB.Database) throws -> Value
  ) async throws(StorageError) -> Value {
    do { return try await pool.read(work) } catch { throw StorageError(error, path: path) }
  }
}

extension Database {
  /// `DatabasePool` sets `synchronous=NORMAL` on its writer after our own preparation, so FULL comes last, and is checked.
  private static func open(_ path: String) throws -> DatabasePool {
    let pool = try DatabasePool(path: path, configuration: configuration(path))
    try pool.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA synchronous = FULL")
      guard try Int.fetchOne(db, sql: "PRAGMA synchronous") == 2,
        try String.fetchOne(db, sql: "PRAGMA journal_mode") == "wal"
      else { throw StorageError.failed(path: path, detail: "it cannot be set to survive a power cut") }
      if try Schema.version(of: db) < Schema.newest {
        try Schema.migrate(db)
        // Brings the new version number into the file's header, where `checkHeader` looks.
        _ = try db.checkpoint(.truncate)
      }
    }
    return pool
  }

  private static func configuration(_ path: String) -> Configuration {
    var configuration = Configuration()
    configuration.label = "coach"
    configuration.busyMode = .timeout(5)
    configuration.foreignKeysEnabled = true
    configuration.maximumReaderCount = 4
    configuration.prepareDatabase { db in
      let version = try Schema.version(of: db)
      guard version <= Schema.newest else {
        throw StorageError.newerSchema(path: path, found: version, known: Schema.newest)
      }
      try db.execute(sql: "PRAGMA secure_delete = ON; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON")
    }
    return configuration
  }

  /// Builds an empty database under another name and links it into place, so that there is never half a database, and
  /// an empty file is always a damaged one. If another process was faster, its database stays.
  private static func create(in directory: DataDirectory) throws(StorageError) {
    let path = directory.databasePath
    if FileManager.default.fileExists(atPath: path + "-wal") {
      throw .damaged(path: path, detail: "the file is gone, but its -wal is there")
    }
    let temporary = "\(path).new-\(UInt64.random(in: .min ... .max))"
    guard FileManager.default.createFile(atPath: temporary, contents: nil, attributes: [.posixPermissions: 0o600])
    else { throw .directory(path: directory.path, reason: "no file can be created in it") }
    do {
      let queue = try DatabaseQueue(path: temporary, configuration: configuration(path))
      try queue.writeWithoutTransaction { try Schema.migrate($0) }
      try queue.close()
    } catch {
      try? FileManager.default.removeItem(atPath: temporary)
      throw StorageError(error, path: path)
    }
    try directory.publish(temporary, as: path)
  }

  /// Reads the file's own header before SQLite touches it. Source: "Database File Format", sqlite.org, section 1.3.
  private static func checkHeader(_ path: String) throws(StorageError) {
    guard let file = FileHandle(forReadingAtPath: path) else {
      throw .directory(path: path, reason: "the database file cannot be read")
    }
    defer { try? file.close() }
    guard let read = try? file.read(upToCount: 100), read.count == 100 else {
      throw .damaged(path: path, detail: "it is too short")
    }
    let header = [UInt8](read)
    guard header.starts(with: Array("SQLite format 3\0".utf8)) else {
      throw .damaged(path: path, detail: "it is not an SQLite database")
    }
    func number(at offset: Int) -> Int { header[offset..<(offset + 4)].reduce(0) { $0 << 8 | Int($1) } }
    let version = number(at: 60)
    guard version <= Schema.newest else {
      throw .newerSchema(path: path, found: version, known: Schema.newest)
    }
    guard number(at: 68) == Schema.applicationID else {
      throw .damaged(path: path, detail: "it is the database of another program")
    }
  }
}
