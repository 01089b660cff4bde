import Foundation
import Scheduling
import Testing

private let oddZones = [
  "Europe/Berlin", "Europe/Dublin", "America/New_York", "America/St_Johns", "America/Santiago", "Australia/Lord_Howe",
  "Africa/Casablanca", "Africa/Cairo", "Asia/Kolkata", "UTC",
]

@Suite struct ScheduleTests {
  @Test("the recorded changes of the clocks are what the zones say", arguments: Transition.recorded)
  func zonesAgree(transition: Transition) throws {
    let zone = try #require(TimeZone(identifier: transition.zone))
    #expect(zone.secondsFromGMT(for: transition.instant.addingTimeInterval(-1)) == transition.before)
    #expect(zone.secondsFromGMT(for: transition.instant) == transition.after)
  }

  @Test(
    "a skipped local time runs at the change, one that comes twice runs the first time", arguments: Transition.recorded)
  func recordedTransitions(transition: Transition) throws {
    try check(transition)
  }

  @Test("the same holds for every change up to 2037", arguments: oddZones)
  func futureTransitions(zone: String) throws {
    let transitions = Transition.found(
      in: zone, from: instant("2020-01-01T00:00:00Z"), to: instant("2038-01-01T00:00:00Z"))
    #expect(transitions.isEmpty == ["UTC", "Asia/Kolkata"].contains(zone))
    for transition in transitions { try check(transition) }
  }

  @Test("no zone changes its clock twice within the hours that a lookup spans")
  func changesAreApart() {
    for zone in TimeZone.knownTimeZoneIdentifiers {
      let found = Transition.found(in: zone, from: instant("2020-01-01T00:00:00Z"), to: instant("2038-01-01T00:00:00Z"))
      for (one, next) in zip(found, found.dropFirst()) {
        #expect(next.instant.timeIntervalSince(one.instant) > 33 * 3600, "\(zone) at \(one.instant)")
      }
    }
  }

