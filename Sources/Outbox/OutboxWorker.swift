public import Foundation
public import Logging
import Metrics
public import ServiceLifecycle
import Synchronization

/// Sends what is due: claims under a lease, attempts, records, until it is told to stop.
///
/// It looks once a second, since other copies of the service and the command line write to the same store, and at once
/// when `wake()` is called. Graceful shutdown claims nothing more and waits for what is in flight, which ends within the
/// transport's own limit. After a crash the leases run out and another run takes the deliveries up.
public final class OutboxWorker: Service {
  /// How much is sent at once, and how often it is looked for.
  public struct Configuration: Sendable {
    /// Attempts a second to one destination, in the long run.
    public var rate = 1.0
    /// Attempts to one destination at once after a pause.
    public var burst = 5
    /// Attempts in flight to one destination that answers; 1 to one that does not.
    public var perDestination = 4
    /// Attempts in flight in all.
    public var concurrency = 64
    /// Must be longer than the transport's limit for one attempt, with room for the record.
    public var lease = Duration.seconds(30)
    /// How often the store is asked for what is due; above 0.
    public var poll = Duration.seconds(1)
    /// How long a webhook that answered 404 or 410 is left alone.
    public var pause = Duration.seconds(600)

    /// Every setting at its default.
    public init() {}
  }

  /// Works out where a delivery goes, by the configuration as it is now.
  public typealias Resolve = @Sendable (Delivery) -> Resolution

  private let store: any OutboxStore
  private let resolve: Resolve
  private let transport: Transport
  private let configuration: Configuration
  private let now: @Sendable () -> Date
  private let logger: Logger
  private let metrics = OutboxMetrics()
  private let owner: String
  private let start = ContinuousClock.now
  private let flight: Mutex<Flight>
  private let signals: AsyncStream<Void>
  private let signal: AsyncStream<Void>.Continuation

  /// What this worker has in hand.
  private struct Flight {
    var lanes: Lanes
    var holding: Set<DeliveryID> = []
  }

