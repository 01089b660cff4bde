package import Foundation

/// A name, a rule and the time zone in which the rule is read.
///
/// Where the clocks change: a local time that is skipped runs at the first moment after it that exists; one that comes
/// twice runs the first time. Occurrences that a skipped hour pushes onto one moment are one occurrence, the last of them.
package struct Schedule: Sendable, Equatable {
  package let name: String
  package let rule: Rule
  package let timeZone: TimeZone
  /// The zone as it was written; Foundation would say `GMT` for `UTC`.
  package let zoneName: String

  /// - Parameters:
  ///   - at: the rule as written, `weekdays 09:00`.
  ///   - timeZone: an IANA name, `Europe/Berlin`, or `UTC`.
  package init(name: String, at: String, timeZone: String) throws(ScheduleError) {
    self.name = name
    rule = try Rule(parsing: at)
    self.timeZone = try Self.zone(timeZone)
    zoneName = timeZone
  }

  /// Foundation also takes abbreviations (`CET`) and offsets (`GMT+3`); both say nothing about clock changes.
  private static func zone(_ name: String) throws(ScheduleError) -> TimeZone {
    guard name == "UTC" || name.utf8.contains(UInt8(ascii: "/")), let zone = TimeZone(identifier: name)
    else {
      throw .unknownTimeZone(String(name.unicodeScalars.filter { $0.value >= 0x20 }.prefix(60).map(Character.init)))
    }
    return zone
  }

  /// The first occurrence after an instant; nil if the rule has none within eight years (no rule of today's forms).
  ///
  /// Complexity: one zone lookup for each day looked at; at most nine days for the forms of today.
  package func next(after instant: Date) -> Occurrence? {
    upcoming(from: instant).first { $0.instant > instant }
  }

  /// The first occurrences at or after an instant, in order; fewer than `count` if eight years hold no more.
  package func occurrences(from instant: Date, count: Int) -> [Occurrence] {
    Array(upcoming(from: instant).lazy.filter { $0.instant >= instant }.prefix(max(0, count)))
  }

  /// The last occurrence at or before an instant; nil if there is none within eight years.
  package func last(atOrBefore instant: Date) -> Occurrence? {
    let today = timeZone.localDay(at: instant)
    for number in stride(from: today.number + 1, through: today.number - Self.daysSearched, by: -1) {
      let day = LocalDay(number: number)
      guard rule.days.contains(day) else { continue }
      for time in rule.times.reversed() {
        let occurrence = occurrence(on: day, at: time)
        if occurrence.instant <= instant { return occurrence }
      }
    }
    return nil
  }

  /// The one occurrence to make up after a stop: the newest in `since < instant <= now` that is no older than `catchUp`.
  ///
  /// Nothing was missed if nothing is known of before (`since` nil) or the clock went back (`since` after `now`).
  package func missed(since: Date?, now: Date, catchUp: Duration) -> Occurrence? {
    guard let since, let occurrence = last(atOrBefore: now), occurrence.instant > since else { return nil }
    return occurrence.isWithin(catchUp, of: now) ? occurrence : nil
  }

  /// 8 years and a bit: longer than any gap between two 29ths of February (1896 to 1904).
  private static let daysSearched = 8 * 366

  /// All occurrences from a little before an instant, in order, each instant once.
  private func upcoming(from instant: Date) -> some Sequence<Occurrence> {
    // Two days back: a skipped day (Apia, 2011-12-30) moves an occurrence to the day after.
    let start = timeZone.localDay(at: instant).number - 2
    let all = (start...(start + Self.daysSearched)).lazy.map(LocalDay.init(number:)).filter(rule.days.contains)
      .flatMap { day in rule.times.lazy.map { time in occurrence(on: day, at: time) } }
    return DistinctMoments(base: all.makeIterator())
  }

  private func occurrence(on day: LocalDay, at time: TimeOfDay) -> Occurrence {
    let moment = LocalMoment(day: day, time: time)
    return Occurrence(
      schedule: name, key: "\(moment.text) \(zoneName)", instant: timeZone.firstInstant(showing: moment))
  }
}

/// One running of a schedule.
package struct Occurrence: Sendable, Hashable {
  package let schedule: String
  /// Its local date, time and zone, `2026-11-23T09:00 Europe/Berlin`: the same after a restart and in every copy of the
  /// service, so that a database can refuse it a second time.
  package let key: String
  package let instant: Date

  package init(schedule: String, key: String, instant: Date) {
    self.schedule = schedule
    self.key = key
    self.instant = instant
  }

  /// Whether it is no more than so long ago.
  func isWithin(_ duration: Duration, of now: Date) -> Bool {
    now.timeIntervalSince(instant) <= duration.timeInterval
  }
}

/// Of neighbours that share an instant, the last.
private struct DistinctMoments<Base: IteratorProtocol<Occurrence>>: Sequence, IteratorProtocol {
  var base: Base
  private var held: Occurrence?

  init(base: Base) {
    self.base = base
    held = self.base.next()
  }

  mutating func next() -> Occurrence? {
    while let occurrence = held {
      held = base.next()
      if held?.instant != occurrence.instant { return occurrence }
    }
    return nil
  }
}

extension Duration {
  /// In seconds.
  var timeInterval: TimeInterval {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}
