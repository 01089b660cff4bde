public import Foundation

/// When to try again: exponential backoff with full jitter.
///
/// The wait after an attempt is drawn evenly between 0 and a ceiling of 10 s times 5 for each attempt before it:
///
/// | after attempt | ceiling | sum of ceilings |
/// | --- | --- | --- |
/// | 1 | 10 s | 10 s |
/// | 2 | 50 s | 1 min |
/// | 3 | 4 min 10 s | 5 min 10 s |
/// | 4 | 20 min 50 s | 26 min |
/// | 5 | 1 h 44 min 10 s | 2 h 10 min |
/// | 6 | 8 h 40 min 50 s | 10 h 51 min |
/// | 7 | 12 h (capped) | 22 h 51 min |
/// | 8 | none: the last | |
///
/// Full jitter spreads the return of many senders best for the least work (Marc Brooker, "Exponential Backoff And Jitter",
/// AWS Architecture Blog, 2015).
public enum RetrySchedule {
  /// The attempt after which nothing more is tried.
  public static let attemptLimit = 8
  /// No delivery lives longer than this after its `notBefore`, in seconds: 28 hours.
  public static let longestLife: TimeInterval = 28 * 3600

  static let base: TimeInterval = 10
  static let factor: TimeInterval = 5
  static let cap: TimeInterval = 12 * 3600

  /// The instant of the next attempt; nil when the attempts or the time are used up.
  ///
  /// What the receiver asked for is followed exactly, plus up to a tenth against a crowd; it is not followed beyond
  /// `expires`. A drawn wait is held before `expires` by lowering its ceiling.
  ///
  /// - Parameter attempt: the number of the attempt that failed, from 1.
  public static func next(
    after attempt: Int, now: Date, hint: Duration?, expires: Date, using generator: inout some RandomNumberGenerator
  ) -> Date? {
    let left = expires.timeIntervalSince(now)
    guard attempt < attemptLimit, left > 0 else { return nil }
    if let hint {
      let asked = seconds(min(max(hint, RetryAfter.bounds.lowerBound), RetryAfter.bounds.upperBound))
      guard asked < left else { return nil }
      return now.addingTimeInterval(Double.random(in: asked...min(asked * 1.1, left), using: &generator))
    }
    return now.addingTimeInterval(Double.random(in: 0...min(ceiling(after: attempt), left), using: &generator))
  }

  /// In seconds.
  static func ceiling(after attempt: Int) -> TimeInterval {
    (1..<min(max(attempt, 1), attemptLimit)).reduce(base) { wait, _ in min(wait * factor, cap) }
  }

  private static func seconds(_ duration: Duration) -> TimeInterval {
    Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
  }
}
