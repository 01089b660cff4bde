import Foundation
import Testing

/// A change of the clocks in a zone: seconds east of UTC before and from an instant on.
struct Transition: Sendable, CustomTestStringConvertible {
  var zone: String
  var instant: Date
  var before: Int
  var after: Int

  var testDescription: String { "\(zone) \(instant.formatted(.iso8601))" }

  /// All changes of some zones that change oddly, 2020 to 2026, and Samoa's lost day of 2011, as the IANA database
  /// records them (release 2025b). What is past does not change any more.
  static let recorded: [Transition] = table.split(separator: "\n").compactMap { line in
    let words = line.split(separator: " ").map(String.init)
    guard words.count == 4, let instant = try? Date(words[1], strategy: .iso8601), let before = Int(words[2]),
      let after = Int(words[3])
    else { return nil }
    return Transition(zone: words[0], instant: instant, before: before, after: after)
  }

  /// All changes of a zone in a span, found by looking at the offset of every sixth hour.
  static func found(in zone: String, from: Date, to: Date) -> [Transition] {
    guard let timeZone = TimeZone(identifier: zone) else { return [] }
    var found: [Transition] = []
    var instant = from
    while instant < to {
      let next = instant.addingTimeInterval(6 * 3600)
      let (before, after) = (timeZone.secondsFromGMT(for: instant), timeZone.secondsFromGMT(for: next))
      if before != after {
        var (low, high) = (0, 6 * 3600)
        while high - low > 1 {
          let middle = (low + high) / 2
          let offset = timeZone.secondsFromGMT(for: instant.addingTimeInterval(Double(middle)))
          if offset == before { low = middle } else { high = middle }
        }
        let change = instant.addingTimeInterval(Double(high))
        found.append(Transition(zone: zone, instant: change, before: before, after: after))
      }
      instant = next
    }
    return found
  }

