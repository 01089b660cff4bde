import Foundation
import Outbox
import Storage
import Testing

@Suite struct OutboxStoreTests {
  private let directory = TemporaryDirectory()

  @Test("a claimed delivery is not claimed again until its lease ends")
  func lease() async throws {
    let database = try directory.database()
    let delivery = makeDelivery()
    try await database.accept(delivery)
    let first = try #require(try await database.claimAll(at: instant(0)).first)
    #expect(first.delivery == delivery)
    #expect((first.attempt, first.tries, first.isInterrupted) == (1, 1, false))
    #expect(try await database.claimAll(at: instant(29), owner: "two").isEmpty)
    let second = try #require(try await database.claimAll(at: instant(30), owner: "two").first)
    #expect((second.attempt, second.tries, second.isInterrupted) == (2, 2, true))
    #expect(second.ticket.fence == first.ticket.fence + 1)
    #expect(second.delivery.idempotencyKey == first.delivery.idempotencyKey)
  }

  @Test("a worker that lost its lease cannot mark the delivery")
  func fencing() async throws {
    let database = try directory.database()
    let delivery = makeDelivery()
    try await database.accept(delivery)
    let slow = try #require(try await database.claimAll(at: instant(0)).first)
    let quick = try #require(try await database.claimAll(at: instant(31), owner: "two").first)
    #expect(try await database.record(.delivered, attempt: nil, for: slow.ticket, now: instant(32)) == false)
    try await database.release([slow.ticket])
    #expect(try await database.delivery(delivery.id)?.state == .leased)
    #expect(try await database.record(.dead(reason: "gone"), attempt: nil, for: quick.ticket, now: instant(33)))
    #expect(try await database.record(.delivered, attempt: nil, for: quick.ticket, now: instant(34)) == false)
    #expect(try await database.delivery(delivery.id)?.state == .dead)
  }

  @Test("a late mark counts as long as nobody else took the delivery up")
  func lateMark() async throws {
    let database = try directory.database()
    try await database.accept(makeDelivery())
    let claim = try #require(try await database.claimAll(at: instant(0)).first)
    #expect(try await database.record(.delivered, attempt: nil, for: claim.ticket, now: instant(300)))
  }

  @Test("what a worker has in flight is not given to it again, whatever the clock says")
  func clockJump() async throws {
    let database = try directory.database()
    let delivery = makeDelivery(expires: instant(90_000))
    try await database.accept(delivery)
    _ = try await database.claimAll(at: instant(0))
    #expect(try await database.claimAll(at: instant(80_000), holding: [delivery.id]).isEmpty)
    #expect(try await database.claimAll(at: instant(80_000)).count == 1)
  }

  @Test("the younger waits for the elder of its order key, through retries too")
  func order() async throws {
    let database = try directory.database()
    let deliveries = (0..<3).map { makeDelivery(body: "\($0)", orderKey: "talk") }
    for delivery in deliveries { try await database.accept(delivery) }
    let other = makeDelivery(body: "other", orderKey: "other talk")
    try await database.accept(other)
    let claims = try await database.claimAll(at: instant(0))
    #expect(Set(claims.map(\.delivery.id)) == [deliveries[0].id, other.id])
    #expect(try await database.claimAll(at: instant(1)).isEmpty)
    let elder = try #require(claims.first { $0.delivery.id == deliveries[0].id })
    _ = try await database.record(.retry(at: instant(20)), attempt: nil, for: elder.ticket, now: instant(1))
    #expect(try await database.claimAll(at: instant(19)).isEmpty)
    for (index, end) in [Disposition.dead(reason: "x"), .unknown(reason: "y"), .delivered].enumerated() {
      let claim = try #require(try await database.claimAll(at: instant(20), holding: [other.id]).first)
      #expect(claim.delivery.id == deliveries[index].id)
      _ = try await database.record(end, attempt: nil, for: claim.ticket, now: instant(20))
    }
  }

  @Test("a delivery whose own time has not come holds up nobody")
  func notBefore() async throws {
    let database = try directory.database()
    let checkIn = makeDelivery(body: "check-in", orderKey: "talk", notBefore: instant(100), expires: instant(900))
    let reply = makeDelivery(body: "reply", orderKey: "talk", expires: instant(900))
    try await database.accept(checkIn)
    try await database.accept(reply)
    let claims = try await database.claimAll(at: instant(99))
    #expect(claims.map(\.delivery.id) == [reply.id])
    _ = try await database.record(.delivered, attempt: nil, for: claims[0].ticket, now: instant(99))
    #expect(try await database.claimAll(at: instant(100)).map(\.delivery.id) == [checkIn.id])
  }