  @Test("the day that Samoa left out runs at the beginning of the next, and only once there")
  func lostDay() throws {
    let morning = try Schedule(name: "tip", at: "09:00", timeZone: "Pacific/Apia")
    let keys = morning.occurrences(from: instant("2011-12-29T00:00:00Z"), count: 4)
    #expect(
      keys.map(\.key.localPart) == ["2011-12-29T09:00", "2011-12-30T09:00", "2011-12-31T09:00", "2012-01-01T09:00"])
    #expect(keys[1].instant == instant("2011-12-30T10:00:00Z"))
    #expect(keys[2].instant == instant("2011-12-30T19:00:00Z"))
    let midnight = try Schedule(name: "tip", at: "00:00", timeZone: "Pacific/Apia")
    let nights = midnight.occurrences(from: instant("2011-12-29T00:00:00Z"), count: 3)
    #expect(nights.map(\.key.localPart) == ["2011-12-29T00:00", "2011-12-31T00:00", "2012-01-01T00:00"])
  }

  @Test(
    "occurrences ascend, fall on the rule's days, and are found one after the other from both sides",
    arguments: oddZones)
  func sequences(zone: String) throws {
    for rule in ["00:00", "02:30", "23:59", "weekdays 09:00", "sun 01:15"] {
      let schedule = try Schedule(name: "tip", at: rule, timeZone: zone)
      let all = schedule.occurrences(from: instant("2024-02-20T12:00:00Z"), count: 150)
      #expect(Set(all.map(\.key)).count == 150)
      for (one, next) in zip(all, all.dropFirst()) {
        #expect(one.instant < next.instant)
        #expect(schedule.next(after: one.instant) == next)
        #expect(schedule.next(after: next.instant.addingTimeInterval(-1)) == next)
        #expect(schedule.last(atOrBefore: next.instant.addingTimeInterval(-1)) == one)
        #expect(schedule.last(atOrBefore: next.instant) == next)
      }
    }
  }

  @Test("a key names the local moment and the zone as it was written")
  func key() throws {
    let schedule = try Schedule(name: "tip", at: "weekdays 9:00", timeZone: "Europe/Berlin")
    let next = schedule.next(after: instant("2026-11-21T12:00:00Z"))
    #expect(
      next
        == Occurrence(schedule: "tip", key: "2026-11-23T09:00 Europe/Berlin", instant: instant("2026-11-23T08:00:00Z")))
    let utc = try Schedule(name: "tip", at: "9:00", timeZone: "UTC")
    #expect(utc.next(after: instant("2026-11-21T12:00:00Z"))?.key == "2026-11-22T09:00 UTC")
  }

  @Test(
    "instants beyond the calendar do no harm",
    arguments: [Date.distantPast, .distantFuture, Date(timeIntervalSince1970: .infinity)])
  func farInstants(instant: Date) throws {
    let schedule = try Schedule(name: "tip", at: "weekdays 09:00", timeZone: "America/St_Johns")
    if let next = schedule.next(after: instant) { #expect(next.instant > instant) }
    if let last = schedule.last(atOrBefore: instant) { #expect(last.instant <= instant) }
    #expect(schedule.occurrences(from: instant, count: -1).isEmpty)
  }

  @Test(
    "of what was missed the newest is made up, within its window",
    arguments: [
      ("2026-11-23T07:59:00Z", "2026-11-23T08:00:00Z", 6.0, "2026-11-23T09:00"),
      ("2026-11-20T09:00:00Z", "2026-11-23T13:59:00Z", 6, "2026-11-23T09:00"),
      ("2026-11-20T09:00:00Z", "2026-11-23T14:01:00Z", 6, nil),
      ("2026-11-23T08:00:00Z", "2026-11-23T08:01:00Z", 6, nil),
      ("2026-11-23T09:00:00Z", "2026-11-23T08:01:00Z", 6, nil),
      ("2025-01-01T00:00:00Z", "2026-11-22T08:00:00Z", 72, "2026-11-20T09:00"),
      (nil, "2026-11-23T08:01:00Z", 6, nil),
    ] as [(String?, String, Double, String?)])
  func missed(since: String?, now: String, hours: Double, expected: String?) throws {
    let schedule = try Schedule(name: "tip", at: "weekdays 09:00", timeZone: "Europe/Berlin")
    let missed = schedule.missed(since: since.map(instant), now: instant(now), catchUp: .seconds(hours * 3600))
    #expect(missed?.key.localPart == expected)
  }

  /// Local times inside and around what a change skips or repeats.
  private func check(_ transition: Transition) throws {
    let seconds = Int(transition.instant.timeIntervalSince1970)
    let (from, to) = (
      seconds + min(transition.before, transition.after), seconds + max(transition.before, transition.after)
    )
    for wall in stride(from: from - 3600, through: to + 3600, by: 900) {
      let minutes = (wall % 86_400 + 86_400) % 86_400 / 60
      let schedule = try Schedule(
        name: "tip", at: "\(minutes / 60):\(minutes % 60 < 10 ? "0" : "")\(minutes % 60)", timeZone: transition.zone)
      let local = Date(timeIntervalSince1970: Double(wall)).formatted(.iso8601).prefix(16)
      let isSkipped = transition.after > transition.before && (from..<to).contains(wall)
      // Before the change, or while its reading comes for the first time, the old offset holds.
      let expected =
        isSkipped ? seconds : wall - transition.before < seconds ? wall - transition.before : wall - transition.after
      let day = Date(timeIntervalSince1970: Double(expected - 1))
      let next = try #require(schedule.next(after: day))
      #expect(next.instant == Date(timeIntervalSince1970: Double(expected)), "\(local)")
      #expect(isSkipped || next.key.localPart == local)
    }
  }
}

private func instant(_ text: String) -> Date {
  (try? Date(text, strategy: .iso8601)) ?? .distantPast
}

extension String {
  /// A key without its zone.
  fileprivate var localPart: String { String(prefix { $0 != " " }) }
}
