public import Foundation

/// What becomes of a delivery.
public enum Disposition: Sendable, Equatable {
  /// The receiver took it.
  case delivered
  /// It is tried again, not before that instant.
  case retry(at: Date)
  /// It is given up; an operator may send it again.
  case dead(reason: String)
  /// It may have arrived, and is not sent again unless an operator says so.
  case unknown(reason: String)

  /// The state in which it is stored.
  public var state: Delivery.State {
    switch self {
    case .delivered: .delivered
    case .retry: .pending
    case .dead: .dead
    case .unknown: .unknown
    }
  }
}

/// The decisions about one claimed delivery, before and after its attempt. Pure: no clock, no store, no network.
package enum AttemptDecision: Sendable, Equatable {
  case send
  case settle(Disposition)

  /// Whether to send at all.
  package static func beforeSending(_ claim: Claim, now: Date) -> AttemptDecision {
    let delivery = claim.delivery
    if !delivery.isIntact {
      return .settle(.dead(reason: "the stored bytes are damaged: their checksum does not fit"))
    }
    if claim.isInterrupted, !delivery.isRepeatable {
      return .settle(.unknown(reason: "the service stopped during an attempt, which may have arrived"))
    }
    if delivery.expires <= now { return .settle(.dead(reason: "it expired before it could be sent")) }
    if claim.tries > RetrySchedule.attemptLimit {
      return .settle(.dead(reason: "all \(RetrySchedule.attemptLimit) attempts were used up"))
    }
    return .send
  }

  /// What the outcome means for the delivery.
  package static func afterSending(
    _ claim: Claim, _ outcome: Outcome, now: Date, using generator: inout some RandomNumberGenerator
  ) -> Disposition {
    switch outcome {
    case .delivered: return .delivered
    case .permanent(let reason, _): return .dead(reason: reason)
    case .unknown(let reason) where !claim.delivery.isRepeatable:
      return .unknown(reason: "\(reason); it may have arrived, so it is not sent again")
    case .unknown(let reason): return retry(claim, reason, hint: nil, now: now, using: &generator)
    case .retryable(let reason, let hint): return retry(claim, reason, hint: hint, now: now, using: &generator)
    }
  }

  private static func retry(
    _ claim: Claim, _ reason: String, hint: Duration?, now: Date, using generator: inout some RandomNumberGenerator
  ) -> Disposition {
    let next = RetrySchedule.next(
      after: claim.tries, now: now, hint: hint, expires: claim.delivery.expires, using: &generator)
    if let next { return .retry(at: next) }
    let isLast = claim.tries >= RetrySchedule.attemptLimit
    return .dead(reason: reason + (isLast ? "; that was the last attempt" : "; it expires before the next attempt"))
  }
}
