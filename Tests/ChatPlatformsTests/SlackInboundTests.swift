import ChatPlatforms
import Dialogue
import Foundation
import Testing

@Suite("What Slack sends")
struct SlackInboundTests {
  private func read(_ body: String, type: String = SignedRequest.json, by slack: Slack = SignedRequest.slack())
    -> Inbound
  {
    slack.read(SignedRequest.make(body, type: type), now: SignedRequest.now)
  }

  private func event(_ members: String, wrapper: String = #""event_id":"Ev1","#) -> String {
    #"{"type":"event_callback",\#(wrapper)"event":{\#(members)}}"#
  }

  private let mention =
    #""type":"app_mention","user":"U1","text":"<@U0BOT0001> how?","ts":"17.01","channel":"C1""#
  private let direct =
    #""type":"message","channel_type":"im","user":"U1","text":"how?","ts":"17.01","channel":"D1""#

  @Test("a slash command is a question behind a prefix, answered at its response_url")
  func readsCommand() throws {
    let ask = try #require(read(SignedRequest.commandBody, type: SignedRequest.form).ask)
    #expect(ask.words.text == "How do I give feedback & stay kind? 🙂")
    #expect(ask.isPrefixed)
    #expect(ask.person == "U0ANNA001")
    #expect(ask.place == Ask.Place(channel: "C0TEAM001"))
    #expect(ask.receivedIDs == ["trigger:1.2.3"])
    #expect(ask.replyTo == .responseURL("https://hooks.slack.example/commands/T0LEAD001/1/abc"))
    #expect(ask.acknowledgement == InboundResponse(status: 200))
    #expect(ask.utterance(in: nil).surface == .chat)
  }

  @Test("a mention is answered in its thread, and known by its event and by its post")
  func readsMention() throws {
    let ask = try #require(read(SignedRequest.eventBody).ask)
    #expect(ask.words == Words("café / 1 < 2 — 🙂"))
    #expect(ask.person == "U0ANNA001")
    #expect(ask.receivedIDs == ["event:Ev0LEAD001", "post:C0TEAM001:1790000000.000100"])
    #expect(ask.replyTo == .post(channel: "C0TEAM001", thread: "1790000000.000100"))
    #expect(ask.place.thread == "1790000000.000100")
  }

  @Test("inside a thread the thread's first post is the address, not the post itself")
  func staysInThread() throws {
    let ask = try #require(read(event(mention + #","thread_ts":"16.9""#)).ask)
    #expect(ask.replyTo == .post(channel: "C1", thread: "16.9"))
    #expect(ask.receivedIDs == ["event:Ev1", "post:C1:17.01"])
  }

  @Test("without a token the reply to an event goes to the channel's webhook, in the thread")
  func fallsBackToWebhook() throws {
    let ask = try #require(read(event(mention), by: SignedRequest.slack(hasToken: false)).ask)
    #expect(ask.replyTo == .webhook(thread: "17.01"))
  }

  @Test("a direct message is a question, and its channel is the whole place")
  func readsDirectMessage() throws {
    let ask = try #require(read(event(direct)).ask)
    #expect(ask.words.text == "how?")
    #expect(ask.place == Ask.Place(channel: "D1"))
  }

