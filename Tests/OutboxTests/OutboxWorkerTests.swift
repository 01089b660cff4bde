import CurlTransport
import Foundation
import Logging
import Outbox
import Receiver
import ServiceLifecycle
import Storage
import Synchronization
import Testing

/// The worker with a real database, real libcurl and a real receiver.
@Suite struct OutboxWorkerTests {
  @Test("a reply arrives once, as it was accepted, and is marked delivered")
  func delivers() async throws {
    let bench = try Bench()
    let delivery = bench.delivery(body: "grüß dich")
    try await bench.accept(delivery)
    try await bench.run { #expect(await bench.settles(delivery.id) == .delivered) }
    let request = try #require(bench.receiver.requests.first)
    #expect(bench.receiver.requests.count == 1)
    #expect(request.text == "grüß dich")
    #expect(request.headers["content-type"] == "text/plain")
    #expect(request.headers["x-test"] == "1")
    #expect(request.headers["authorization"] == "Bearer secret")
    #expect(request.headers["idempotency-key"] == delivery.idempotencyKey.rawValue)
    let attempts = try await bench.database.attempts(of: delivery.id)
    #expect(attempts.map(\.outcome) == [.delivered])
    #expect(attempts.map(\.status) == [200])
  }

  @Test("a permanent failure is never retried", arguments: [301, 400, 401, 403, 404, 410, 501])
  func permanent(status: Int) async throws {
    let bench = try Bench { _, _ in .status(status) }
    let delivery = bench.delivery()
    try await bench.accept(delivery)
    try await bench.run { #expect(await bench.settles(delivery.id) == .dead) }
    #expect(bench.receiver.requests.count == 1)
    #expect(try await bench.database.delivery(delivery.id)?.reason == "the receiver answered \(status)")
  }

  @Test(
    "a failure that may pass is tried again with the same key until it passes",
    arguments: [408, 425, 429, 500, 502, 503, 504])
  func retryable(status: Int) async throws {
    let bench = try Bench { _, number in number < 3 ? .status(status) : .ok }
    let delivery = bench.delivery()
    try await bench.accept(delivery)
    // Time runs fast, so that hours of waiting pass at once.
    try await bench.run(speed: 100) { #expect(await bench.settles(delivery.id) == .delivered) }
    #expect(bench.receiver.requests.count == 3)
    #expect(
      Set(bench.receiver.requests.compactMap { $0.headers["idempotency-key"] }) == [delivery.idempotencyKey.rawValue])
    #expect(try await bench.database.attempts(of: delivery.id).map(\.outcome) == [.retryable, .retryable, .delivered])
  }

  @Test("after eight attempts it is a dead letter")
  func attemptsEnd() async throws {
    let bench = try Bench { _, _ in .status(503, headers: ["Retry-After": "1"]) }
    let delivery = bench.delivery()
    try await bench.accept(delivery)
    try await bench.run(speed: 100) { #expect(await bench.settles(delivery.id) == .dead) }
    #expect(bench.receiver.requests.count == 8)
    #expect(try await bench.database.attempts(of: delivery.id).map(\.number) == Array(1...8))
  }

  @Test("Retry-After is heeded")
  func retryAfter() async throws {
    let bench = try Bench { _, _ in .status(429, headers: ["Retry-After": "1800"]) }
    let delivery = bench.delivery()
    try await bench.accept(delivery)
    try await bench.run {
      #expect(
        await bench.eventually { try await bench.database.attempts(of: delivery.id).first?.outcome == .retryable })
    }
    let due = try #require(try await bench.database.delivery(delivery.id)?.due)
    #expect((1800...1990).contains(due.timeIntervalSince(bench.start)))
  }

  @Test(
    "when nobody knows whether it arrived, a reply is sent again and a tip is kept as unknown",
    arguments: [(Delivery.Purpose.reply, false, 2), (.tip, true, 2), (.tip, false, 1)])
  func unknownFate(purpose: Delivery.Purpose, recognises: Bool, requests: Int) async throws {
    let bench = try Bench { _, number in number == 1 ? .reset : .ok }
    let delivery = bench.delivery(purpose: purpose, recognisesRepeats: recognises)
    try await bench.accept(delivery)
    let state = requests == 2 ? Delivery.State.delivered : .unknown
    try await bench.run(speed: 10_000) { #expect(await bench.settles(delivery.id) == state) }
    #expect(bench.receiver.requests.count == requests)
    #expect(Set(bench.receiver.requests.compactMap { $0.headers["idempotency-key"] }).count == 1)
  }

  @Test("after a crash in the middle of an attempt, a reply is sent again and a tip is kept as unknown")
  func crash() async throws {
    let bench = try Bench()
    let reply = bench.delivery(orderKey: "a")
    let tip = bench.delivery(purpose: .tip, orderKey: "b")
    try await bench.accept(reply, tip)
    // A worker that claimed and was never heard of again.
    let request = ClaimRequest(
      now: bench.start, owner: "crashed", leaseExpires: bench.start.addingTimeInterval(30), limit: 2,
      defaultAllowance: 2)
    #expect(try await bench.database.claim(request).count == 2)
    let reopened = try Database(in: try DataDirectory(preparing: bench.path))
    try await bench.run(on: reopened, startingAfter: 31) {
      #expect(await bench.settles(reply.id) == .delivered)
      #expect(await bench.settles(tip.id) == .unknown)
    }
    #expect(bench.receiver.requests.count == 1)
    #expect(try await reopened.attempts(of: reply.id).map(\.outcome) == [.unknown, .delivered])
  }

  @Test("what expired, and what the configuration knows no place for, is a dead letter and is not sent")
  func notSent() async throws {
    let bench = try Bench()
    let expired = bench.delivery(orderKey: "a", notBefore: bench.start.addingTimeInterval(-100), expires: bench.start)
    let homeless = bench.delivery(channel: "removed", orderKey: "b")
    try await bench.accept(expired, homeless)
    try await bench.run {
      #expect(await bench.settles(expired.id) == .dead)
      #expect(await bench.settles(homeless.id) == .dead)
    }
    #expect(bench.receiver.requests.isEmpty)
    #expect(try await bench.database.delivery(homeless.id)?.reason == "no such channel")
    #expect(try await bench.database.attempts(of: homeless.id).isEmpty)
  }

  @Test("a conversation's replies arrive in their order, through a failure too")
  func order() async throws {
    let bench = try Bench { _, number in number == 2 ? .status(503) : .ok }
    let deliveries = (0..<6).map { bench.delivery(body: "\($0)", orderKey: "talk") }
    try await bench.accept(deliveries)
    try await bench.run(speed: 1000) {
      for delivery in deliveries { #expect(await bench.settles(delivery.id) == .delivered) }
    }
    #expect(bench.receiver.requests.map(\.text) == ["0", "1", "1", "2", "3", "4", "5"])
  }

  @Test("destinations that do not answer delay no other")
  func slowDestinations() async throws {
    let bench = try Bench { request, _ in request.text == "slow" ? .silence : .ok }
    let slow = (0..<50).map { bench.delivery(channel: "slow\($0)", body: "slow") }
    let good = (0..<20).map { bench.delivery(channel: "good\($0)", body: "good") }
    try await bench.accept(slow)
    try await bench.run {
      #expect(await bench.receiver.received(50))
      try await bench.accept(good)
      bench.wake()
      // The slow ones stay silent for as long as this takes.
      for delivery in good { #expect(await bench.settles(delivery.id) == .delivered) }
      #expect(try await bench.database.deliveries(in: .leased, limit: 100).count == 50)
      bench.receiver.close()
    }
  }

  @Test("one destination gets its rate, whatever is queued")
  func rate() async throws {
    let bench = try Bench()
    let deliveries = (0..<100).map { bench.delivery(body: "\($0)", orderKey: "\($0)") }
    try await bench.accept(deliveries)
    let clock = ContinuousClock.now
    try await bench.run { #expect(await bench.receiver.received(6)) }
    let seconds = clock.duration(to: .now) / .seconds(1)
    #expect(Double(bench.receiver.requests.count) <= 5 + seconds + 1)
  }

  @Test("a check-in waits for its time")
  func checkIn() async throws {
    let bench = try Bench()
    let checkIn = bench.delivery(body: "later", notBefore: bench.start.addingTimeInterval(3600))
    let reply = bench.delivery(body: "now")
    try await bench.accept(checkIn, reply)
    try await bench.run { #expect(await bench.settles(reply.id) == .delivered) }
    #expect(bench.receiver.requests.map(\.text) == ["now"])
    try await bench.run(startingAfter: 3600) { #expect(await bench.settles(checkIn.id) == .delivered) }
    #expect(bench.receiver.requests.map(\.text) == ["now", "later"])
  }

  @Test("two workers on one database deliver each once")
  func twoWorkers() async throws {
    let bench = try Bench()
    let deliveries = (0..<40).map { bench.delivery(channel: "good\($0 % 20)", body: "\($0)", orderKey: "\($0)") }
    try await bench.accept(deliveries)
    let other = try Database(in: try DataDirectory(preparing: bench.path))
    try await bench.run {
      try await bench.run(on: other) {
        for delivery in deliveries { #expect(await bench.settles(delivery.id) == .delivered) }
      }
    }
    #expect(bench.receiver.requests.count == 40)
    #expect(Set(bench.receiver.requests.map(\.text)).count == 40)
  }

  @Test("a graceful stop finishes what is in flight, starts nothing more, and leaves the rest for the next run")
  func gracefulShutdown() async throws {
    let gate = Mutex(false)
    let bench = try Bench { _, _ in
      while !gate.withLock({ $0 }) { Thread.sleep(forTimeInterval: 0.002) }
      return .ok
    }
    let first = bench.delivery(body: "first", orderKey: "talk")
    let second = bench.delivery(body: "second", orderKey: "talk")
    try await bench.accept(first, second)
    let group = ServiceGroup(
      services: [bench.worker()], logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    let run = Task { try await group.run() }
    #expect(await bench.receiver.received(1))
    await group.triggerGracefulShutdown()
    gate.withLock { $0 = true }
    try await run.value
    #expect(try await bench.database.delivery(first.id)?.state == .delivered)
    #expect(try await bench.database.delivery(second.id)?.state == .pending)
    #expect(bench.receiver.requests.map(\.text) == ["first"])
    try await bench.run { #expect(await bench.settles(second.id) == .delivered) }
  }

  @Test("a damaged body is never sent")
  func damaged() async throws {
    let bench = try Bench()
    let delivery = bench.delivery(body: "canary-body")
    try await bench.accept(delivery)
    try bench.database.close()
    let file = URL(fileURLWithPath: bench.path + "/coach.sqlite")
    var bytes = try Data(contentsOf: file)
    let range = try #require(bytes.firstRange(of: Data("canary-body".utf8)))
    bytes[range.lowerBound] ^= 4
    try bytes.write(to: file)
    let database = try Database(in: try DataDirectory(preparing: bench.path))
    try await bench.run(on: database) {
      #expect(await bench.eventually { try await database.delivery(delivery.id)?.state == .dead })
    }
    #expect(bench.receiver.requests.isEmpty)
  }
}
