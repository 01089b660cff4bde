/// How much of each lane may be in flight: a rate for each, fewer at once for one that does not answer, and never all
/// slots for those, so that a failing destination delays no other. Pure: time is a parameter.
package struct Lanes {
  /// Limits, and why they are what they are.
  package struct Limits: Sendable {
    /// Attempts a second and lane, in the long run. Chat platforms ask for 1.
    package var rate: Double
    /// Attempts at once after a pause.
    package var burst: Int
    /// In flight in a lane that answers.
    package var perLane: Int
    /// In flight in all.
    package var total: Int

    package init(rate: Double, burst: Int, perLane: Int, total: Int) {
      self.rate = rate
      self.burst = burst
      self.perLane = perLane
      self.total = total
    }

    /// In flight in all lanes that did not answer the last time: half, so that the others always have the other half.
    package var failing: Int { max(1, total / 2) }
    /// In flight in those and in all lanes never heard of: not all, so that a lane that answers always has a slot.
    package var unproven: Int { max(1, total - total / 8) }
  }

  private enum Record {
    case neverHeard
    case answers
    case fails
  }

  private struct Lane {
    var tokens: Double
    var updated: Duration
    var inFlight = 0
    var record = Record.neverHeard
    var pausedUntil: Duration?
  }

  private let limits: Limits
  private var lanes: [String: Lane] = [:]
  package private(set) var inFlight = 0

  package init(limits: Limits) {
    self.limits = limits
  }

  /// What may be started now.
  package struct Allowance: Sendable, Equatable {
    package var total: Int
    package var unknownLane: Int
    package var lanes: [String: Int]
  }

  /// - Parameter now: time on a clock that only goes forward.
  package mutating func allowance(at now: Duration) -> Allowance {
    for name in lanes.keys { refill(name, at: now) }
    // A lane at rest is as good as one never heard of, but for its record of answering.
    if lanes.count > 4096 {
      let full = Double(limits.burst)
      lanes = lanes.filter { $0.value.inFlight > 0 || $0.value.tokens < full || ($0.value.pausedUntil ?? now) > now }
    }
    let failing = inFlight(in: .fails)
    let unproven = max(0, limits.unproven - failing - inFlight(in: .neverHeard))
    return Allowance(
      total: max(0, limits.total - inFlight), unknownLane: min(1, unproven),
      lanes: lanes.mapValues { lane in
        if let until = lane.pausedUntil, until > now { return 0 }
        let room =
          switch lane.record {
          case .answers: limits.perLane - lane.inFlight
          case .neverHeard: min(1 - lane.inFlight, unproven)
          case .fails: min(1 - lane.inFlight, unproven, limits.failing - failing)
          }
        return max(0, min(Int(lane.tokens), room))
      })
  }

  private func inFlight(in record: Record) -> Int {
    lanes.values.reduce(0) { $0 + ($1.record == record ? $1.inFlight : 0) }
  }

  package mutating func started(_ name: String, at now: Duration) {
    refill(name, at: now)
    var lane = lanes[name] ?? Lane(tokens: Double(limits.burst), updated: now)
    lane.tokens -= 1
    lane.inFlight += 1
    lanes[name] = lane
    inFlight += 1
  }

  /// - Parameter answered: the receiver answered, whatever it said; nil if nothing was asked of it.
  package mutating func finished(_ name: String, answered: Bool?) {
    lanes[name]?.inFlight -= 1
    if let answered { lanes[name]?.record = answered ? .answers : .fails }
    inFlight -= 1
  }

  /// Nothing is started in a lane for a while: its receiver said that it is gone.
  package mutating func pause(_ name: String, until: Duration) {
    lanes[name]?.pausedUntil = until
  }

  private mutating func refill(_ name: String, at now: Duration) {
    guard var lane = lanes[name], now > lane.updated else { return }
    let (seconds, attoseconds) = (now - lane.updated).components
    lane.tokens = min(Double(limits.burst), lane.tokens + (Double(seconds) + Double(attoseconds) * 1e-18) * limits.rate)
    lane.updated = now
    lanes[name] = lane
  }
}
