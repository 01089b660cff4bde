import Dialogue
import Foundation
import LineProtocol
import Testing

/// `PROTOCOL.md` is a promise to client authors; what of it can be checked is checked here.
@Suite("PROTOCOL.md")
struct ProtocolDocumentTests {
  private let document: String

  init() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized
    document = try String(contentsOf: root.appending(path: "PROTOCOL.md"), encoding: .utf8)
  }

  @Test("lists the commands of the line protocol as the table declares them")
  func commands() throws {
    let list = try #require(between("<!-- commands -->\n", "<!-- /commands -->"))
    let declared = Command.declared(on: .line).map { "- `\($0.usage)`: \($0.summary)" }
    #expect(list.split(separator: "\n").map(String.init) == declared)
  }

  @Test("names every error")
  func errors() throws {
    let section = try #require(between("## Errors", "## Limits"))
    for code in Reply.Code.allCases { #expect(section.contains("| `\(code.rawValue)` |"), "\(code.rawValue)") }
  }

  @Test("names every key of a reply, and every kind")
  func replyKeys() throws {
    let section = try #require(between("## The reply", "## Commands"))
    var reply = Reply(
      kind: .answer, text: "t", answer: "a", practice: "p", question: "q",
      passages: [.init(id: "i", document: "d", title: "t", text: "x", source: "s", score: 1)],
      near: [.init(document: "d", title: "t")], confidence: 1, repaired: ["a": "b"], degraded: "lexical", code: .idle)
    reply.id = "7"
    reply.conversation = ConversationID(chatDigest: "x")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(reply.json().utf8)) as? [String: Any])
    for key in object.keys { #expect(section.contains("| `\(key)` |"), "\(key)") }
    let passage = try #require((object["passages"] as? [[String: Any]])?.first)
    for key in passage.keys { #expect(section.contains("`\(key)`"), "\(key)") }
    for kind in ["answer", "unknown", "boundary", "prompt", "notice", "error"] {
      #expect(section.contains("`\(kind)`"), "\(kind)")
    }
  }

  @Test("its JSON request is one that the server takes")
  func request() throws {
    let line = try #require(between("```json\n", "\n```"))
    let request = try LineRequest(line: Array(line.utf8))
    #expect(request.id == "7")
    #expect(request.conversation != nil)
  }

  @Test("its limits are the defaults")
  func limits() throws {
    let section = try #require(between("## Limits", "## Ending"))
    let limits = Session.Limits()
    #expect(section.contains("| \(limits.lineBytes) | `line.limits.line-bytes`"))
    #expect(limits.idle == .seconds(300) && section.contains("| 5m | `line.limits.idle`"))
    #expect(limits.begunLine == .seconds(30) && section.contains("| 30s | `line.limits.unfinished-line`"))
    #expect(limits.silentWhenCrowded == .seconds(10) && section.contains("taken | 10s |"))
    #expect(section.contains("| errors in a row | \(limits.errorsInARow) |"))
  }

  @Test("its session runs as it is printed")
  func session() throws {
    let lines = try #require(between("```session\n", "```")).split(separator: "\n")
    var conversation = Conversation(greeting: Session.greeting) { _ in
      Reply(
        kind: .answer,
        text: """
          Personal power is yours: expertise, ideas, ideals, character. It does not come with a post.
          If a colleague hesitates this week, then ask what would make the work useful to them.
          Which strength could you offer first?
          [personal-power]
          """, confidence: 0.91)
    }
    for line in lines where line.hasPrefix("> ") { conversation.send(line.dropFirst(2) + "\n") }
    let printed = lines.filter { $0.hasPrefix("<") }.map { $0.dropFirst(2) }
    let sent = conversation.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    #expect(printed.count == sent.count)
    for (printed, sent) in zip(printed, sent) {
      // The reply in JSON is abridged in print: it agrees up to the first ellipsis, and at its end.
      let parts = printed.split(separator: "…", omittingEmptySubsequences: false)
      #expect(sent.hasPrefix(parts.first ?? "") && sent.hasSuffix(parts.count > 1 ? ",\"confidence\":0.91}" : printed))
    }
    #expect(conversation.isClosed)
  }

  private func between(_ start: String, _ end: String) -> String? {
    guard let first = document.range(of: start)?.upperBound,
      let last = document[first...].range(of: end)?.lowerBound
    else { return nil }
    return String(document[first..<last])
  }
}
