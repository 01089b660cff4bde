import ChatPlatforms
import Foundation
import Outbox

extension Delivery {
  /// A platform's message as a delivery that is due now.
  ///
  /// - Parameter expires: when it is no longer worth sending; nil for as long as the platform takes it.
  init(
    _ message: OutgoingMessage, channel: String, purpose: Purpose, now: Date, expires: Date? = nil
  ) {
    var generator = SystemRandomNumberGenerator()
    self.init(
      channel: channel, destination: Destination(message.target), purpose: purpose,
      contentType: message.contentType, headers: message.headers.compactMap { Header($0.name, $0.value) },
      body: message.body, notBefore: now,
      expires: expires ?? now.addingTimeInterval(TimeInterval(message.lifetime.components.seconds)), using: &generator)
  }
}

extension Delivery.Destination {
  init(_ target: OutgoingMessage.Target) {
    self =
      switch target {
      case .webhook: .webhook
      case .api(let path): .api(path: path)
      case .url(let url): .url(url)
      }
  }

  var target: OutgoingMessage.Target {
    switch self {
    case .webhook: .webhook
    case .api(let path): .api(path)
    case .url(let url): .url(url)
    }
  }
}
