/// How a request leaves: performs it and says what came of it, within its own time limit. Never throws, never waits
/// longer than that limit (15 s in the box).
public typealias Transport = @Sendable (TransportRequest) async -> TransportResult

/// One request, complete.
public struct TransportRequest: Sendable, Equatable {
  /// The methods that a delivery may use.
  public enum Method: String, Sendable {
    case post = "POST"
    case put = "PUT"
  }

  /// POST, unless the platform's interface asks for PUT.
  public var method: Method
  /// May be secret: for the wire, not for the log.
  public var url: String
  /// Some may be secret.
  public var headers: [Header]
  /// The bytes that are sent, as they were stored; may be empty.
  public var body: [UInt8]
  /// Whether http, and addresses that are not public, may be used.
  public var allowsPrivate: Bool
  /// Whether a second copy would do no harm. If not, the transport must not resend on its own account either.
  public var isRepeatable: Bool

  /// A request; whether its URL is one that may be used is for the transport to say.
  public init(
    method: Method = .post, url: String, headers: [Header] = [], body: [UInt8], allowsPrivate: Bool = false,
    isRepeatable: Bool = false
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.allowsPrivate = allowsPrivate
    self.isRepeatable = isRepeatable
  }
}

/// What came of a request.
public enum TransportResult: Sendable, Equatable {
  /// The receiver answered, whatever it said.
  case replied(TransportReply)
  /// The request did not leave: no address, no connection, no TLS. Trying again is safe.
  case notSent(reason: String)
  /// The request was refused before it could leave, by a rule: a forbidden address, a malformed URL. Trying again is no use.
  case refused(reason: String)
  /// The request left, at least in part, and no reply came: it may have arrived.
  case unknown(reason: String)
}

/// The receiver's answer, as far as it was read.
public struct TransportReply: Sendable, Equatable {
  /// The HTTP status; of a redirect its own, since none is followed.
  public var status: Int
  /// Those that a decision may need (`Retry-After`, `Date`, `Content-Type`); not all.
  public var headers: [Header]
  /// At most the first 64 KiB.
  public var body: [UInt8]

  /// A reply as the transport read it.
  public init(status: Int, headers: [Header] = [], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// The first header of that name.
  public func header(_ name: String) -> String? { headers.first { $0.isNamed(name) }?.value }
}

/// Where a delivery goes at this moment, by the configuration as it is now.
public enum Resolution: Sendable {
  /// Send it there.
  case endpoint(Endpoint)
  /// There is no such place any more, or the URL is not one that the channel may use; the reason is shown to an operator.
  case refused(reason: String)

  /// What the configuration adds to a delivery. Secrets live here, and only while an attempt lasts.
  public struct Endpoint: Sendable {
    /// How the platform wants it.
    public var method: TransportRequest.Method
    /// May be secret: for the wire, not for the log.
    public var url: String
    /// Sent before those of the delivery.
    public var headers: [Header]
    /// Whether http, and addresses that are not public, may be used: the channel's own setting.
    public var allowsPrivate: Bool
    /// Reads platforms' own words: many say in a 200's body that it failed. Nil leaves the decision to the status.
    public var verdict: (@Sendable (TransportReply) -> Outcome?)?

    /// An endpoint; without a verdict the status decides.
    public init(
      method: TransportRequest.Method = .post, url: String, headers: [Header] = [], allowsPrivate: Bool = false,
      verdict: (@Sendable (TransportReply) -> Outcome?)? = nil
    ) {
      self.method = method
      self.url = url
      self.headers = headers
      self.allowsPrivate = allowsPrivate
      self.verdict = verdict
    }

    func request(for delivery: Delivery) -> TransportRequest {
      let type = Header("Content-Type", delivery.contentType).map { [$0] } ?? []
      return TransportRequest(
        method: method, url: url, headers: headers + type + delivery.headers, body: delivery.body,
        allowsPrivate: allowsPrivate, isRepeatable: delivery.isRepeatable)
    }
  }
}
