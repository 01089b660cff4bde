import CurlTransport
import Foundation
import Logging
import Outbox
import Receiver
import Storage
import Synchronization
import Testing

/// A database in a directory of its own, a receiver, libcurl, and workers for as long as a test needs them.
final class Bench: Sendable {
  let path: String
  let database: Database
  let receiver: Receiver
  /// The instant at which every run begins, unless it begins later.
  let start = instant(1_780_000_000)
  private let transport = CurlTransport(.init(version: "test"))
  private let running = Mutex<OutboxWorker?>(nil)

  init(_ script: @escaping Receiver.Script = { _, _ in .ok }) throws {
    path = FileManager.default.temporaryDirectory.path + "/coach-test-\(UInt64.random(in: .min ... .max))"
    database = try Database(in: try DataDirectory(preparing: path))
    receiver = Receiver(script)
  }

  deinit {
    transport.close()
    receiver.close()
    try? FileManager.default.removeItem(atPath: path)
  }

  func delivery(
    channel: String = "leads", purpose: Delivery.Purpose = .reply, body: String = "hello", orderKey: String? = nil,
    recognisesRepeats: Bool = false, notBefore: Date? = nil, expires: Date? = nil
  ) -> Delivery {
    makeDelivery(
      channel: channel, purpose: purpose, body: body, orderKey: orderKey, recognisesRepeats: recognisesRepeats,
      notBefore: notBefore ?? start, expires: expires ?? (notBefore ?? start).addingTimeInterval(28 * 3600))
  }

  func accept(_ deliveries: Delivery...) async throws { try await accept(deliveries) }

  func accept(_ deliveries: [Delivery]) async throws {
    var acceptance = Acceptance(now: start)
    acceptance.deliveries = deliveries
    _ = try await database.accept(acceptance)
  }

  func wake() { running.withLock { $0 }?.wake() }

  /// A worker on the bench's database, or on another.
  ///
  /// - Parameters:
  ///   - speed: how many seconds pass on its wall clock for each real one.
  ///   - startingAfter: seconds after `start`.
  func worker(on other: Database? = nil, speed: Double = 1, startingAfter: Double = 0) -> OutboxWorker {
    let beginning = ContinuousClock.now
    let origin = start.addingTimeInterval(startingAfter)
    var configuration = OutboxWorker.Configuration()
    if speed > 1 {
      configuration.rate = 1000
      configuration.poll = .milliseconds(10)
      // Real milliseconds of an attempt are many seconds on the fast clock.
      configuration.lease = .seconds(30 * speed)
    }
    let (url, transport) = (receiver.url, transport)
    return OutboxWorker(
      store: other ?? database, configuration: configuration,
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
      now: { origin.addingTimeInterval(beginning.duration(to: .now) / .seconds(1) * speed) },
      resolve: { delivery in
        if delivery.channel == "removed" { return .refused(reason: "no such channel") }
        let headers = [
          Header("Authorization", "Bearer secret"), Header("Idempotency-Key", delivery.idempotencyKey.rawValue),
        ]
        return .endpoint(.init(url: url, headers: headers.compactMap { $0 }, allowsPrivate: true))
      }, transport: { await transport.send($0) })
  }

  /// Runs a worker while the body runs.
  func run(
    on other: Database? = nil, speed: Double = 1, startingAfter: Double = 0, _ body: () async throws -> Void
  ) async throws {
    let worker = worker(on: other, speed: speed, startingAfter: startingAfter)
    running.withLock { $0 = worker }
    let task = Task { await worker.run() }
    do { try await body() } catch {
      task.cancel()
      throw error
    }
    task.cancel()
    await task.value
  }

  /// The state at which a delivery comes to rest; nil if it does not within ten seconds.
  func settles(_ id: DeliveryID) async -> Delivery.State? {
    let resting: [Delivery.State] = [.delivered, .dead, .unknown]
    var state: Delivery.State?
    _ = await eventually {
      state = try await self.database.delivery(id)?.state
      return state.map(resting.contains) ?? false
    }
    return state.flatMap { resting.contains($0) ? $0 : nil }
  }

  /// Whether a condition comes true within ten seconds.
  func eventually(_ condition: () async throws -> Bool) async -> Bool {
    let deadline = ContinuousClock.now + .seconds(10)
    while ContinuousClock.now < deadline {
      if (try? await condition()) == true { return true }
      try? await Task.sleep(for: .milliseconds(5))
    }
    return false
  }
}
