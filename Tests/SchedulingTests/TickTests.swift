import Foundation
import Scheduling
import Testing

private let start = Date(timeIntervalSince1970: 1_780_000_000)

@Suite struct TickTests {
  @Test("on the moment an occurrence is due once")
  func onTime() throws {
    let (schedule, moment) = try daily()
    var tick = Tick([Tick.Entry(schedule: schedule, catchUp: .seconds(6 * 3600), lastDone: nil)], now: start)
    #expect(tick.due(at: moment.instant.addingTimeInterval(-0.01)).isEmpty)
    #expect(tick.due(at: moment.instant) == [Tick.Due(occurrence: moment, verdict: .run)])
    tick.settle(moment)
    #expect(tick.due(at: moment.instant.addingTimeInterval(1)).isEmpty)
  }

  @Test("what was not settled is due again, and missed when its window is over")
  func unsettled() throws {
    let (schedule, moment) = try daily()
    var tick = Tick([Tick.Entry(schedule: schedule, catchUp: .seconds(3600), lastDone: nil)], now: start)
    #expect(tick.due(at: moment.instant.addingTimeInterval(1)).map(\.verdict) == [.run])
    #expect(tick.due(at: moment.instant.addingTimeInterval(3600)).map(\.verdict) == [.run])
    #expect(tick.due(at: moment.instant.addingTimeInterval(3601)).map(\.verdict) == [.missed])
  }

  @Test("a schedule that never ran has missed nothing before it began")
  func newSchedule() throws {
    let (schedule, moment) = try daily()
    let later = moment.instant.addingTimeInterval(60)
    var tick = Tick([Tick.Entry(schedule: schedule, catchUp: .seconds(6 * 3600), lastDone: nil)], now: later)
    #expect(tick.due(at: later).isEmpty)
    var known = Tick([Tick.Entry(schedule: schedule, catchUp: .seconds(6 * 3600), lastDone: start)], now: later)
    #expect(known.due(at: later).map(\.occurrence) == [moment])
  }

  @Test("a clock that jumps causes no burst and repeats nothing that was done", arguments: 0..<20)
  func jumps(seed: Int) throws {
    var generator = Seeded(state: UInt64(seed) &* 7919 &+ 1)
    let zones = ["Europe/Berlin", "Australia/Lord_Howe", "America/St_Johns"]
    let schedules = try zones.enumerated().map {
      try Schedule(name: "s\($0.offset)", at: "09:00", timeZone: $0.element)
    }
    var now = start
    var tick = Tick(schedules.map { Tick.Entry(schedule: $0, catchUp: .seconds(6 * 3600), lastDone: nil) }, now: now)
    // The database's unique key, in small.
    var done: Set<Occurrence> = []
    for _ in 0..<200 {
      let days = Double.random(in: -400...400, using: &generator)
      now += Bool.random(using: &generator) ? days * 86_400 : days
      let due = tick.due(at: now)
      #expect(Set(due.map(\.occurrence.schedule)).count == due.count)
      for item in due {
        #expect(item.occurrence.instant <= now)
        if item.verdict == .run { #expect(now.timeIntervalSince(item.occurrence.instant) <= 6 * 3600) }
        done.insert(item.occurrence)
        tick.settle(item.occurrence)
      }
      #expect(tick.due(at: now).isEmpty)
    }
    #expect(!done.isEmpty)
  }

  @Test("after a wrong clock was put right, the next day's occurrence comes")
  func futureClock() throws {
    let (schedule, moment) = try daily()
    var tick = Tick([Tick.Entry(schedule: schedule, catchUp: .seconds(6 * 3600), lastDone: nil)], now: start)
    let wrong = moment.instant.addingTimeInterval(400 * 86_400)
    for item in tick.due(at: wrong) { tick.settle(item.occurrence) }
    #expect(tick.due(at: moment.instant.addingTimeInterval(-60)).isEmpty)
    #expect(tick.due(at: moment.instant).map(\.occurrence) == [moment])
  }

  @Test("a thousand days with stops anywhere run each day once, or record it as missed")
  func thousandDays() throws {
    let (schedule, _) = try daily()
    var generator = Seeded(state: 42)
    var record: [Occurrence: Tick.Due.Verdict] = [:]
    var now = start
    var newest = start
    var tick = Tick([], now: now)
    var isUp = false
    while now < start.addingTimeInterval(1000 * 86_400) {
      if !isUp || Int.random(in: 0..<50, using: &generator) == 0 {
        let entry = Tick.Entry(schedule: schedule, catchUp: .seconds(6 * 3600), lastDone: newest)
        tick = Tick([entry], now: now)
        isUp = true
      }
      for item in tick.due(at: now) {
        #expect(record[item.occurrence] == nil)
        record[item.occurrence] = item.verdict
        newest = item.occurrence.instant
        tick.settle(item.occurrence)
      }
      // Up to an hour between looks; now and then a stop of up to two days.
      let isStop = Int.random(in: 0..<100, using: &generator) == 0
      now += Double.random(in: 0...(isStop ? 2 * 86_400 : 3600), using: &generator)
    }
    let all = schedule.occurrences(from: start.addingTimeInterval(1), count: 1000)
    let ran = all.filter { record[$0] == .run }
    #expect(ran.count > 700)
    for occurrence in record.keys { #expect(all.contains(occurrence)) }
  }

  @Test("the wait ends at the next occurrence, and is never long")
  func wait() throws {
    let (schedule, moment) = try daily()
    let tick = Tick([Tick.Entry(schedule: schedule, catchUp: .zero, lastDone: nil)], now: start)
    #expect(tick.wait(from: moment.instant.addingTimeInterval(-5)) == .seconds(5))
    #expect(tick.wait(from: moment.instant.addingTimeInterval(-5000)) == .seconds(15))
    #expect(tick.wait(from: moment.instant) == .seconds(15))
    #expect(tick.wait(from: moment.instant.addingTimeInterval(-0.0001)) == .milliseconds(50))
    #expect(Tick([], now: start).wait(from: start) == .seconds(15))
  }

  private func daily() throws -> (Schedule, Occurrence) {
    let schedule = try Schedule(name: "tip", at: "09:00", timeZone: "Europe/Berlin")
    return (schedule, try #require(schedule.next(after: start)))
  }
}

/// A generator that gives the same numbers every time. Source: Steele, Lea, Flood, "SplitMix", OOPSLA 2014.
struct Seeded: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
