import Dialogue
import Testing

@Suite("Conversation ids")
struct ConversationIDTests {
  @Test("an issued id is accepted when it comes back, and two are never the same")
  func issued() throws {
    var generator = SystemRandomNumberGenerator()
    let ids = (0..<1000).map { _ in ConversationID(using: &generator) }
    #expect(Set(ids).count == ids.count)
    for id in ids { #expect(ConversationID(received: id.rawValue) == id) }
  }

  @Test(
    "anything else is refused",
    arguments: [
      "", "c-", "c-0123456789abcdef0123456789abcde", "c-0123456789abcdef0123456789abcdef0",
      "C-0123456789abcdef0123456789abcdef",
      "c-0123456789ABCDEF0123456789abcdef", "chat-0123456789abcdef0123456789abcd",
      "c-0123456789abcdef0123456789abcd\u{00e9}",
    ])
  func refused(text: String) {
    #expect(ConversationID(received: text) == nil)
  }
}