  @Test("one post that arrives as mention and as message shares a key")
  func sharesPostKey() throws {
    let first = try #require(read(event(mention)).ask)
    let second = try #require(
      read(event(direct.replacing("D1", with: "C1"), wrapper: #""event_id":"Ev2","#)).ask)
    #expect(!Set(first.receivedIDs).isDisjoint(with: second.receivedIDs))
  }

  @Test("our own id is taken from the event when it is not configured")
  func learnsOwnID() throws {
    let slack = SignedRequest.slack(botUserID: nil)
    let wrapper = #""event_id":"Ev1","authorizations":[{"user_id":"UBOT","is_bot":true}],"#
    let text = mention.replacing("<@U0BOT0001> how?", with: "how, <@UBOT>, do I help <@U7|ben>?")
    #expect(try #require(read(event(text, wrapper: wrapper), by: slack).ask).words.text == "how, , do I help ben?")
    #expect(read(event(text.replacing(#""U1""#, with: #""UBOT""#), wrapper: wrapper), by: slack).isIgnored)
    let unknown = try #require(read(event(mention), by: slack).ask)
    #expect(unknown.words.text == "how?")
  }

  @Test(
    "programs, edits and what is not said to us are acknowledged and left alone",
    arguments: [
      #""bot_id":"B1""#, #""subtype":"bot_message""#, #""subtype":"message_changed""#, #""subtype":"channel_join""#,
      #""bot_profile":{}"#, #""hidden":true"#, #""user":"U0BOT0001""#, #""user":null"#, #""channel_type":"channel""#,
      #""type":"reaction_added""#, #""text":null"#, #""ts":"1 2""#, #""subtype":7"#,
    ])
  func ignores(change: String) throws {
    let key = try #require(change.split(separator: ":").first)
    let kept = direct.split(separator: ",").filter { !$0.hasPrefix(key) }.joined(separator: ",")
    #expect(read(event(kept + "," + change)) == .ignored(.empty))
  }

  @Test(
    "a post to a thread and the channel, or with a file, is still a question",
    arguments: ["thread_broadcast", "file_share"])
  func takesPlainSubtypes(subtype: String) {
    #expect(read(event(direct + #","subtype":"\#(subtype)""#)).ask != nil)
  }

  @Test("unknown kinds of events are acknowledged", arguments: ["app_rate_limited", "tokens_revoked", ""])
  func acknowledgesUnknown(type: String) {
    #expect(read(#"{"type":"\#(type)"}"#) == .ignored(.empty))
  }

  @Test("a retry is read like the first try, since that may have been lost")
  func readsRetry() {
    var request = SignedRequest.make(SignedRequest.eventBody, type: SignedRequest.json)
    request.headers += [.init("X-Slack-Retry-Num", "1"), .init("X-Slack-Retry-Reason", "http_timeout")]
    #expect(SignedRequest.slack().read(request, now: SignedRequest.now).ask != nil)
  }

  @Test("the URL check is answered with its challenge as plain text, only if it is signed")
  func answersChallenge() {
    let body = #"{"type":"url_verification","challenge":"3eZbrw1aB","token":"x"}"#
    #expect(read(body) == .respond(.text("3eZbrw1aB")))
    var unsigned = SignedRequest.make(body, type: SignedRequest.json)
    unsigned.headers.removeLast()
    #expect(SignedRequest.slack().read(unsigned, now: SignedRequest.now).refusal?.response.status == 401)
  }

  @Test(
    "a challenge that could be read as something else is refused",
    arguments: ["", "<script>", "a b", "é", String(repeating: "a", count: 257)])
  func refusesChallenge(challenge: String) {
    let body = #"{"type":"url_verification","challenge":"\#(challenge)"}"#
    #expect(read(body).refusal?.reason == .malformed)
  }

  @Test("the unsigned check of the certificate gets an empty 200, and is not a way in")
  func answersProbe() {
    var probe = SignedRequest.make("ssl_check=1&token=x", type: SignedRequest.form)
    #expect(SignedRequest.slack().read(probe, now: SignedRequest.now) == .respond(.empty))
    probe.headers.removeLast(2)
    #expect(SignedRequest.slack().read(probe, now: SignedRequest.now) == .respond(.empty))
    probe.body = Array((SignedRequest.commandBody + "&ssl_check=11").utf8)
    #expect(SignedRequest.slack().read(probe, now: SignedRequest.now).refusal?.reason == .unsigned)
  }

  @Test(
    "a reply address elsewhere is refused with a sentence that Slack shows",
    arguments: [
      "http://hooks.slack.example/x", "https://hooks.slack.example:8443/x", "https://169.254.169.254/x",
      "https://hooks.slack.com@evil.example/x", "https://evil.example/hooks.slack.com",
      "https://hooks.slack.com.evil/x",
      "file:///etc/passwd", "",
    ])
  func refusesForeignReplyAddress(url: String) throws {
    let body =
      "user_id=U1&channel_id=C1&command=%2Fcoach&text=hi&trigger_id=1&response_url="
      + (url.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")
    let refusal = try #require(read(body, type: SignedRequest.form).refusal)
    #expect(refusal.reason == .replyAddress)
    #expect(refusal.response.status == 200)
    #expect(String(decoding: refusal.response.body, as: UTF8.self).contains("allow-hosts"))
  }

  @Test(
    "what is signed and broken is refused with 400",
    arguments: [
      "text=a&text=b", "text=%00", "text=%zz", "text=%ff", "user_id=U1", "",
      (0...200).map { "f\($0)=1" }.joined(separator: "&"),
    ])
  func refusesBrokenForm(body: String) {
    #expect(read(body, type: SignedRequest.form).refusal?.response.status == 400)
  }

  @Test(
    "JSON that two parsers could read differently is refused with 400",
    arguments: [
      #"{"type":"x","type":"y"}"#, "\u{FEFF}{}", "{} {}", "[1,]", #"{"a":1e999}"#, "", "null", #""text""#,
      String(repeating: "[", count: 10_000), #"{"a":"\ud800"}"#,
    ])
  func refusesBrokenJSON(body: String) {
    #expect(read(body).refusal?.response.status == 400)
  }

  @Test("another media type is refused with 415", arguments: ["text/plain", "application/xml", ""])
  func refusesMediaType(type: String) {
    #expect(read(SignedRequest.eventBody, type: type).refusal?.response.status == 415)
  }

  @Test("parameters of the media type do not matter")
  func takesParameters() {
    #expect(read(SignedRequest.eventBody, type: "Application/JSON ; charset=utf-8").ask != nil)
  }

  @Test("a command without an id of its own is known by its signature")
  func fallsBackToSignature() throws {
    let body = SignedRequest.commandBody.replacing("&trigger_id=1.2.3", with: "")
    let ask = try #require(read(body, type: SignedRequest.form).ask)
    #expect(ask.receivedIDs == ["signature:" + SignedRequest.signature(Array(body.utf8))])
  }

  @Test("no key under which a repeat may arrive is empty or longer than 128 bytes")
  func boundsKeys() {
    let long = String(repeating: "E", count: 5000)
    let body = event(mention, wrapper: #""event_id":"\#(long)","#)
    #expect(read(body).ask?.receivedIDs == ["post:C1:17.01"])
  }
}
