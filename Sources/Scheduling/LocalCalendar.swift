import Foundation

/// A day of the Gregorian calendar without a time zone.
///
/// Kept as a day number, so that stepping is addition; year, month and day are worked out when they are asked for.
package struct LocalDay: Sendable, Hashable, Comparable {
  /// Days since 1970-01-01, which is 0.
  package let number: Int

  package init(number: Int) {
    self.number = number
  }

  /// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `days_from_civil`.
  package init(year: Int, month: Int, day: Int) {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    number = era * 146_097 + dayOfEra - 719_468
  }

  /// Source: as above, `civil_from_days`.
  package var components: (year: Int, month: Int, day: Int) {
    let shifted = number + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthIndex = (5 * dayOfYear + 2) / 153
    let month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9
    return (
      year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
      day: dayOfYear - (153 * monthIndex + 2) / 5 + 1
    )
  }

  package var weekday: Weekday {
    // 1970-01-01 was a Thursday; the sum keeps the remainder positive for days before it.
    let index = ((number + 3) % 7 + 7) % 7
    return Weekday.allCases[index]
  }

  package static func < (one: LocalDay, other: LocalDay) -> Bool { one.number < other.number }
}

package enum Weekday: String, Sendable, Hashable, CaseIterable {
  case monday, tuesday, wednesday, thursday, friday, saturday, sunday
}

/// A time of day on the wall, to the minute.
package struct TimeOfDay: Sendable, Hashable, Comparable {
  /// Minutes since midnight, 0 to 1439.
  package let minutes: Int

  /// Nil unless the hour is 0 to 23 and the minute 0 to 59.
  package init?(hour: Int, minute: Int) {
    guard (0..<24).contains(hour), (0..<60).contains(minute) else { return nil }
    minutes = hour * 60 + minute
  }

  package static func < (one: TimeOfDay, other: TimeOfDay) -> Bool { one.minutes < other.minutes }
}

/// A date and time as a clock on the wall shows it.
struct LocalMoment {
  var day: LocalDay
  var time: TimeOfDay

  /// Seconds since 1970 if the wall were in UTC.
  var wallSeconds: Int { day.number * 86_400 + time.minutes * 60 }

  /// `2026-11-23T09:00`.
  var text: String {
    let (year, month, dayOfMonth) = day.components
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(dayOfMonth, 2))"
      + "T\(padded(time.minutes / 60, 2)):\(padded(time.minutes % 60, 2))"
  }

  private func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

extension TimeZone {
  /// The instant at which a clock on the wall first shows this moment; if a clock change skips it, the instant of the
  /// change, which is the first moment after it that exists.
  ///
  /// No zone has been more than 16 hours from UTC, so the answer lies within 16 hours of the wall's reading; no zone
  /// changes its clock twice within the 32 hours looked at (checked for all zones, 2020 to 2037).
  func firstInstant(showing moment: LocalMoment) -> Date {
    let wall = moment.wallSeconds
    let reach = 16 * 3600
    let before = offset(at: wall - reach)
    let after = offset(at: wall + reach)
    if before == after { return Date(timeIntervalSince1970: Double(wall - before)) }
    let change = changeInstant(from: wall - reach, to: wall + reach, offsetBefore: before)
    if wall - before < change { return Date(timeIntervalSince1970: Double(wall - before)) }
    return Date(timeIntervalSince1970: Double(max(wall - after, change)))
  }

  /// The day that the wall shows at an instant.
  func localDay(at instant: Date) -> LocalDay {
    let seconds = instant.wholeSeconds
    let wall = seconds + offset(at: seconds)
    return LocalDay(number: Int((Double(wall) / 86_400).rounded(.down)))
  }

  /// The first second at which the offset differs from the one before; bisection over a range that holds one change.
  private func changeInstant(from: Int, to: Int, offsetBefore: Int) -> Int {
    var (low, high) = (from, to)
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if offset(at: middle) == offsetBefore { low = middle } else { high = middle }
    }
    return high
  }

  private func offset(at seconds: Int) -> Int {
    secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds)))
  }
}

extension Date {
  /// Seconds since 1970, rounded down and held within the years 1 to 9999, so that no date can overflow the arithmetic.
  var wholeSeconds: Int {
    Int(min(max(timeIntervalSince1970.rounded(.down), -62_135_596_800), 253_402_300_799))
  }
}