  @Test("allowances hold for each lane, and within a lane the oldest comes first")
  func allowances() async throws {
    let database = try directory.database()
    for number in 0..<5 {
      for channel in ["a", "b", "c"] {
        try await database.accept(makeDelivery(channel: channel, body: "\(number)", orderKey: "\(channel)\(number)"))
      }
    }
    let request = ClaimRequest(
      now: instant(1), owner: "one", leaseExpires: instant(31), limit: 10, defaultAllowance: 1,
      allowances: ["a webhook": 3, "b webhook": 0])
    let claims = try await database.claim(request)
    #expect(
      claims.filter { $0.delivery.channel == "a" }.map { String(decoding: $0.delivery.body, as: UTF8.self) } == [
        "0", "1", "2",
      ])
    #expect(claims.filter { $0.delivery.channel == "b" }.isEmpty)
    #expect(claims.filter { $0.delivery.channel == "c" }.count == 1)
    #expect(try await database.claimAll(at: instant(1), limit: 2).count == 2)
  }

  @Test("of two workers on one database each delivery goes to one", arguments: 0..<3)
  func twoWorkers(round: Int) async throws {
    let databases = [try directory.database(), try directory.database()]
    for number in 0..<100 { try await databases[0].accept(makeDelivery(orderKey: "\(number)")) }
    let claimed = try await withThrowingTaskGroup(of: [DeliveryID].self) { group in
      for worker in 0..<20 {
        group.addTask {
          try await databases[worker % 2].claimAll(at: instant(1), owner: "\(worker)", limit: 9, each: 9).map(
            \.delivery.id)
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    #expect(claimed.count == 100)
    #expect(Set(claimed).count == 100)
  }

  @Test("attempts are kept one by one, and an interrupted one says so")
  func attempts() async throws {
    let database = try directory.database()
    let delivery = makeDelivery()
    try await database.accept(delivery)
    let first = try #require(try await database.claimAll(at: instant(0)).first)
    let attempt = Attempt(
      number: 1, started: instant(0.5), duration: .milliseconds(120), outcome: .retryable, status: 503, reason: "busy")
    _ = try await database.record(.retry(at: instant(10)), attempt: attempt, for: first.ticket, now: instant(1))
    _ = try await database.claimAll(at: instant(10))
    let third = try #require(try await database.claimAll(at: instant(40)).first)
    try await database.release([third.ticket])
    let attempts = try await database.attempts(of: delivery.id)
    #expect(attempts.first == attempt)
    #expect(attempts.map(\.outcome) == [.retryable, .unknown])
    #expect(attempts.last?.reason.contains("stopped") == true)
    // Giving back does not make the interrupted attempt forgotten.
    #expect(try await database.claimAll(at: instant(40)).first?.isInterrupted == true)
  }

  @Test("an operator may retry and drop, but not what is in flight or done")
  func operators() async throws {
    let database = try directory.database()
    let delivery = makeDelivery()
    try await database.accept(delivery)
    var generator = SystemRandomNumberGenerator()
    #expect(try await database.retry(DeliveryID(using: &generator), now: instant(0)) == .notFound)
    let claim = try #require(try await database.claimAll(at: instant(0)).first)
    #expect(try await database.drop(delivery.id, now: instant(0)) == .refused(.leased))
    _ = try await database.record(.dead(reason: "gone"), attempt: nil, for: claim.ticket, now: instant(1))
    #expect(try await database.deliveries(in: .dead, limit: 10).map(\.reason) == ["gone"])
    #expect(try await database.retry(delivery.id, now: instant(9000)) == .done)
    let again = try #require(try await database.claimAll(at: instant(9000)).first)
    #expect(again.tries == 1)
    #expect(again.delivery.expires > instant(9000))
    #expect(again.delivery.isIntact)
    _ = try await database.record(.retry(at: instant(9999)), attempt: nil, for: again.ticket, now: instant(9000))
    #expect(try await database.drop(delivery.id, now: instant(9001)) == .done)
    #expect(try await database.claimAll(at: instant(10_000)).isEmpty)
    #expect(try await database.deliveries(in: .pending, channel: "leads", limit: 10).isEmpty)
    #expect(try await database.deliveries(channel: "leads", limit: 10).count == 1)
  }

  @Test("an operator's retry of an unknown tip is not taken for the interrupted attempt")
  func retryOfUnknown() async throws {
    let database = try directory.database()
    let tip = makeDelivery(purpose: .tip)
    try await database.accept(tip)
    _ = try await database.claimAll(at: instant(0))
    let interrupted = try #require(try await database.claimAll(at: instant(31)).first)
    #expect(interrupted.isInterrupted)
    _ = try await database.record(.unknown(reason: "?"), attempt: nil, for: interrupted.ticket, now: instant(31))
    _ = try await database.retry(tip.id, now: instant(60))
    #expect(try await database.claimAll(at: instant(60)).first?.isInterrupted == false)
  }
}
