import Coaching
import Corpus
import Dialogue
import Foundation
import Scheduling

extension Workspace {
  /// `coach tip`: a random one, or the one that a deck begun for the channel gives on a day.
  ///
  /// - Parameter date: a day as `2026-11-23`; nil for a random tip.
  package func tip(topics: [String], date: String?, channel: String) throws(Failure) -> Report {
    let coach = try coach()
    let tips = try catalogue().tips(on: topics.map(Slug.make))
    let tip: Tip?
    if let date {
      guard let day = Self.dayNumber(date) else {
        throw Failure(.usage, "--date \(date.prefix(40)) is no day. Write it as 2026-11-23.")
      }
      tip = Deck.foretold(day: day, owner: ([channel] + topics.sorted()).joined(separator: "/"), tips: tips)
    } else {
      tip = tips.randomElement()
    }
    guard let tip else {
      throw Failure(.data, "There is no tip on \(topics.joined(separator: ", ").prefix(80)). See Knowledge/tips.")
    }
    let reply = coach.reply(tip)
    return Report(text: reply.text, json: reply.json())
  }

  /// Days since 1 January 1970 of a date in the Gregorian calendar.
  private static func dayNumber(_ text: String) -> Int? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    guard parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2], (1970...9999).contains(year)
    else { return nil }
    let components = DateComponents(year: year, month: month, day: day)
    guard let date = calendar.date(from: components),
      calendar.dateComponents([.year, .month, .day], from: date) == components
    else { return nil }
    return Int(date.timeIntervalSince1970 / 86_400)
  }
}
