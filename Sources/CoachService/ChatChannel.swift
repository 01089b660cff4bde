import ChatPlatforms
import Crypto
package import Dialogue
import Foundation

/// A configured channel with its secrets at hand: what verifies its requests, and where its messages go.
package struct ChatChannel: Sendable {
  let name: String
  let platform: any ChatPlatform
  let allowsPrivate: Bool
  private let webhook: String?
  private let token: String?
  private let api: String
  private let key: SymmetricKey

  /// - Throws: `Failure` (configuration) that names the channel's key and the remedy.
  package init(_ channel: Configuration.Channel, environment: [String: String]) throws(Failure) {
    func value(_ key: String, _ secret: Secret?) throws(Failure) -> String? {
      do throws(Secret.Unavailable) {
        return try secret?.value(in: environment)
      } catch {
        throw Failure(.configuration, "channels.\(channel.name).\(key): \(error)")
      }
    }
    guard let signingSecret = try value("signing-secret", channel.signingSecret) else {
      throw Failure(
        .configuration,
        "channels.\(channel.name).signing-secret: is missing; without it no request can be verified. "
          + "For example: signing-secret: env:SLACK_SIGNING_SECRET")
    }
    name = channel.name
    allowsPrivate = channel.allowPrivate
    webhook = try value("webhook", channel.webhook)
    token = try value("token", channel.token)
    guard webhook != nil || token != nil else {
      throw Failure(
        .configuration,
        "channels.\(channel.name).webhook: is missing, and so is token; one of them is needed to post there. "
          + "For example: webhook: env:SLACK_WEBHOOK_URL")
    }
    api = channel.api ?? "https://slack.com/api"
    key = SymmetricKey(data: Data(signingSecret.utf8))
    platform = Slack(
      signingSecrets: [signingSecret], hasToken: token != nil, allowHosts: channel.allowHosts,
      allowPrivate: channel.allowPrivate)
  }

  /// Whether tips can be posted here.
  var takesTips: Bool { webhook != nil }

  /// Where a message goes, by the configuration as it is now; nil when the configuration no longer has the way.
  func url(for target: OutgoingMessage.Target) -> String? {
    switch target {
    case .webhook: webhook
    case .api(let path): token == nil ? nil : api + "/" + path
    case .url(let url): platform.mayFollow(url) ? url : nil
    }
  }

  /// The `Authorization` value for the platform's own interface.
  var authorization: String? { token.map { "Bearer \($0)" } }

  /// The conversation of a person in a place, by a keyed hash: the same in every copy of the service, and nothing that
  /// tells who they are.
  package func conversation(of person: String, in place: String) -> ConversationID {
    let named = Data("conversation\u{0}\(name)\u{0}\(place)\u{0}\(person)".utf8)
    let digest = HMAC<SHA256>.authenticationCode(for: named, using: key)
    return ConversationID(
      chatDigest: digest.prefix(16).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined())
  }
}
