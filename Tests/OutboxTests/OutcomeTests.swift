import Foundation
import Outbox
import Testing

@Suite struct OutcomeTests {
  @Test("every status has one meaning", arguments: 200...599)
  func statuses(status: Int) {
    let outcome = Outcome(status: TransportReply(status: status), now: instant(0))
    switch status {
    case 200...299: #expect(outcome == .delivered)
    case 408, 425, 429, 500, 502...599: #expect(outcome.kind == .retryable)
    case 404, 410: #expect(outcome == .permanent(reason: "the receiver answered \(status)", isDestinationDead: true))
    default: #expect(outcome == .permanent(reason: "the receiver answered \(status)", isDestinationDead: false))
    }
  }

  @Test(
    "Retry-After is read in every form, and held between a second and an hour",
    arguments: [
      ("17", 17), ("0", 1), ("1.5", 1.5), ("3600", 3600), ("3601", 3600), ("99999999999999999999999", 3600),
      (String(repeating: "9", count: 400), 3600), (" 5", 5),
      ("Sun, 06 Nov 1994 08:49:37 GMT", 60), ("Sunday, 06-Nov-94 08:49:37 GMT", 60), ("Sun Nov  6 08:49:37 1994", 60),
      ("Sun, 06 Nov 1994 08:48:00 GMT", 1), ("Mon, 07 Nov 1994 08:48:00 GMT", 3600),
      ("Sun, 06 Nov 1994 08:49:37 CET", nil), ("Sun, 36 Nov 1994 08:49:37 GMT", nil),
      ("Sun, 06 Nov 1994 08:49 GMT", nil),
      ("Sun, 06 Nov 1994 25:49:37 GMT", nil), ("soon", nil), ("", nil), ("-5", nil), ("1e3", nil), ("0x10", nil),
      ("nan", nil),
      ("inf", nil), (".", nil),
    ] as [(String, Double?)])
  func retryAfter(value: String, seconds: Double?) {
    // 60 s before the date of RFC 9110's examples.
    let now = instant(784_111_717)
    let header = [Header("retry-after", value)].compactMap { $0 }
    let outcome = Outcome(status: TransportReply(status: 429, headers: header), now: now)
    let expected: Duration? = seconds.map { .milliseconds(Int($0 * 1000)) }
    #expect(outcome == .retryable(reason: "the receiver answered 429", retryAfter: expected))
  }

  @Test("a date is compared with the server's own clock")
  func serverClock() {
    let headers = [
      Header("Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT"), Header("Date", "Sun, 06 Nov 1994 08:49:07 GMT"),
    ].compactMap { $0 }
    let outcome = Outcome(status: TransportReply(status: 503, headers: headers), now: instant(2_000_000_000))
    #expect(outcome == .retryable(reason: "the receiver answered 503", retryAfter: .seconds(30)))
  }

  @Test("a two-digit year lies in the past when it would be more than fifty years ahead")
  func shortYears() {
    let date = "Sunday, 06-Nov-94 08:49:37 GMT"
    let headers = [Header("Retry-After", date), Header("Date", "Sun, 06 Nov 1994 08:49:07 GMT")].compactMap { $0 }
    for now in [instant(784_111_717), instant(1_780_000_000)] {
      let outcome = Outcome(status: TransportReply(status: 503, headers: headers), now: now)
      #expect(outcome == .retryable(reason: "the receiver answered 503", retryAfter: .seconds(30)))
    }
  }

  @Test("a platform's own words decide before the status, and only where it has some")
  func verdict() {
    let verdict: @Sendable (TransportReply) -> Outcome? = { reply in
      reply.body.isEmpty ? nil : .permanent(reason: "channel_not_found", isDestinationDead: true)
    }
    let said = Outcome(.replied(TransportReply(status: 200, body: [1])), verdict: verdict, now: instant(0))
    #expect(said == .permanent(reason: "channel_not_found", isDestinationDead: true))
    #expect(Outcome(.replied(TransportReply(status: 200)), verdict: verdict, now: instant(0)) == .delivered)
  }

  @Test("what did not leave may be tried again, what was refused may not, and what left is unknown")
  func transportFailures() {
    #expect(Outcome(.notSent(reason: "a"), now: instant(0)) == .retryable(reason: "a", retryAfter: nil))
    #expect(Outcome(.refused(reason: "b"), now: instant(0)) == .permanent(reason: "b", isDestinationDead: false))
    #expect(Outcome(.unknown(reason: "c"), now: instant(0)) == .unknown(reason: "c"))
  }

  @Test("a recorded reason is one bounded line")
  func reasons() {
    let attempt = Attempt(
      number: 1, started: instant(0), duration: .zero, outcome: .permanent, status: 400,
      reason: "a\r\nb\u{1B}[31m" + String(repeating: "e\u{301}", count: 10_000))
    #expect(attempt.reason.unicodeScalars.count == Attempt.reasonLimit)
    #expect(attempt.reason.unicodeScalars.allSatisfy { $0.value >= 0x20 })
  }
}
