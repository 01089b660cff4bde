import ChatPlatforms
import Crypto
import Foundation

/// Requests signed as Slack signs them.
enum SignedRequest {
  static let secret = "lead-signing-secret-0001"
  static let time = 1_790_000_000
  static let now = Date(timeIntervalSince1970: Double(time))
  static let form = "application/x-www-form-urlencoded"
  static let json = "application/json"

  static func signature(_ body: [UInt8], time: String = "\(time)", secret: String = secret) -> String {
    let key = SymmetricKey(data: Array(secret.utf8))
    let code = HMAC<SHA256>.authenticationCode(for: Array("v0:\(time):".utf8) + body, using: key)
    return "v0=" + code.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
  }

  static func make(
    _ body: String, type: String, time: String = "\(time)", secret: String = secret
  ) -> InboundRequest {
    raw(Array(body.utf8), type: type, time: time, signature: signature(Array(body.utf8), time: time, secret: secret))
  }

  static func raw(_ body: [UInt8], type: String, time: String, signature: String) -> InboundRequest {
    InboundRequest(
      method: "POST", path: "/hooks/leads",
      headers: [
        .init("Content-Type", type), .init("X-Slack-Request-Timestamp", time), .init("X-Slack-Signature", signature),
      ], body: body)
  }

  static func slack(
    secrets: [String] = [secret], botUserID: String? = "U0BOT0001", hasToken: Bool = true,
    allowHosts: [String] = ["hooks.slack.example"], allowPrivate: Bool = false
  ) -> Slack {
    Slack(
      signingSecrets: secrets, botUserID: botUserID, hasToken: hasToken, allowHosts: allowHosts,
      allowPrivate: allowPrivate)
  }

  /// The form body of a published example, signed by two other implementations.
  static let commandBody =
    "token=gone&team_id=T0LEAD001&team_domain=acme&channel_id=C0TEAM001&channel_name=leads&user_id=U0ANNA001"
    + "&user_name=anna&command=%2Flead&text=How+do+I+give+feedback+%26+stay+kind%3F+%F0%9F%99%82"
    + "&response_url=https%3A%2F%2Fhooks.slack.example%2Fcommands%2FT0LEAD001%2F1%2Fabc&trigger_id=1.2.3"
    + "&api_app_id=A0LEAD001"

  /// JSON with odd escapes, raw UTF-8 and a final line end: 223 bytes.
  static let eventBody =
    #"{"type":"event_callback","team_id":"T0LEAD001","event_id":"Ev0LEAD001","event":{"type":"app_mention","#
    + #""user":"U0ANNA001","text":"<@U0BOT0001> caf\u00e9 \/ 1 &lt; 2  — 🙂","ts":"1790000000.000100","#
    + #""channel":"C0TEAM001"}}"# + "\n"
}

extension Inbound {
  var ask: Ask? { if case .asked(let ask) = self { ask } else { nil } }
  var refusal: Refusal? { if case .refused(let refusal) = self { refusal } else { nil } }
  var isIgnored: Bool { if case .ignored = self { true } else { false } }
}
