import ChatPlatforms
import Dialogue
import Testing

@Suite("What goes to Slack")
struct SlackMessageTests {
  let slack = SignedRequest.slack()
  let reply = Reply(kind: .answer, text: "Yes & no.")

  @Test("a reply to a slash command is for the asker alone, and lives less than the URL's 30 minutes")
  func repliesToCommand() throws {
    let message = slack.message(reply, to: .responseURL("https://hooks.slack.example/1"))
    #expect(message.target == .url("https://hooks.slack.example/1"))
    #expect(message.lifetime < .seconds(30 * 60))
    #expect(message.contentType == "application/json; charset=utf-8")
    #expect(
      try json(message) == [
        "response_type": .string("ephemeral"), "text": .string("Yes &amp; no."), "unfurl_links": .bool(false),
        "unfurl_media": .bool(false),
      ])
  }

  @Test("a reply to a mention goes by the interface into the thread")
  func repliesToMention() throws {
    let message = slack.message(reply, to: .post(channel: "C1", thread: "17.01"))
    #expect(message.target == .api("chat.postMessage"))
    #expect(message.lifetime <= .seconds(28 * 3600))
    #expect(
      try json(message) == [
        "channel": .string("C1"), "thread_ts": .string("17.01"), "text": .string("Yes &amp; no."),
        "unfurl_links": .bool(false), "unfurl_media": .bool(false),
      ])
  }

  @Test("by webhook a reply keeps its thread, and a tip has none", arguments: [nil, "17.01"])
  func postsToWebhook(thread: String?) throws {
    let message = thread == nil ? slack.message(tip: reply) : slack.message(reply, to: .webhook(thread: thread))
    #expect(message.target == .webhook)
    #expect(try json(message)["thread_ts"] == thread.map(JSONValue.string))
  }

  @Test(
    "Slack's words decide where they say more than the status",
    arguments: [
      (200, "ok", .delivered), (200, "ok\n", .delivered), (200, #"{"ok":true,"ts":"1.1"}"#, .delivered),
      (200, #"{"ok":false,"error":"ratelimited"}"#, .retryable(reason: "ratelimited")),
      (200, #"{"ok":false,"error":"internal_error"}"#, .retryable(reason: "internal_error")),
      (
        200, #"{"ok":false,"error":"channel_not_found"}"#,
        .permanent(reason: "channel_not_found", isDestinationDead: false)
      ),
      (200, #"{"ok":false,"error":"token_revoked"}"#, .permanent(reason: "token_revoked", isDestinationDead: true)),
      (200, #"{"ok":false,"error":"never heard"}"#, .permanent(reason: "refused", isDestinationDead: false)),
      (200, #"{"ok":false}"#, .permanent(reason: "refused", isDestinationDead: false)),
      (403, "no_service", .permanent(reason: "no_service", isDestinationDead: true)),
      (404, "channel_not_found", .permanent(reason: "channel_not_found", isDestinationDead: false)),
      (410, "channel_is_archived", .permanent(reason: "channel_is_archived", isDestinationDead: true)),
      (500, "rollup_error", .retryable(reason: "rollup_error")),
      (400, "invalid_payload", .permanent(reason: "invalid_payload", isDestinationDead: false)),
      (200, "<html>", nil), (200, "", nil), (502, "Bad Gateway", nil), (429, "", nil), (200, "{", nil),
      (500, "ok", nil),
      (500, #"{"ok":false,"error":"odd"}"#, nil),
    ] as [(Int, String, Verdict?)])
  func judges(status: Int, body: String, verdict: Verdict?) {
    #expect(slack.verdict(status: status, body: Array(body.utf8)) == verdict)
  }

  private func json(_ message: OutgoingMessage) throws -> [String: JSONValue] {
    try #require(try JSONValue(parsing: message.body).members)
  }
}
