import Coaching
import Dialogue
import Testing

@Suite("Matters for people")
struct BoundaryTests {
  private static let contacts = [
    Contact(name: "Works council", matters: ["harassment"], how: "room 12"),
    Contact(name: "Help line", matters: ["crisis", "violence"], how: "555 0100"),
  ]

  private func ask(_ text: String, _ contacts: [Contact] = contacts) throws -> Reply {
    let coach = try Shelf.coach(contacts: contacts)
    var talk = Talk(coach)
    return talk.say(text)
  }

  @Test(
    "get the contacts that are configured for them, and no passage",
    arguments: [
      ("I want to die", "Help line"), ("Sometimes I think about SUICIDE.", "Help line"),
      ("I don't want to live any more", "Help line"), ("I can\u{2019}t go on living", "Help line"),
      ("My boss punched me yesterday", "Help line"), ("He threatened to kill me", "Help line"),
      ("My manager is sexually harassing us", "Works council"), ("I'm being harassed by a colleague", "Works council"),
      ("A customer touches me", "Works council"), ("Our boss keeps touching her arm", "Works council"),
    ])
  func boundary(text: String, contact: String) throws {
    let reply = try ask(text)
    #expect(reply.kind == .boundary && isReadable(reply.text))
    #expect(reply.text.contains(contact) && reply.passages.isEmpty && reply.answer == nil)
    for other in Self.contacts where other.name != contact { #expect(!reply.text.contains(other.name)) }
  }

  @Test("without configured contacts there is still something to turn to", arguments: ["I want to die", "He hits me"])
  func noContacts(text: String) throws {
    let reply = try ask(text, [])
    #expect(reply.kind == .boundary && isReadable(reply.text))
  }

  @Test(
    "are not seen in words that only begin alike",
    arguments: [
      "How do I kill meetings that nobody needs?", "Our team never hits metrics.", "How do I beat my competitor?",
      "She touches methods that nobody understands.", "Who bullies menial workers into silence?",
    ])
  func noBoundary(text: String) throws {
    #expect(try ask(text).kind != .boundary)
  }

  @Test("do not end a conversation: the last answer stays for /more, and a command is a command")
  func goesOn() throws {
    var talk = Talk(try Shelf.coach(contacts: Self.contacts))
    talk.say("What is personal power?")
    let before = talk.conversation
    #expect(talk.say("I want to die").kind == .boundary)
    #expect(talk.conversation == before)
    #expect(talk.say("/concepts suicide").kind == .notice)
  }
}
