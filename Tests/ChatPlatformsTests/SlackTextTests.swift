import ChatPlatforms
import Dialogue
import Foundation
import Testing

@Suite("Slack's markup")
struct SlackTextTests {
  @Test(
    "inbound tokens become what a reader saw, and entities are undone once",
    arguments: [
      ("<@U0BOT0001> how?", "how?"), ("hey <@U0BOT0001|coach>, how?", "hey , how?"),
      ("ask <@U2|ben> about it", "ask ben about it"), ("ask <@U2> about it", "ask someone about it"),
      ("see <#C9|leads>", "see leads"), ("see <#C9>", "see a channel"), ("<!channel> how?", "how?"),
      ("<!subteam^S1|@heads> how?", "@heads how?"), ("<!date^1^{date}|today> how?", "today how?"),
      ("<https://a.example/?x=1&amp;y=2> how?", "https://a.example/?x=1&y=2 how?"),
      ("<https://a.example|the page>", "the page"), ("&amp;lt;", "&lt;"),
      ("1 &lt; 2 &amp;&amp; 3 &gt; 2", "1 < 2 && 3 > 2"),
      ("&lt;!channel&gt;", "<!channel>"), ("a < b", "a < b"), ("<<@U0BOT0001>", "<"), ("&", "&"), ("&am", "&am"),
      ("one\ntwo\t three", "one two three"), ("<>", ""),
    ])
  func readsText(text: String, words: String) throws {
    var object = JSONObject()
    object.add("type", "message")
    object.add("channel_type", "im")
    object.add("user", "U1")
    object.add("channel", "D1")
    object.add("ts", "1.1")
    object.add("text", text)
    let body = #"{"type":"event_callback","event":\#(object.finished())}"#
    let request = SignedRequest.make(body, type: SignedRequest.json)
    let ask = try #require(SignedRequest.slack().read(request, now: SignedRequest.now).ask)
    #expect(ask.words.text == words)
  }

  @Test(
    "nothing that we send can mention, link or format by way of its three characters",
    arguments: [
      ("<!channel>", "&lt;!channel&gt;"), ("<@U1>", "&lt;@U1&gt;"), ("&amp;lt;", "&amp;amp;lt;"),
      ("<https://evil.example|good>", "&lt;https://evil.example|good&gt;"), ("a & b", "a &amp; b"), ("plain", "plain"),
      ("<!subteam^S1>", "&lt;!subteam^S1&gt;"),
    ])
  func escapes(text: String, written: String) throws {
    #expect(try sent(Reply(kind: .notice, text: text)) == written)
  }

  @Test("the step is bold, the question is in italics, and both get air")
  func stylesAnswer() throws {
    let reply = Reply(
      kind: .answer, text: "It is yours.\nIf asked, then listen.\nWhat comes first?\n[personal-power]",
      answer: "It is yours.", practice: "If asked, then listen.", question: "What comes first?")
    #expect(
      try sent(reply) == "It is yours.\n\n*If asked, then listen.*\n\n_What comes first?_\n[personal-power]")
  }

  @Test("a line that holds a style's own character stays plain")
  func leavesMarksAlone() throws {
    let reply = Reply(kind: .answer, text: "Try *this* <now>", practice: "Try *this* <now>")
    #expect(try sent(reply) == "Try *this* &lt;now&gt;")
  }

  @Test("control characters are not sent")
  func dropsControls() throws {
    #expect(try sent(Reply(kind: .notice, text: "a\u{1B}[31mb\u{0}c\nd")) == "a[31mbc\nd")
  }

  @Test("a long text is cut after a whole word, with an ellipsis, never inside an escape", arguments: ["word", "&<>"])
  func cutsLongText(word: String) throws {
    let text = try sent(Reply(kind: .notice, text: Array(repeating: word, count: 3000).joined(separator: " ")))
    let whole = word == "word" ? "word" : "&amp;&lt;&gt;"
    #expect(text.utf16.count <= 4000)
    #expect(text.hasSuffix(" …"))
    #expect(text.dropLast(2).split(separator: " ").allSatisfy { $0 == whole })
  }

  @Test("a text without a space is cut too, between graphemes")
  func cutsUnbrokenText() throws {
    let text = try sent(Reply(kind: .notice, text: String(repeating: "👩‍👩‍👧", count: 2000)))
    #expect(text.utf16.count <= 4000)
    #expect(text.dropLast(2).allSatisfy { $0 == "👩‍👩‍👧" })
  }

  private func sent(_ reply: Reply) throws -> String {
    let message = SignedRequest.slack().message(tip: reply)
    return try #require(try JSONValue(parsing: message.body)["text"]?.string)
  }
}