  private static let table = """
    Europe/Berlin 2020-03-29T01:00:00Z 3600 7200
    Europe/Berlin 2020-10-25T01:00:00Z 7200 3600
    Europe/Berlin 2021-03-28T01:00:00Z 3600 7200
    Europe/Berlin 2021-10-31T01:00:00Z 7200 3600
    Europe/Berlin 2022-03-27T01:00:00Z 3600 7200
    Europe/Berlin 2022-10-30T01:00:00Z 7200 3600
    Europe/Berlin 2023-03-26T01:00:00Z 3600 7200
    Europe/Berlin 2023-10-29T01:00:00Z 7200 3600
    Europe/Berlin 2024-03-31T01:00:00Z 3600 7200
    Europe/Berlin 2024-10-27T01:00:00Z 7200 3600
    Europe/Berlin 2025-03-30T01:00:00Z 3600 7200
    Europe/Berlin 2025-10-26T01:00:00Z 7200 3600
    Europe/Berlin 2026-03-29T01:00:00Z 3600 7200
    Europe/Berlin 2026-10-25T01:00:00Z 7200 3600
    America/New_York 2020-03-08T07:00:00Z -18000 -14400
    America/New_York 2020-11-01T06:00:00Z -14400 -18000
    America/New_York 2021-03-14T07:00:00Z -18000 -14400
    America/New_York 2021-11-07T06:00:00Z -14400 -18000
    America/New_York 2022-03-13T07:00:00Z -18000 -14400
    America/New_York 2022-11-06T06:00:00Z -14400 -18000
    America/New_York 2023-03-12T07:00:00Z -18000 -14400
    America/New_York 2023-11-05T06:00:00Z -14400 -18000
    America/New_York 2024-03-10T07:00:00Z -18000 -14400
    America/New_York 2024-11-03T06:00:00Z -14400 -18000
    America/New_York 2025-03-09T07:00:00Z -18000 -14400
    America/New_York 2025-11-02T06:00:00Z -14400 -18000
    America/New_York 2026-03-08T07:00:00Z -18000 -14400
    America/New_York 2026-11-01T06:00:00Z -14400 -18000
    America/St_Johns 2020-03-08T05:30:00Z -12600 -9000
    America/St_Johns 2020-11-01T04:30:00Z -9000 -12600
    America/St_Johns 2021-03-14T05:30:00Z -12600 -9000
    America/St_Johns 2021-11-07T04:30:00Z -9000 -12600
    America/St_Johns 2022-03-13T05:30:00Z -12600 -9000
    America/St_Johns 2022-11-06T04:30:00Z -9000 -12600
    America/St_Johns 2023-03-12T05:30:00Z -12600 -9000
    America/St_Johns 2023-11-05T04:30:00Z -9000 -12600
    America/St_Johns 2024-03-10T05:30:00Z -12600 -9000
    America/St_Johns 2024-11-03T04:30:00Z -9000 -12600
    America/St_Johns 2025-03-09T05:30:00Z -12600 -9000
    America/St_Johns 2025-11-02T04:30:00Z -9000 -12600
    America/St_Johns 2026-03-08T05:30:00Z -12600 -9000
    America/St_Johns 2026-11-01T04:30:00Z -9000 -12600
    Australia/Lord_Howe 2020-04-04T15:00:00Z 39600 37800
    Australia/Lord_Howe 2020-10-03T15:30:00Z 37800 39600
    Australia/Lord_Howe 2021-04-03T15:00:00Z 39600 37800
    Australia/Lord_Howe 2021-10-02T15:30:00Z 37800 39600
    Australia/Lord_Howe 2022-04-02T15:00:00Z 39600 37800
    Australia/Lord_Howe 2022-10-01T15:30:00Z 37800 39600
    Australia/Lord_Howe 2023-04-01T15:00:00Z 39600 37800
    Australia/Lord_Howe 2023-09-30T15:30:00Z 37800 39600
    Australia/Lord_Howe 2024-04-06T15:00:00Z 39600 37800
    Australia/Lord_Howe 2024-10-05T15:30:00Z 37800 39600
    Australia/Lord_Howe 2025-04-05T15:00:00Z 39600 37800
    Australia/Lord_Howe 2025-10-04T15:30:00Z 37800 39600
    Australia/Lord_Howe 2026-04-04T15:00:00Z 39600 37800
    Australia/Lord_Howe 2026-10-03T15:30:00Z 37800 39600
    Africa/Casablanca 2020-04-19T02:00:00Z 3600 0
    Africa/Casablanca 2020-05-31T02:00:00Z 0 3600
    Africa/Casablanca 2021-04-11T02:00:00Z 3600 0
    Africa/Casablanca 2021-05-16T02:00:00Z 0 3600
    Africa/Casablanca 2022-03-27T02:00:00Z 3600 0
    Africa/Casablanca 2022-05-08T02:00:00Z 0 3600
    Africa/Casablanca 2023-03-19T02:00:00Z 3600 0
    Africa/Casablanca 2023-04-23T02:00:00Z 0 3600
    Africa/Casablanca 2024-03-10T02:00:00Z 3600 0
    Africa/Casablanca 2024-04-14T02:00:00Z 0 3600
    Africa/Casablanca 2025-02-23T02:00:00Z 3600 0
    Africa/Casablanca 2025-04-06T02:00:00Z 0 3600
    Africa/Casablanca 2026-02-15T02:00:00Z 3600 0
    Africa/Casablanca 2026-03-22T02:00:00Z 0 3600
    Europe/Dublin 2020-03-29T01:00:00Z 0 3600
    Europe/Dublin 2020-10-25T01:00:00Z 3600 0
    Europe/Dublin 2021-03-28T01:00:00Z 0 3600
    Europe/Dublin 2021-10-31T01:00:00Z 3600 0
    Europe/Dublin 2022-03-27T01:00:00Z 0 3600
    Europe/Dublin 2022-10-30T01:00:00Z 3600 0
    Europe/Dublin 2023-03-26T01:00:00Z 0 3600
    Europe/Dublin 2023-10-29T01:00:00Z 3600 0
    Europe/Dublin 2024-03-31T01:00:00Z 0 3600
    Europe/Dublin 2024-10-27T01:00:00Z 3600 0
    Europe/Dublin 2025-03-30T01:00:00Z 0 3600
    Europe/Dublin 2025-10-26T01:00:00Z 3600 0
    Europe/Dublin 2026-03-29T01:00:00Z 0 3600
    Europe/Dublin 2026-10-25T01:00:00Z 3600 0
    America/Santiago 2020-04-05T03:00:00Z -10800 -14400
    America/Santiago 2020-09-06T04:00:00Z -14400 -10800
    America/Santiago 2021-04-04T03:00:00Z -10800 -14400
    America/Santiago 2021-09-05T04:00:00Z -14400 -10800
    America/Santiago 2022-04-03T03:00:00Z -10800 -14400
    America/Santiago 2022-09-11T04:00:00Z -14400 -10800
    America/Santiago 2023-04-02T03:00:00Z -10800 -14400
    America/Santiago 2023-09-03T04:00:00Z -14400 -10800
    America/Santiago 2024-04-07T03:00:00Z -10800 -14400
    America/Santiago 2024-09-08T04:00:00Z -14400 -10800
    America/Santiago 2025-04-06T03:00:00Z -10800 -14400
    America/Santiago 2025-09-07T04:00:00Z -14400 -10800
    America/Santiago 2026-04-05T03:00:00Z -10800 -14400
    America/Santiago 2026-09-06T04:00:00Z -14400 -10800
    Asia/Tehran 2020-03-20T20:30:00Z 12600 16200
    Asia/Tehran 2020-09-20T19:30:00Z 16200 12600
    Asia/Tehran 2021-03-21T20:30:00Z 12600 16200
    Asia/Tehran 2021-09-21T19:30:00Z 16200 12600
    Asia/Tehran 2022-03-21T20:30:00Z 12600 16200
    Asia/Tehran 2022-09-21T19:30:00Z 16200 12600
    Africa/Cairo 2023-04-27T22:00:00Z 7200 10800
    Africa/Cairo 2023-10-26T21:00:00Z 10800 7200
    Africa/Cairo 2024-04-25T22:00:00Z 7200 10800
    Africa/Cairo 2024-10-31T21:00:00Z 10800 7200
    Africa/Cairo 2025-04-24T22:00:00Z 7200 10800
    Africa/Cairo 2025-10-30T21:00:00Z 10800 7200
    Africa/Cairo 2026-04-23T22:00:00Z 7200 10800
    Africa/Cairo 2026-10-29T21:00:00Z 10800 7200
    Pacific/Apia 2010-09-26T11:00:00Z -39600 -36000
    Pacific/Apia 2011-04-02T14:00:00Z -36000 -39600
    Pacific/Apia 2011-09-24T14:00:00Z -39600 -36000
    Pacific/Apia 2011-12-30T10:00:00Z -36000 50400
    Pacific/Apia 2012-03-31T14:00:00Z 50400 46800
    Pacific/Apia 2012-09-29T14:00:00Z 46800 50400
    Pacific/Apia 2013-04-06T14:00:00Z 50400 46800
    Pacific/Apia 2013-09-28T14:00:00Z 46800 50400
    Pacific/Apia 2014-04-05T14:00:00Z 50400 46800
    Pacific/Apia 2014-09-27T14:00:00Z 46800 50400
    Pacific/Apia 2015-04-04T14:00:00Z 50400 46800
    Pacific/Apia 2015-09-26T14:00:00Z 46800 50400
    Pacific/Apia 2016-04-02T14:00:00Z 50400 46800
    Pacific/Apia 2016-09-24T14:00:00Z 46800 50400
    Pacific/Apia 2017-04-01T14:00:00Z 50400 46800
    Pacific/Apia 2017-09-23T14:00:00Z 46800 50400
    Pacific/Apia 2018-03-31T14:00:00Z 50400 46800
    Pacific/Apia 2018-09-29T14:00:00Z 46800 50400
    Pacific/Apia 2019-04-06T14:00:00Z 50400 46800
    Pacific/Apia 2019-09-28T14:00:00Z 46800 50400
    Pacific/Apia 2020-04-04T14:00:00Z 50400 46800
    Pacific/Apia 2020-09-26T14:00:00Z 46800 50400
    Pacific/Apia 2021-04-03T14:00:00Z 50400 46800
    """
}
