/// Slack's own words about a delivery. `chat.postMessage` answers 200 even when it failed, and says so in `ok`; webhooks
/// answer with a word.
///
/// Sources: docs.slack.dev/reference/methods/chat.postMessage;
/// api.slack.com/changelog/2016-05-17-changes-to-errors-for-incoming-webhooks.
extension Slack {
  private static let passing: Set<String> = [
    "ratelimited", "rate_limited", "message_limit_exceeded", "internal_error", "fatal_error", "service_unavailable",
    "request_timeout", "rollup_error",
  ]

  /// Nothing sent with the same token, or to the same webhook, will arrive again.
  private static let dead: Set<String> = [
    "no_service", "no_service_id", "no_active_hooks", "invalid_token", "no_team", "team_disabled",
    "channel_is_archived", "invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive",
  ]

  /// This message will never arrive; another may.
  private static let final: Set<String> = [
    "invalid_payload", "user_not_found", "action_prohibited", "channel_not_found", "not_in_channel", "is_archived",
    "missing_scope", "msg_too_long", "no_text", "restricted_action", "missing_text_or_fallback_or_attachments",
    "invalid_blocks", "expired_url", "used_url",
  ]

  package func verdict(status: Int, body: [UInt8]) -> Verdict? {
    if body.first == UInt8(ascii: "{") {
      guard let json = try? JSONValue(parsing: body), let isTaken = json["ok"]?.bool else { return nil }
      if isTaken { return status == 200 ? .delivered : nil }
      let word = json["error"]?.string ?? ""
      // An error that is not known is permanent: Slack has refused the message, and would again.
      return Self.known(word) ?? (status == 200 ? .permanent(reason: "refused", isDestinationDead: false) : nil)
    }
    guard body.count <= 100, let word = String(validating: body, as: UTF8.self) else { return nil }
    let trimmed = word.filter { !$0.isWhitespace }
    if status == 200, trimmed == "ok" { return .delivered }
    return Self.known(trimmed)
  }

  private static func known(_ word: String) -> Verdict? {
    if passing.contains(word) { return .retryable(reason: word) }
    if dead.contains(word) { return .permanent(reason: word, isDestinationDead: true) }
    if final.contains(word) { return .permanent(reason: word, isDestinationDead: false) }
    return nil
  }
}
