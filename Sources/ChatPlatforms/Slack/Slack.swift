package import Foundation

/// Slack: slash commands, mentions of the app, direct messages, and its two handshakes.
///
/// Every reply goes out later: to the `response_url` of a slash command, else by `chat.postMessage` where there is a token,
/// else by the channel's incoming webhook. The synchronous body stays empty, so that a deadline race cannot post twice.
///
/// Sources: docs.slack.dev (verifying requests, Events API, slash commands), and what `slack_sdk` 3.47 does.
package struct Slack: ChatPlatform {
  /// The app's own user id, `U…`; when nil it is taken from the event's `authorizations`.
  var botUserID: String?
  var hasToken: Bool
  var allowHosts: [String]
  var allowPrivate: Bool
  private let signature: SlackSignature

  /// - Parameters:
  ///   - signingSecrets: the current one, and while it is being exchanged the previous one. Empty ones are left out; with
  ///     none every request is refused.
  ///   - hasToken: the channel has a bot token, so replies to events go by `chat.postMessage`.
  ///   - allowHosts: further hosts of a `response_url`, as `host` or `host:port`.
  ///   - allowPrivate: such a host may be private and plain http.
  package init(
    signingSecrets: [String], botUserID: String? = nil, hasToken: Bool, allowHosts: [String] = [],
    allowPrivate: Bool = false
  ) {
    self.signature = SlackSignature(secrets: signingSecrets)
    self.botUserID = botUserID
    self.hasToken = hasToken
    self.allowHosts = allowHosts
    self.allowPrivate = allowPrivate
  }

  package func read(_ request: InboundRequest, now: Date) -> Inbound {
    if Self.isProbe(request) { return .respond(.empty) }
    let proof: String
    switch signature.check(request, now: now) {
    case .success(let value): proof = value
    case .failure(let failure): return .refused(Refusal(failure.reason))
    }
    switch request.mediaType {
    case "application/json": return event(request.body)
    case "application/x-www-form-urlencoded": return command(request.body, proof: proof)
    default: return .refused(Refusal(.unsupportedType))
    }
  }

  package func mayFollow(_ url: String) -> Bool {
    ReplyURL(url)?.isAllowed(platformHosts: ["hooks.slack.com"], allowHosts: allowHosts, allowPrivate: allowPrivate)
      ?? false
  }

  /// The check of the TLS certificate, which Slack sends unsigned, `ssl_check=1&token=…`. Seen by its bytes: what is not
  /// signed is not decoded.
  private static func isProbe(_ request: InboundRequest) -> Bool {
    request.values(of: "x-slack-signature").isEmpty && request.body.count <= 1024
      && request.mediaType == "application/x-www-form-urlencoded"
      && request.body.split(separator: UInt8(ascii: "&")).contains { $0.elementsEqual("ssl_check=1".utf8) }
  }
}
