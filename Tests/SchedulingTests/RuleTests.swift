import Foundation
import Scheduling
import Testing

@Suite struct RuleTests {
  @Test(
    "each form of a rule is understood",
    arguments: [
      ("09:00", Rule.Days.every, 540), ("daily 23:59", .every, 1439), ("0:00", .every, 0),
      ("weekdays 09:00", .on([.monday, .tuesday, .wednesday, .thursday, .friday]), 540),
      ("Weekends  7:05", .on([.saturday, .sunday]), 425), ("mon,thu 16:30", .on([.monday, .thursday]), 990),
      ("  sunday,MON 10:00 ", .on([.sunday, .monday]), 600),
    ])
  func understood(text: String, days: Rule.Days, minutes: Int) throws {
    let rule = try Rule(parsing: text)
    #expect(rule.days == days)
    #expect(rule.times.map(\.minutes) == [minutes])
  }

  @Test(
    "what is not a rule is refused with an example that would do",
    arguments: [
      "", " ", "9", "24:00", "09:60", "9:5", "009:00", "-1:00", "09:00:00", "weekdays", "mon,,thu 10:00", "mon,, 10:00",
      "someday 09:00", "mo 09:00", "at 09:00 daily", "٠٩:٠٠", "09:00\u{0}", "weekdays 09.00",
    ])
  func refused(text: String) {
    let error = #expect(throws: ScheduleError.self) { try Rule(parsing: text) }
    let description = error?.description ?? ""
    #expect(description.contains("\"weekdays"))
    #expect(description.unicodeScalars.allSatisfy { $0.value >= 0x20 })
  }

  @Test("an endless rule is not repeated endlessly")
  func boundedError() {
    let error = #expect(throws: ScheduleError.self) { try Rule(parsing: String(repeating: "x", count: 100_000)) }
    #expect((error?.description.count ?? .max) < 300)
  }

  @Test(
    "a zone without rules for its clocks is refused", arguments: ["", "CET", "GMT+3", "Europe/Nowhere", "../etc", "/"])
  func refusedZone(name: String) {
    #expect(throws: ScheduleError.unknownTimeZone(name)) {
      try Schedule(name: "tip", at: "09:00", timeZone: name)
    }
  }

  @Test("days are numbered and named as the calendar has them, back and forth")
  func days() {
    for number in stride(from: -800_000, through: 800_000, by: 37) {
      let day = LocalDay(number: number)
      let (year, month, dayOfMonth) = day.components
      #expect(LocalDay(year: year, month: month, day: dayOfMonth) == day)
    }
    #expect(LocalDay(year: 1970, month: 1, day: 1).number == 0)
    #expect(LocalDay(year: 2026, month: 11, day: 23).weekday == .monday)
    #expect(LocalDay(year: 1969, month: 12, day: 31).weekday == .wednesday)
    #expect(LocalDay(year: 2024, month: 2, day: 29).number + 1 == LocalDay(year: 2024, month: 3, day: 1).number)
  }
}
