/// When a schedule runs, in the local time of its zone: on which days, and at which times on each of them.
///
/// Every form that is written in a configuration comes down to these two, so a new form is a new case of `Days` or a
/// longer list of times, and nothing else changes.
package struct Rule: Sendable, Equatable {
  package enum Days: Sendable, Equatable {
    case every
    case on(Set<Weekday>)

    package func contains(_ day: LocalDay) -> Bool {
      switch self {
      case .every: true
      case .on(let weekdays): weekdays.contains(day.weekday)
      }
    }
  }

  package let days: Days
  /// At least one, ascending, each once.
  package let times: [TimeOfDay]

  /// Reads `09:00`, `weekdays 09:00`, `weekends 10:00` or `mon,thu 16:30`. Case does not count; hours may have one digit.
  package init(parsing text: String) throws(ScheduleError) {
    let words = text.lowercased().split(whereSeparator: { $0 == " " || $0 == "\t" })
    guard let last = words.last, words.count <= 2 else { throw .ruleNotUnderstood(bounded(text)) }
    guard let time = Self.time(last) else { throw .ruleNotUnderstood(bounded(text)) }
    times = [time]
    days = words.count == 1 ? .every : try Self.days(words[0], in: text)
  }

  private static func time(_ word: Substring) -> TimeOfDay? {
    let parts = word.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, (1...2).contains(parts[0].utf8.count), parts[1].utf8.count == 2,
      let hour = number(parts[0]), let minute = number(parts[1])
    else { return nil }
    return TimeOfDay(hour: hour, minute: minute)
  }

  private static func days(_ word: Substring, in text: String) throws(ScheduleError) -> Days {
    switch word {
    case "daily": return .every
    case "weekdays": return .on([.monday, .tuesday, .wednesday, .thursday, .friday])
    case "weekends": return .on([.saturday, .sunday])
    default: break
    }
    var weekdays: Set<Weekday> = []
    for name in word.split(separator: ",", omittingEmptySubsequences: false) {
      guard let weekday = weekday(name) else { throw .dayNotUnderstood(bounded(String(name)), rule: bounded(text)) }
      weekdays.insert(weekday)
    }
    return .on(weekdays)
  }

  /// `mon` or `monday`.
  private static func weekday(_ name: Substring) -> Weekday? {
    Weekday.allCases.first { $0.rawValue == name || $0.rawValue.prefix(3) == name }
  }

  private static func number(_ digits: Substring) -> Int? {
    digits.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(digits) : nil
  }
}

/// What is wrong with a schedule as it was written. Each description ends with something that would do.
package enum ScheduleError: Error, Equatable, CustomStringConvertible {
  case ruleNotUnderstood(String)
  case dayNotUnderstood(String, rule: String)
  case unknownTimeZone(String)

  package var description: String {
    switch self {
    case .ruleNotUnderstood(let text):
      "\"\(text)\" is not a time that I understand. Write for example \"09:00\", \"weekdays 09:00\" or "
        + "\"mon,thu 16:30\"."
    case .dayNotUnderstood(let day, let rule):
      "\"\(day)\" in \"\(rule)\" is not a day that I understand. Write days as \"weekdays\", \"weekends\" or "
        + "\"mon,tue,wed,thu,fri,sat,sun\"."
    case .unknownTimeZone(let name):
      "\"\(name)\" is not a time zone that I know. Write its IANA name, for example \"Europe/Berlin\" or \"UTC\"."
    }
  }
}

/// What came from outside, short enough to stand in a sentence.
private func bounded(_ text: String) -> String {
  String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }.prefix(60)))
}
