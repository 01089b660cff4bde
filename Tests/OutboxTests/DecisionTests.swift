import Foundation
import Outbox
import Testing

@Suite struct DecisionTests {
  @Test("the wait stays below its ceiling and spreads over all of it", arguments: 1...7)
  func backoff(attempt: Int) throws {
    let ceilings = [10.0, 50, 250, 1250, 6250, 31_250, 43_200]
    var generator = Seeded(state: UInt64(attempt))
    var sum = 0.0
    for _ in 0..<2000 {
      let next = try #require(
        RetrySchedule.next(after: attempt, now: instant(0), hint: nil, expires: instant(200_000), using: &generator))
      #expect((0...ceilings[attempt - 1]).contains(next.timeIntervalSince1970))
      sum += next.timeIntervalSince1970
    }
    #expect(abs(sum / 2000 / ceilings[attempt - 1] - 0.5) < 0.05)
  }

  @Test("after eight attempts, or past its time, nothing is tried again")
  func ends() {
    var generator = Seeded(state: 1)
    #expect(RetrySchedule.next(after: 8, now: instant(0), hint: nil, expires: instant(1e6), using: &generator) == nil)
    #expect(RetrySchedule.next(after: 1, now: instant(10), hint: nil, expires: instant(10), using: &generator) == nil)
    for _ in 0..<500 {
      let next = RetrySchedule.next(after: 7, now: instant(0), hint: nil, expires: instant(60), using: &generator)
      #expect((next ?? .distantFuture) <= instant(60))
    }
  }

  @Test("a wait that the receiver asks for is kept, within bounds, but not beyond the end")
  func hints() throws {
    var generator = Seeded(state: 2)
    for (hint, low, high) in [(17.0, 17.0, 18.7), (0.1, 1, 1.1), (9000, 3600, 3960)] {
      for _ in 0..<200 {
        let next = try #require(
          RetrySchedule.next(after: 1, now: instant(0), hint: .seconds(hint), expires: instant(1e5), using: &generator))
        #expect((low...high).contains(next.timeIntervalSince1970))
      }
    }
    #expect(
      RetrySchedule.next(after: 1, now: instant(0), hint: .seconds(60), expires: instant(30), using: &generator) == nil)
  }

  @Test("a sound delivery in time is sent")
  func sends() {
    #expect(AttemptDecision.beforeSending(claim(makeDelivery()), now: instant(0)) == .send)
  }

  @Test("an expired, damaged or used-up delivery is a dead letter and is not sent")
  func deadBeforeSending() {
    let damaged = makeDelivery().replacingBody(with: Array("jello".utf8))
    for (claim, now) in [
      (claim(makeDelivery()), instant(3600)), (claim(damaged), instant(0)),
      (claim(makeDelivery(), tries: 9), instant(0)),
    ] {
      guard case .settle(.dead) = AttemptDecision.beforeSending(claim, now: now) else {
        Issue.record("it would be sent")
        continue
      }
    }
  }

  @Test(
    "after an interrupted attempt a reply is sent again, and a tip only where the receiver recognises it",
    arguments: [
      (Delivery.Purpose.reply, false, true), (.reply, true, true), (.tip, true, true), (.tip, false, false),
    ])
  func interrupted(purpose: Delivery.Purpose, recognises: Bool, isSent: Bool) {
    let delivery = makeDelivery(purpose: purpose, recognisesRepeats: recognises)
    let decision = AttemptDecision.beforeSending(claim(delivery, tries: 2, isInterrupted: true), now: instant(0))
    if isSent {
      #expect(decision == .send)
    } else {
      #expect(decision.settledState == .unknown)
    }
  }

  @Test(
    "each outcome leads to its state",
    arguments: [
      (Outcome.delivered, Delivery.Purpose.tip, 1, Delivery.State.delivered),
      (.permanent(reason: "gone", isDestinationDead: true), .reply, 1, .dead),
      (.retryable(reason: "busy", retryAfter: nil), .tip, 1, .pending),
      (.retryable(reason: "busy", retryAfter: nil), .tip, 8, .dead),
      (.retryable(reason: "busy", retryAfter: .seconds(3700)), .tip, 1, .dead),
      (.unknown(reason: "cut"), .reply, 1, .pending), (.unknown(reason: "cut"), .reply, 8, .dead),
      (.unknown(reason: "cut"), .tip, 1, .unknown),
    ])
  func afterSending(outcome: Outcome, purpose: Delivery.Purpose, tries: Int, state: Delivery.State) {
    var generator = Seeded(state: 3)
    let claim = claim(makeDelivery(purpose: purpose), tries: tries)
    let disposition = AttemptDecision.afterSending(claim, outcome, now: instant(0), using: &generator)
    #expect(disposition.state == state)
  }

  private func claim(_ delivery: Delivery, tries: Int = 1, isInterrupted: Bool = false) -> Claim {
    Claim(
      delivery: delivery, ticket: Claim.Ticket(id: delivery.id, fence: 1), attempt: tries, tries: tries,
      isInterrupted: isInterrupted)
  }
}

extension AttemptDecision {
  fileprivate var settledState: Delivery.State? {
    if case .settle(let disposition) = self { disposition.state } else { nil }
  }
}

extension Delivery {
  fileprivate func replacingBody(with body: [UInt8]) -> Delivery {
    Delivery(
      id: id, channel: channel, destination: destination, purpose: purpose, contentType: contentType, headers: headers,
      body: body, checksum: checksum, idempotencyKey: idempotencyKey, orderKey: orderKey,
      recognisesRepeats: recognisesRepeats, notBefore: notBefore, expires: expires)
  }
}

/// A generator that gives the same numbers every time. Source: Steele, Lea, Flood, "SplitMix", OOPSLA 2014.
struct Seeded: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
