import Metrics

/// Every metric of the outbox.
struct OutboxMetrics: Sendable {
  /// Attempts, by outcome.
  private let attempts: [Outcome.Kind: Counter]
  /// Deliveries that came to rest, by state.
  private let settled: [Delivery.State: Counter]
  /// Marks refused because the lease had gone to another worker.
  let leasesLost = Counter(label: "coach_outbox_leases_lost_total")
  /// The store could not be read or written.
  let storeErrors = Counter(label: "coach_outbox_store_errors_total")
  let attemptDuration = Timer(label: "coach_outbox_attempt_duration_seconds")
  /// Deliveries waiting or in flight.
  let queued = Gauge(label: "coach_outbox_deliveries_queued")
  /// Dead letters, and deliveries of unknown fate, that an operator may look at.
  let unresolved = Gauge(label: "coach_outbox_deliveries_unresolved")

  init() {
    attempts = Dictionary(
      uniqueKeysWithValues: Outcome.Kind.allCases.map {
        ($0, Counter(label: "coach_outbox_attempts_total", dimensions: [("outcome", $0.rawValue)]))
      })
    settled = Dictionary(
      uniqueKeysWithValues: [.delivered, .dead, .unknown].map { (state: Delivery.State) in
        (state, Counter(label: "coach_outbox_deliveries_total", dimensions: [("state", state.rawValue)]))
      })
  }

  func count(_ attempt: Attempt) {
    if let outcome = attempt.outcome { attempts[outcome]?.increment() }
    attemptDuration.record(duration: attempt.duration)
  }

  func count(_ disposition: Disposition) {
    settled[disposition.state]?.increment()
  }

  func show(_ depth: [Delivery.State: Int]) {
    queued.record((depth[.pending] ?? 0) + (depth[.leased] ?? 0))
    unresolved.record((depth[.dead] ?? 0) + (depth[.unknown] ?? 0))
  }
}
