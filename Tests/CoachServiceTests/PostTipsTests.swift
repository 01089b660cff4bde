import ChatPlatforms
import CoachService
import Coaching
import Corpus
import Foundation
import Outbox
import Storage
import Synchronization
import Testing

@Suite("Tips on a schedule")
struct PostTipsTests {
  private let bench: Bench
  private let database: Database
  /// A Monday, 09:00 in UTC.
  private static let nine = Date(timeIntervalSince1970: 1_790_000_000 - 50_000).roundedToNine

  init() throws {
    bench = try Bench()
    database = try bench.database()
  }

  /// A clock that shows one instant first and another from then on, and knows how often it was looked at.
  private final class Clock: Sendable {
    private let looks = Mutex(0)
    let first: Date
    let then: Date

    init(_ first: Date, then: Date) {
      self.first = first
      self.then = then
    }

    var count: Int { looks.withLock { $0 } }

    func look() -> Date {
      looks.withLock {
        $0 += 1
        return $0 == 1 ? first : then
      }
    }
  }

  private func schedules(_ lines: String = "") throws -> [Configuration.Schedule] {
    try Configuration.read(
      leadsYAML + """

        schedules:
          morning:
            channel: leads
            at: "09:00"
            time-zone: UTC
            catch-up: 6h

        """ + lines, path: nil, environment: [:]
    ).schedules
  }

  private func service(_ schedules: [Configuration.Schedule], _ clock: Clock, tips: Bool = true) throws -> PostTips {
    try bench.writeKnowledge(tips: tips)
    let coach = try bench.knowledge().coach
    return PostTips(
      schedules: schedules, channels: try channels(), database: database, coach: { coach }, wake: {},
      now: clock.look, logger: Bench.quiet)
  }

  /// Lets services run until all of them have gone through their schedules once.
  ///
  /// - Parameter looks: how often the clock is looked at until then: at the start, for what is due, for each that is due,
  ///   and for how long to wait.
  private func run(_ services: [(PostTips, Clock)], looks: Int = 4) async throws {
    try await run(services.map(\.0)) { services.allSatisfy { $0.1.count >= looks } }
  }

  private func run(_ services: [PostTips], until isDone: () async throws -> Bool) async throws {
    try await withThrowingTaskGroup { group in
      for service in services { group.addTask { try await service.run() } }
      #expect(try await eventually(isDone))
      group.cancelAll()
      while let result = await group.nextResult() {
        if case .failure(let error) = result, !(error is CancellationError) { throw error }
      }
    }
  }

  private func occurrences() async throws -> [OccurrenceRecord] {
    try await database.occurrences(schedule: nil, limit: 100)
  }

  @Test("one that is due is posted once, with its deck and its record")
  func posts() async throws {
    let clock = Clock(Self.nine - 60, then: Self.nine + 30)
    try await run([(try service(try schedules(), clock), clock)])
    let record = try #require(try await occurrences().first)
    #expect(try await occurrences().count == 1)
    #expect(record.schedule == "morning" && record.channel == "leads" && record.outcome == .posted)
    #expect(record.instant == Self.nine)
    let deliveries = try await database.deliveries(limit: 10)
    let delivery = try #require(deliveries.first?.delivery)
    #expect(deliveries.count == 1 && delivery.purpose == .tip && delivery.destination == .webhook)
    #expect(delivery.expires == Self.nine + 6 * 3600)
    #expect(String(decoding: delivery.body, as: UTF8.self).contains("Do it today."))
    #expect(try await database.deck("leads") != nil)
  }

  @Test("a second copy on the same database does not post it again, nor does a restart")
  func once() async throws {
    for looks in [4, 3] {
      let clocks = (0..<2).map { _ in Clock(Self.nine - 60, then: Self.nine + 30) }
      try await run(try clocks.map { (try service(try schedules(), $0), $0) }, looks: looks)
    }
    #expect(try await database.deliveries(limit: 10).count == 1)
    #expect(try await occurrences().map(\.outcome) == [.posted])
  }

  @Test(
    "after a stop within the window it is made up for, beyond it it is recorded as missed",
    arguments: [
      (5.9, OccurrenceRecord.Outcome.posted), (6.1, .missed), (23.0, .missed),
    ])
  func catchesUp(hours: Double, outcome: OccurrenceRecord.Outcome) async throws {
    let clock = Clock(Self.nine - 60, then: Self.nine + hours * 3600)
    try await run([(try service(try schedules(), clock), clock)])
    #expect(try await occurrences().map(\.outcome) == [outcome])
    #expect(try await database.deliveries(limit: 10).count == (outcome == .posted ? 1 : 0))
  }

  @Test("days without it make one post, not one for each")
  func noBurst() async throws {
    let first = Clock(Self.nine - 60, then: Self.nine + 30)
    try await run([(try service(try schedules(), first), first)])
    let days = 5 * 86_400.0
    let second = Clock(Self.nine + days + 60, then: Self.nine + days + 60)
    try await run([(try service(try schedules(), second), second)])
    #expect(try await occurrences().count == 2)
    #expect(try await database.deliveries(limit: 10).count == 2)
  }

  @Test("before its time nothing is posted")
  func notYet() async throws {
    let clock = Clock(Self.nine - 120, then: Self.nine - 60)
    try await run([(try service(try schedules(), clock), clock)], looks: 3)
    #expect(try await occurrences().isEmpty)
  }

  @Test("without a tip on its topics it is recorded as missed, and nothing is posted")
  func noTips() async throws {
    let clock = Clock(Self.nine - 60, then: Self.nine + 30)
    let schedules = try schedules("    topics: [juggling]\n")
    try await run([(try service(schedules, clock), clock)])
    #expect(try await occurrences().map(\.outcome) == [.missed])
    #expect(try await database.deliveries(limit: 10).isEmpty)
  }

  @Test("topics may be written as people write them")
  func topics() async throws {
    let clock = Clock(Self.nine - 60, then: Self.nine + 30)
    try await run([(try service(try schedules("    topics: [Trust]\n"), clock), clock)])
    #expect(try await occurrences().map(\.outcome) == [.posted])
  }

  @Test("two schedules that share a deck at the same minute post two tips, whoever is faster")
  func sharedDeck() async throws {
    let second = """
        evening:
          channel: leads
          at: "09:00"
          time-zone: UTC

      """
    let both = try schedules(second)
    #expect(both.count == 2)
    let clocks = both.map { _ in Clock(Self.nine - 60, then: Self.nine + 30) }
    try await run(try zip(both, clocks).map { try service([$0], $1) }) {
      try await database.deliveries(limit: 10).count == 2
    }
    let bodies = try await database.deliveries(limit: 10).map(\.delivery.body)
    #expect(bodies.count == 2 && Set(bodies).count == 2)
  }

  @Test("day after day no tip comes twice until all were posted")
  func rounds() async throws {
    for day in 0..<3 {
      let nine = Self.nine + Double(day) * 86_400
      let clock = Clock(nine - 60, then: nine + 30)
      try await run([(try service(try schedules(), clock), clock)])
    }
    let bodies = try await database.deliveries(limit: 10).map(\.delivery.body)
    #expect(bodies.count == 3 && Set(bodies).count == 3)
  }
}

extension Date {
  /// 09:00 in UTC on the same day.
  fileprivate var roundedToNine: Date {
    Date(timeIntervalSince1970: (timeIntervalSince1970 / 86_400).rounded(.down) * 86_400 + 9 * 3600)
  }
}
