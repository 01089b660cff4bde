import ChatPlatforms
package import Outbox

/// Works out where a delivery goes at the moment of sending, so that no secret is ever stored with it, and what the
/// platform's own words in the answer mean.
package struct ResolveDelivery: Sendable {
  let channels: [String: ChatChannel]

  package init(channels: [String: ChatChannel]) {
    self.channels = channels
  }

  package func callAsFunction(_ delivery: Delivery) -> Resolution {
    guard let channel = channels[delivery.channel] else {
      return .refused(reason: "the channel \(delivery.channel) is no longer configured")
    }
    let target = delivery.destination.target
    guard let url = channel.url(for: target) else {
      return .refused(reason: "the configuration of \(delivery.channel) no longer allows this destination")
    }
    var headers: [Header] = []
    if case .api = target, let authorization = channel.authorization,
      let header = Header("Authorization", authorization)
    {
      headers = [header]
    }
    let platform = channel.platform
    return .endpoint(
      Resolution.Endpoint(url: url, headers: headers, allowsPrivate: channel.allowsPrivate) { reply in
        platform.verdict(status: reply.status, body: reply.body).map { verdict in
          switch verdict {
          case .delivered: .delivered
          case .retryable(let reason): .retryable(reason: reason, retryAfter: nil)
          case .permanent(let reason, let isDead): .permanent(reason: reason, isDestinationDead: isDead)
          }
        }
      })
  }
}
