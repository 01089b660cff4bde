import Dialogue
import Foundation
import Scheduling
import Storage

extension Workspace {
  /// `coach schedule next`: the next occurrences of every schedule.
  ///
  /// - Parameter from: an instant as `2026-11-23T09:00:00Z`; nil for now.
  package func nextOccurrences(count: Int, from: String?) throws(Failure) -> Report {
    let start = try from.map(Self.instant) ?? Date()
    var lines: [String] = []
    var objects: [String] = []
    for schedule in configuration.schedules {
      lines.append("\(schedule.name): \(schedule.at) \(schedule.timeZone), to \(schedule.channel)")
      for occurrence in (try? schedule.rule())?.occurrences(from: start, count: count) ?? [] {
        let utc = occurrence.instant.formatted(.iso8601)
        lines.append("  \(utc)  \(Self.local(occurrence.instant, schedule.timeZone))")
        var object = JSONObject()
        object.add("schedule", schedule.name)
        object.add("channel", schedule.channel)
        object.add("key", occurrence.key)
        object.add("utc", utc)
        object.add("local", Self.local(occurrence.instant, schedule.timeZone))
        objects.append(object.finished())
      }
    }
    if lines.isEmpty { lines = ["There are no schedules. deploy/coach.example.yaml shows one."] }
    var object = JSONObject()
    object.add("occurrences", array: objects)
    return Report(text: lines.joined(separator: "\n"), json: object.finished())
  }

  /// `coach schedule history`: what is on record.
  package func occurrenceHistory(limit: Int) async throws -> Report {
    let records = try await reading { try await $0.occurrences(schedule: nil, limit: limit) }
    let objects = records.map { record in
      var object = JSONObject()
      object.add("schedule", record.schedule)
      object.add("channel", record.channel)
      object.add("key", record.key)
      object.add("outcome", record.outcome.rawValue)
      return object.finished()
    }
    var object = JSONObject()
    object.add("occurrences", array: objects)
    let lines = records.map { "\($0.key)  \($0.schedule)  \($0.channel)  \($0.outcome.rawValue)" }
    return Report(
      text: lines.isEmpty ? "Nothing was posted yet." : lines.joined(separator: "\n"), json: object.finished())
  }

  private static func instant(_ text: String) throws(Failure) -> Date {
    guard let date = try? Date(text, strategy: .iso8601) else {
      throw Failure(.usage, "--from \(text.prefix(40)) is no instant. Write it as 2026-11-23T09:00:00Z.")
    }
    return date
  }

  /// `Mon 2026-11-23 10:00 +01:00`, the same in every locale.
  private static func local(_ instant: Date, _ timeZone: String) -> String {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = TimeZone(identifier: timeZone)
    formatter.dateFormat = "EEE yyyy-MM-dd HH:mm xxx"
    return formatter.string(from: instant)
  }
}
