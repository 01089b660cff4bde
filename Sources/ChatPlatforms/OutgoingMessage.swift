/// How a reply that comes later finds its way back.
package enum ReplyAddress: Sendable, Equatable, Codable {
  /// A one-time URL that came in the request. It is a secret while it lives.
  case responseURL(String)
  /// A channel, by the platform's own interface and the channel's token.
  case post(channel: String, thread: String?)
  /// The channel's incoming webhook.
  case webhook(thread: String?)
}

/// A message ready to be sent, without any secret of ours in it.
package struct OutgoingMessage: Sendable, Equatable {
  package var target: Target
  package var contentType: String
  /// Without secrets: the sender adds the token.
  package var headers: [InboundRequest.Header]
  package var body: [UInt8]
  /// How long the platform takes it, counted from the request. 28 hours at most.
  package var lifetime: Duration

  package enum Target: Sendable, Equatable {
    /// The channel's configured webhook.
    case webhook
    /// A path below the platform's interface, `chat.postMessage`.
    case api(String)
    /// A URL that came in an authentic request; check `mayFollow` before each sending.
    case url(String)
  }

  package init(
    target: Target, contentType: String, headers: [InboundRequest.Header] = [], body: [UInt8], lifetime: Duration
  ) {
    self.target = target
    self.contentType = contentType
    self.headers = headers
    self.body = body
    self.lifetime = lifetime
  }

  /// The longest that any delivery is kept alive (`ARCHITECTURE.md`, "Delivery").
  package static let longestLifetime = Duration.seconds(28 * 3600)
}

/// What a platform's own words mean for a delivery, where they say more than the status.
package enum Verdict: Sendable, Equatable {
  case delivered
  case retryable(reason: String)
  /// `isDestinationDead`: nothing sent there will ever arrive again.
  case permanent(reason: String, isDestinationDead: Bool)
}
