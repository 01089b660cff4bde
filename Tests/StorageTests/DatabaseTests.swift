import Foundation
import Outbox
import Storage
import Testing

@Suite struct DatabaseTests {
  private let directory = TemporaryDirectory()

  @Test("a new database is there for its owner alone, durable and sound")
  func fresh() async throws {
    let database = try directory.database()
    #expect(try directory.mode(of: "") == 0o700)
    #expect(try directory.mode(of: "/coach.sqlite") == 0o600)
    #expect(try directory.mode(of: "/coach.sqlite-wal") == 0o600)
    try await database.checkWritable()
    #expect(try await database.integrityProblems().isEmpty)
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path).allSatisfy { !$0.contains(".new-") })
  }

  @Test("what was accepted is there after the next opening")
  func reopening() async throws {
    let first = try directory.database()
    let delivery = makeDelivery(destination: .url("https://example.org/x"), body: "grüß dich")
    try await first.accept(delivery)
    try first.close()
    let status = try #require(try await directory.database().delivery(delivery.id))
    #expect(status.delivery == delivery)
    #expect(status.delivery.isIntact)
    #expect(status.state == .pending)
  }

  @Test("two processes that create it at once get the same one")
  func creationRace() async throws {
    let path = directory.path
    _ = try DataDirectory(preparing: path)
    let databases = try await withThrowingTaskGroup(of: Database.self) { group in
      for _ in 0..<8 { group.addTask { try Database(in: try DataDirectory(preparing: path)) } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    for database in databases { try await database.accept(makeDelivery()) }
    #expect(try await databases[0].depth() == [.pending: 8])
  }

  @Test(
    "a file that is not a sound database is refused and left as it is",
    arguments: [
      Data(), Data("short".utf8), Data(repeating: 0, count: 8192), Data(repeating: 0x41, count: 8192),
      Data("SQLite format 3\0".utf8) + Data(repeating: 0, count: 5000),
    ])
  func notADatabase(bytes: Data) throws {
    let data = try DataDirectory(preparing: directory.path)
    try bytes.write(to: URL(fileURLWithPath: data.databasePath))
    let error = #expect(throws: StorageError.self) { try directory.database() }
    guard case .damaged(let path, _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(path == data.databasePath)
    #expect(error?.description.contains("backup") == true)
    #expect(try Data(contentsOf: URL(fileURLWithPath: data.databasePath)) == bytes)
  }

  @Test("a database that lost its file but not its log is not begun anew")
  func lostFile() async throws {
    let data = try DataDirectory(preparing: directory.path)
    try Data("x".utf8).write(to: URL(fileURLWithPath: data.databasePath + "-wal"))
    #expect(throws: StorageError.self) { try directory.database() }
    #expect(!FileManager.default.fileExists(atPath: data.databasePath))
  }

  @Test("pages that were overwritten are reported or refused, and never stop the program")
  func overwrittenPages() async throws {
    let whole = try directory.database()
    var acceptance = Acceptance(now: instant(0))
    acceptance.deliveries = (0..<200).map { makeDelivery(body: String(repeating: "\($0)", count: 300)) }
    _ = try await whole.accept(acceptance)
    try whole.close()
    let file = URL(fileURLWithPath: directory.path + "/coach.sqlite")
    let sound = try Data(contentsOf: file)
    for page in 1..<(sound.count / 4096) where page % 5 == 0 {
      var bytes = sound
      bytes.replaceSubrange(page * 4096..<page * 4096 + 64, with: Data(repeating: 0xAA, count: 64))
      try bytes.write(to: file)
      do {
        let database = try directory.database()
        let problems = try await database.integrityProblems()
        #expect(!problems.isEmpty, "page \(page)")
        _ = try await database.claimAll(at: instant(1))
        try database.close()
      } catch let error as StorageError {
        guard case .damaged = error else {
          Issue.record("\(error)")
          continue
        }
      }
    }
  }

  @Test("a newer schema is refused without a byte written")
  func newerSchema() throws {
    try directory.database().close()
    let file = URL(fileURLWithPath: directory.path + "/coach.sqlite")
    var bytes = try Data(contentsOf: file)
    bytes.replaceSubrange(60..<64, with: [0, 0, 0, 99])
    try bytes.write(to: file)
    #expect(throws: StorageError.newerSchema(path: file.path, found: 99, known: 1)) { try directory.database() }
    #expect(try Data(contentsOf: file) == bytes)
  }

  @Test("the database of another program is refused")
  func otherProgram() throws {
    try directory.database().close()
    let file = URL(fileURLWithPath: directory.path + "/coach.sqlite")
    var bytes = try Data(contentsOf: file)
    bytes.replaceSubrange(68..<72, with: [1, 2, 3, 4])
    try bytes.write(to: file)
    #expect(throws: StorageError.self) { try directory.database() }
  }

  @Test("a flipped bit in a stored body is found by the check, and the body does not pass for sound")
  func flippedBit() async throws {
    let body = String(repeating: "leadership ", count: 20)
    let database = try directory.database()
    let delivery = makeDelivery(body: body)
    try await database.accept(delivery)
    try database.close()
    let file = URL(fileURLWithPath: directory.path + "/coach.sqlite")
    var bytes = try Data(contentsOf: file)
    let range = try #require(bytes.firstRange(of: Data("leadership".utf8)))
    bytes[range.lowerBound] ^= 1
    try bytes.write(to: file)
    let damaged = try directory.database()
    #expect(try await damaged.integrityProblems() == ["delivery \(delivery.id) does not fit its checksum"])
    let claim = try #require(try await damaged.claimAll(at: instant(1)).first)
    #expect(!claim.delivery.isIntact)
  }

  @Test("a closed database fails every call, and stops nothing")
  func closed() async throws {
    let database = try directory.database()
    try await database.accept(makeDelivery())
    try database.close()
    await #expect(throws: StorageError.self) { try await database.accept(Acceptance(now: instant(0))) }
    await #expect(throws: StorageError.self) { try await database.claimAll(at: instant(0)) }
    await #expect(throws: StorageError.self) { try await database.depth() }
    try database.close()
  }

  @Test("a directory that cannot be one is refused with its path")
  func badDirectory() throws {
    try Data().write(to: URL(fileURLWithPath: directory.path))
    let error = #expect(throws: StorageError.self) { try DataDirectory(preparing: directory.path) }
    #expect(error?.description.contains(directory.path) == true)
    #expect(throws: StorageError.self) { try DataDirectory(preparing: directory.path + "/below") }
  }

  @Test("only one may serve; the lock ends with its holder and names the process")
  func lock() throws {
    let data = try DataDirectory(preparing: directory.path)
    var held: DataDirectory.Lock? = try data.lock()
    let process = Int(ProcessInfo.processInfo.processIdentifier)
    #expect(throws: StorageError.locked(path: directory.path, holder: process)) { try data.lock() }
    withExtendedLifetime(held) {}
    held = nil
    _ = try data.lock()
  }
}
