import Foundation

/// Reads `Retry-After`: seconds, or a date in any of the three forms of HTTP.
///
/// Source: RFC 9110, sections 5.6.7 and 10.2.3.
enum RetryAfter {
  /// What we follow at least and at most, whatever was asked for.
  static let bounds: ClosedRange<Duration> = .seconds(1) ... .seconds(3600)

  /// How long to wait; nil if the value says nothing.
  ///
  /// A date is compared with the server's own `Date`, if it sent one: its clock may be wrong, its difference seldom is.
  static func parse(_ value: String, now: Date, serverDate: String?) -> Duration? {
    let text = value.trimmingPrefix { $0 == " " || $0 == "\t" }
    if let seconds = Double(text), seconds.isFinite, text.utf8.allSatisfy({ (0x2E...0x39).contains($0) && $0 != 0x2F })
    {
      return clamped(seconds)
    }
    if !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) { return bounds.upperBound }
    guard let date = httpDate(String(text), now: now) else { return nil }
    let reference = serverDate.flatMap { httpDate($0, now: now) } ?? now
    return clamped(date.timeIntervalSince(reference))
  }

  private static func clamped(_ seconds: Double) -> Duration {
    let milliseconds = (min(max(seconds, 0), 86_400) * 1000).rounded(.up)
    return min(max(.milliseconds(Int(milliseconds)), bounds.lowerBound), bounds.upperBound)
  }

  /// `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT` or `Sun Nov  6 08:49:37 1994`.
  static func httpDate(_ text: String, now: Date) -> Date? {
    let words = text.split { $0 == " " || $0 == "," }
    switch words.count {
    case 6 where words[5] == "GMT": return date(words[1], words[2], words[3], words[4])
    case 5 where !words[0].utf8.contains(UInt8(ascii: "-")) && words[4].utf8.count == 4:
      return date(words[2], words[1], words[4], words[3])
    case 4 where words[3] == "GMT":
      let parts = words[1].split(separator: "-")
      guard parts.count == 3, parts[2].utf8.count == 2, let year = number(parts[2], 0...99) else { return nil }
      return date(parts[0], parts[1], String(fullYear(year, now: now))[...], words[2])
    default: return nil
    }
  }

  /// A year of two digits that seems more than 50 years ahead is the most recent past year with those digits.
  private static func fullYear(_ year: Int, now: Date) -> Int {
    let thisYear = 1970 + Int((min(max(now.timeIntervalSince1970, 0), 2e11) / 31_556_952).rounded(.down))
    let candidate = thisYear - thisYear % 100 + year
    return candidate > thisYear + 50 ? candidate - 100 : candidate
  }

  private static func date(_ day: Substring, _ month: Substring, _ year: Substring, _ time: Substring) -> Date? {
    let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let clock = time.split(separator: ":", omittingEmptySubsequences: false)
    guard let day = number(day, 1...31), let monthIndex = names.firstIndex(of: String(month)),
      let year = number(year, 1900...9999), clock.count == 3, let hour = number(clock[0], 0...23),
      let minute = number(clock[1], 0...59), let second = number(clock[2], 0...60)
    else { return nil }
    let days = daysSince1970(year: year, month: monthIndex + 1, day: day)
    return Date(timeIntervalSince1970: Double(days * 86_400 + hour * 3600 + minute * 60 + second))
  }

  /// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `days_from_civil`, for positive years.
  private static func daysSince1970(year: Int, month: Int, day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let yearOfEra = shifted % 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return shifted / 400 * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private static func number(_ digits: Substring, _ range: ClosedRange<Int>) -> Int? {
    guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(digits), range.contains(number)
    else { return nil }
    return number
  }
}
