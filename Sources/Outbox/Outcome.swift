public import Foundation

/// What one attempt came to.
public enum Outcome: Sendable, Equatable {
  /// The receiver took it.
  case delivered
  /// It did not arrive, and may the next time. `retryAfter` is what the receiver asked for.
  case retryable(reason: String, retryAfter: Duration?)
  /// It will not arrive however often it is tried.
  case permanent(reason: String, isDestinationDead: Bool)
  /// It may have arrived.
  case unknown(reason: String)

  /// Reads a result, by the endpoint's verdict first and by the status otherwise.
  public init(_ result: TransportResult, verdict: (@Sendable (TransportReply) -> Outcome?)? = nil, now: Date) {
    self =
      switch result {
      case .replied(let reply): verdict?(reply) ?? Outcome(status: reply, now: now)
      case .notSent(let reason): .retryable(reason: reason, retryAfter: nil)
      case .refused(let reason): .permanent(reason: reason, isDestinationDead: false)
      case .unknown(let reason): .unknown(reason: reason)
      }
  }

  /// Reads the status alone.
  ///
  /// | status | outcome |
  /// | --- | --- |
  /// | 2xx | delivered |
  /// | 408, 425, 429, 5xx but 501 | retryable |
  /// | 404, 410 | permanent, and the destination is dead |
  /// | anything else (redirects are not followed) | permanent |
  public init(status reply: TransportReply, now: Date) {
    switch reply.status {
    case 200...299: self = .delivered
    case 408, 425, 429, 500, 502...599:
      let hint = reply.header("Retry-After").flatMap {
        RetryAfter.parse($0, now: now, serverDate: reply.header("Date"))
      }
      self = .retryable(reason: "the receiver answered \(reply.status)", retryAfter: hint)
    default:
      self = .permanent(
        reason: "the receiver answered \(reply.status)", isDestinationDead: [404, 410].contains(reply.status))
    }
  }

  /// The case alone.
  public var kind: Kind {
    switch self {
    case .delivered: .delivered
    case .retryable: .retryable
    case .permanent: .permanent
    case .unknown: .unknown
    }
  }

  /// Why, for an operator; empty when delivered.
  public var reason: String {
    switch self {
    case .delivered: ""
    case .retryable(let reason, _), .permanent(let reason, _), .unknown(let reason): reason
    }
  }

  /// An outcome without its particulars, for records and for metrics.
  public enum Kind: String, Sendable, CaseIterable {
    case delivered
    case retryable
    case permanent
    case unknown
  }
}

/// One attempt, as it is recorded.
public struct Attempt: Sendable, Equatable {
  /// The longest reason that is kept, in Unicode scalars.
  public static let reasonLimit = 200

  /// From 1, over the whole life of the delivery.
  public let number: Int
  /// When the request was handed to the transport.
  public let started: Date
  /// From then until the transport returned, on a clock that only goes forward.
  public let duration: Duration
  /// Nil while it lasts.
  public let outcome: Outcome.Kind?
  /// The receiver's status, if it answered.
  public let status: Int?
  /// One line of at most `reasonLimit`.
  public let reason: String

  /// An attempt. The reason is cut to `reasonLimit` scalars; ASCII control characters in it become spaces.
  public init(number: Int, started: Date, duration: Duration, outcome: Outcome.Kind?, status: Int?, reason: String) {
    self.number = number
    self.started = started
    self.duration = duration
    self.outcome = outcome
    self.status = status
    let line = reason.unicodeScalars.lazy.map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }
    self.reason = String(String.UnicodeScalarView(line.prefix(Self.reasonLimit)))
  }
}
