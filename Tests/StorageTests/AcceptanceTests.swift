import Foundation
import Outbox
import Storage
import Testing

@Suite struct AcceptanceTests {
  private let directory = TemporaryDirectory()

  @Test("a request is accepted once, and a repeat gets the reply that was stored")
  func repeats() async throws {
    let database = try directory.database()
    var acceptance = Acceptance(now: instant(0))
    acceptance.received = [ReceivedID(channel: "leads", id: "Ev1"), ReceivedID(channel: "leads", id: "Ev1b")]
    acceptance.reply = [1, 2, 3]
    acceptance.deliveries = [makeDelivery()]
    #expect(try await database.accept(acceptance) == .accepted)
    var again = Acceptance(now: instant(1))
    again.received = [ReceivedID(channel: "leads", id: "new"), ReceivedID(channel: "leads", id: "Ev1b")]
    again.conversation = StateChange(key: "c", bytes: [9], basis: nil)
    again.deliveries = [makeDelivery()]
    #expect(try await database.accept(again) == .repeated(reply: [1, 2, 3]))
    #expect(try await database.depth() == [.pending: 1])
    #expect(try await database.conversation("c", now: instant(1)) == nil)
    var elsewhere = Acceptance(now: instant(1))
    elsewhere.received = [ReceivedID(channel: "other", id: "Ev1"), ReceivedID(channel: "leads", id: "new")]
    #expect(try await database.accept(elsewhere) == .accepted)
    #expect(try await database.accept(elsewhere) == .repeated(reply: nil))
  }