  /// A worker that does nothing before `run`, under a random name of its own.
  ///
  /// - Parameters:
  ///   - now: the wall clock, for due times and leases.
  ///   - resolve: called before each attempt; it must not block.
  ///   - transport: must keep its own limit, which must be shorter than the lease.
  public init(
    store: any OutboxStore, configuration: Configuration = Configuration(), logger: Logger,
    now: @escaping @Sendable () -> Date = { Date() }, resolve: @escaping Resolve, transport: @escaping Transport
  ) {
    self.store = store
    self.resolve = resolve
    self.transport = transport
    self.configuration = configuration
    self.now = now
    self.logger = logger
    var generator = SystemRandomNumberGenerator()
    owner = String(generator.next(), radix: 16)
    let limits = Lanes.Limits(
      rate: configuration.rate, burst: max(1, configuration.burst), perLane: max(1, configuration.perDestination),
      total: max(1, configuration.concurrency))
    flight = Mutex(Flight(lanes: Lanes(limits: limits)))
    (signals, signal) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  /// Says that there is new work. Cheap; may be called from anywhere, any number of times.
  public func wake() {
    signal.yield()
  }

  /// Runs until graceful shutdown or cancellation. Once only.
  public func run() async {
    await withGracefulShutdownHandler {
      await withDiscardingTaskGroup { group in
        group.addTask { await self.poll() }
        for await _ in signals {
          while await startDue(in: &group) {}
        }
      }
    } onGracefulShutdown: {
      self.signal.finish()
    }
  }

  /// Signals once a second, and shows the depth of the queue every ten.
  private func poll() async {
    var count = 0
    while !Task.isCancelled {
      if case .terminated = signal.yield() { return }
      if count % 10 == 0, let depth = try? await store.depth() { metrics.show(depth) }
      count += 1
      do { try await cancelWhenGracefulShutdown { try await Task.sleep(for: self.configuration.poll) } } catch {
        return
      }
    }
  }

  /// Claims what may be sent now and starts it; false when there is nothing more.
  private func startDue(in group: inout DiscardingTaskGroup) async -> Bool {
    if Task.isShuttingDownGracefully || Task.isCancelled { return false }
    let request = claimRequest()
    guard request.limit > 0 else { return false }
    let claims: [Claim]
    do { claims = try await store.claim(request) } catch {
      metrics.storeErrors.increment()
      logger.error("deliveries cannot be claimed", metadata: ["error": "\(error)"])
      return false
    }
    if Task.isShuttingDownGracefully {
      await giveBack(claims)
      return false
    }
    for claim in claims {
      flight.withLock {
        $0.holding.insert(claim.delivery.id)
        $0.lanes.started(claim.delivery.lane, at: elapsed)
      }
      group.addTask { await self.perform(claim) }
    }
    return !claims.isEmpty
  }

  private func claimRequest() -> ClaimRequest {
    let (allowance, holding) = flight.withLock { ($0.lanes.allowance(at: elapsed), Array($0.holding)) }
    let now = now()
    let lease = Double(configuration.lease.components.seconds)
    // A few at a time: lanes never heard of must not take all slots at once, and the store cannot tell.
    let limit = min(allowance.total, max(1, configuration.concurrency / 8))
    return ClaimRequest(
      now: now, owner: owner, leaseExpires: now.addingTimeInterval(lease), limit: limit,
      defaultAllowance: allowance.unknownLane, allowances: allowance.lanes, holding: holding)
  }

  private func giveBack(_ claims: [Claim]) async {
    do { try await store.release(claims.map(\.ticket)) } catch {
      metrics.storeErrors.increment()
      logger.warning("claims could not be given back; their leases will run out", metadata: ["error": "\(error)"])
    }
  }

  private func perform(_ claim: Claim) async {
    var answered: Bool?
    switch AttemptDecision.beforeSending(claim, now: now()) {
    case .settle(let disposition): await record(disposition, nil, claim)
    case .send:
      switch resolve(claim.delivery) {
      case .refused(let reason): await record(.dead(reason: reason), nil, claim)
      case .endpoint(let endpoint): answered = await attempt(claim, at: endpoint)
      }
    }
    flight.withLock {
      $0.lanes.finished(claim.delivery.lane, answered: answered)
      $0.holding.remove(claim.delivery.id)
    }
    wake()
  }

  /// Sends once and records; returns whether the receiver answered.
  private func attempt(_ claim: Claim, at endpoint: Resolution.Endpoint) async -> Bool {
    let (started, clock) = (now(), ContinuousClock.now)
    let result = await transport(endpoint.request(for: claim.delivery))
    let outcome = Outcome(result, verdict: endpoint.verdict, now: now())
    let reply: TransportReply? = if case .replied(let reply) = result { reply } else { nil }
    let attempt = Attempt(
      number: claim.attempt, started: started, duration: clock.duration(to: .now), outcome: outcome.kind,
      status: reply?.status, reason: outcome.reason)
    metrics.count(attempt)
    if case .permanent(_, isDestinationDead: true) = outcome, claim.delivery.destination == .webhook {
      flight.withLock { $0.lanes.pause(claim.delivery.lane, until: elapsed + configuration.pause) }
    }
    var generator = SystemRandomNumberGenerator()
    await record(AttemptDecision.afterSending(claim, outcome, now: now(), using: &generator), attempt, claim)
    return reply != nil
  }

  /// Records, and tries again while the lease lasts if the store fails: what was sent should not be sent twice.
  private func record(_ disposition: Disposition, _ attempt: Attempt?, _ claim: Claim) async {
    for pause in [1, 2, 4, 0] {
      do {
        let isHeld = try await store.record(disposition, attempt: attempt, for: claim.ticket, now: now())
        return report(disposition, attempt, claim, isHeld: isHeld)
      } catch {
        metrics.storeErrors.increment()
        logger.error(
          "an attempt cannot be recorded", metadata: ["delivery.id": "\(claim.delivery.id)", "error": "\(error)"])
        try? await Task.sleep(for: .seconds(pause))
      }
    }
  }

  private func report(_ disposition: Disposition, _ attempt: Attempt?, _ claim: Claim, isHeld: Bool) {
    var metadata: Logger.Metadata = [
      "delivery.id": "\(claim.delivery.id)", "delivery.channel": "\(claim.delivery.channel)",
      "delivery.purpose": "\(claim.delivery.purpose.rawValue)", "delivery.attempt": "\(claim.attempt)",
      "delivery.state": "\(disposition.state.rawValue)",
    ]
    if let status = attempt?.status { metadata["delivery.status"] = "\(status)" }
    switch disposition {
    case .delivered: break
    case .retry(let date): metadata["delivery.next"] = "\(date.formatted(.iso8601))"
    case .dead(let reason), .unknown(let reason): metadata["delivery.reason"] = "\(reason)"
    }
    guard isHeld else {
      metrics.leasesLost.increment()
      return logger.warning("a lease was lost before its attempt was recorded", metadata: metadata)
    }
    metrics.count(disposition)
    switch disposition {
    case .delivered: logger.info("delivered", metadata: metadata)
    case .retry: logger.info("delivery will be tried again", metadata: metadata)
    case .dead, .unknown: logger.warning("delivery needs an operator", metadata: metadata)
    }
  }

  /// Since the start, on a clock that only goes forward.
  private var elapsed: Duration { start.duration(to: .now) }
}