  @Test("of many copies of one request at once, exactly one is accepted")
  func race() async throws {
    let databases = [try directory.database(), try directory.database()]
    let accepted = try await withThrowingTaskGroup(of: Accepted.self) { group in
      for number in 0..<100 {
        group.addTask {
          var acceptance = Acceptance(now: instant(0))
          acceptance.received = [ReceivedID(channel: "leads", id: "same")]
          acceptance.deliveries = [makeDelivery()]
          return try await databases[number % 2].accept(acceptance)
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(accepted.filter { $0 == .accepted }.count == 1)
    #expect(try await databases[0].depth() == [.pending: 1])
  }

  @Test("an occurrence is taken once in each channel, and the newest is remembered")
  func occurrences() async throws {
    let database = try directory.database()
    func take(_ key: String, _ seconds: Double, channel: String = "leads") async throws -> Accepted {
      var acceptance = Acceptance(now: instant(seconds))
      acceptance.occurrence = OccurrenceRecord(
        schedule: "tip", key: key, channel: channel, instant: instant(seconds), outcome: .posted)
      acceptance.deck = StateChange(key: channel, bytes: [UInt8(seconds)], basis: nil)
      return try await database.accept(acceptance)
    }
    #expect(try await database.lastOccurrence(schedule: "tip") == nil)
    #expect(try await take("monday", 10) == .accepted)
    #expect(try await take("tuesday", 20) == .accepted)
    #expect(try await take("monday", 30) == .repeated(reply: nil))
    #expect(try await take("monday", 10, channel: "other") == .accepted)
    #expect(try await database.lastOccurrence(schedule: "tip")?.key == "tuesday")
    #expect(try await database.lastOccurrence(schedule: "other") == nil)
    #expect(try await database.occurrences(schedule: nil, limit: 10).count == 3)
    #expect(try await database.deck("leads") == StoredState(bytes: [20], revision: 2))
  }

  @Test("a conversation that changed since it was read is not overwritten")
  func staleState() async throws {
    let database = try directory.database()
    func change(_ bytes: [UInt8], basis: Int?, now: Double = 0) async throws -> Accepted {
      var acceptance = Acceptance(now: instant(now))
      acceptance.conversation = StateChange(key: "c", bytes: bytes, basis: basis, expires: instant(now + 100))
      acceptance.deliveries = [makeDelivery()]
      return try await database.accept(acceptance)
    }
    #expect(try await change([1], basis: 0) == .accepted)
    #expect(try await change([2], basis: 0) == .stale)
    #expect(try await change([2], basis: 1) == .accepted)
    #expect(try await change([3], basis: 1) == .stale)
    #expect(try await database.conversation("c", now: instant(0)) == StoredState(bytes: [2], revision: 2))
    #expect(try await change([4], basis: nil) == .accepted)
    #expect(try await database.depth() == [.pending: 3])
    // Once it expired it is read as none, and begun afresh.
    #expect(try await database.conversation("c", now: instant(100)) == nil)
    #expect(try await change([5], basis: 0, now: 100) == .accepted)
    #expect(try await database.conversation("c", now: instant(100))?.bytes == [5])
  }

  @Test("an empty state is a state")
  func emptyState() async throws {
    let database = try directory.database()
    var acceptance = Acceptance(now: instant(0))
    acceptance.conversation = StateChange(key: "c", bytes: [], basis: 0)
    acceptance.reply = []
    acceptance.received = [ReceivedID(channel: "a", id: "b")]
    #expect(try await database.accept(acceptance) == .accepted)
    #expect(try await database.accept(acceptance) == .repeated(reply: []))
    #expect(try await database.conversation("c", now: instant(0))?.bytes == [])
  }

  @Test("a full queue refuses new deliveries loudly, keeps the old ones, and takes what needs none")
  func queueLimit() async throws {
    let database = try directory.database(queueLimit: 3)
    for _ in 0..<3 { try await database.accept(makeDelivery()) }
    var acceptance = Acceptance(now: instant(0))
    acceptance.received = [ReceivedID(channel: "leads", id: "Ev1")]
    acceptance.deliveries = [makeDelivery()]
    await #expect(throws: StorageError.queueFull(limit: 3)) { try await database.accept(acceptance) }
    #expect(try await database.depth() == [.pending: 3])
    let claim = try #require(try await database.claimAll(at: instant(1)).first)
    _ = try await database.record(.delivered, attempt: nil, for: claim.ticket, now: instant(1))
    #expect(try await database.accept(acceptance) == .accepted)
    try await database.accept()
  }

  private static func request(_ number: Int, _ deliveries: Delivery...) -> Acceptance {
    var acceptance = Acceptance(now: instant(0))
    acceptance.received = [ReceivedID(channel: "leads", id: "\(number)")]
    acceptance.deliveries = deliveries
    return acceptance
  }

  @Test("many at once share commits, and one that fails undoes itself alone")
  func groupCommit() async throws {
    let database = try directory.database(queueLimit: 500)
    let accepted = await withTaskGroup(of: Int?.self) { group in
      for number in 0..<1000 {
        group.addTask { (try? await database.accept(Self.request(number, makeDelivery()))) == .accepted ? number : nil }
      }
      return await group.reduce(into: Set<Int>()) { if let number = $1 { $0.insert(number) } }
    }
    #expect(accepted.count == 500)
    #expect(try await database.depth() == [.pending: 500])
    // What was refused left no id behind.
    for number in stride(from: 0, to: 1000, by: 20) {
      let isRepeat = try await database.accept(Self.request(number)) != .accepted
      #expect(isRepeat == accepted.contains(number))
    }
  }

  @Test("what is past its time is erased, and what is needed stays")
  func sweep() async throws {
    let database = try directory.database()
    let day = 86_400.0
    let delivered = makeDelivery(destination: .url("https://example.org/secret"), body: "canary-delivered")
    let waiting = makeDelivery(body: "canary-waiting", orderKey: "b", notBefore: instant(50 * day))
    var acceptance = Acceptance(now: instant(0))
    acceptance.deliveries = [delivered, waiting]
    acceptance.received = [ReceivedID(channel: "leads", id: "Ev1")]
    acceptance.conversation = StateChange(key: "c", bytes: Array("canary-talk".utf8), basis: 0, expires: instant(day))
    acceptance.occurrence = OccurrenceRecord(
      schedule: "s", key: "k", channel: "l", instant: instant(0), outcome: .posted)
    _ = try await database.accept(acceptance)
    let claim = try #require(try await database.claimAll(at: instant(0)).first)
    _ = try await database.record(.delivered, attempt: nil, for: claim.ticket, now: instant(0))

    try await database.sweep(now: instant(day))
    #expect(try await database.delivery(delivered.id)?.delivery.body == delivered.body)
    #expect(try await database.accept(acceptance) == .repeated(reply: nil))
    try await database.sweep(now: instant(8 * day))
    let erased = try #require(try await database.delivery(delivered.id))
    #expect(erased.delivery.body.isEmpty)
    #expect(erased.delivery.destination == .url(""))
    #expect(erased.delivery.checksum == delivered.checksum)
    try await database.sweep(now: instant(36 * day))
    #expect(try await database.delivery(delivered.id) == nil)
    #expect(try await database.delivery(waiting.id)?.delivery == waiting)
    try await database.sweep(now: instant(1000 * day))
    #expect(try await database.lastOccurrence(schedule: "s") != nil)
    let files = try FileManager.default.contentsOfDirectory(atPath: directory.path)
    let bytes = try files.reduce(into: Data()) {
      $0 += try Data(contentsOf: URL(fileURLWithPath: "\(directory.path)/\($1)"))
    }
    #expect(bytes.firstRange(of: Data("canary-waiting".utf8)) != nil)
    #expect(bytes.firstRange(of: Data("canary-delivered".utf8)) == nil)
    #expect(bytes.firstRange(of: Data("canary-talk".utf8)) == nil)
  }
}
