import Coaching
import Dialogue
import Foundation
import Testing

@Suite("A conversation between two utterances")
struct ConversationTests {
  @Test("its stored form holds nothing that the person said")
  func canary() throws {
    let coach = try Shelf.coach()
    var talk = Talk(coach, on: .chat)
    let lines = [
      "What does personal power do for canaryword trust?", "and canaryword, is that an example?", "/more", "/why",
      "/concepts canaryword", "/concept canaryword", "/tip canaryword", "/tip", "/help canaryword",
      "canaryword", "/canaryword",
    ]
    for line in lines {
      talk.say(line)
      let text = String(decoding: talk.conversation.bytes, as: UTF8.self).lowercased()
      #expect(!text.contains("canary") && !text.contains("what does"), "\(line)")
    }
    #expect(String(decoding: talk.conversation.bytes, as: UTF8.self).contains("personal-power#"))
  }

  @Test("restored, it goes on where it was")
  func restores() throws {
    var talk = try Talk()
    talk.say("How do I get people to follow when I have no authority?")
    talk.say("/tip")
    var other = try Talk()
    other.conversation = Conversation(bytes: talk.conversation.bytes, owner: "somebody")
    #expect(other.conversation.bytes == talk.conversation.bytes)
    for line in ["/more", "/tip", "/more", "/sources", "Why is that?"] {
      #expect(other.say(line) == talk.say(line), "\(line)")
    }
  }

  @Test(
    "anything that is no conversation gives a fresh one",
    arguments: [
      "", "{}", "[]", "null", #"{"passages":1}"#, #"{"passages":[],"shown":99999999999999999999,"confidence":0}"#,
      String(repeating: "[", count: 5000),
    ])
  func strange(bytes: String) {
    #expect(Conversation(bytes: Array(bytes.utf8)) == Conversation())
  }

  @Test(
    "a stored conversation about passages that are gone, or with impossible numbers, still gets replies",
    arguments: [
      #"{"passages":["gone#one","no id","personal-power#what-it-is"],"shown":1,"seen":[],"confidence":0.5}"#,
      #"{"passages":["personal-power#what-it-is"],"shown":-5,"seen":[],"confidence":-1}"#,
      #"{"passages":["personal-power#what-it-is"],"shown":9000000000000000000,"seen":[],"confidence":1e300}"#,
      #"{"passages":["gone#one"],"shown":0,"seen":[],"confidence":0.5}"#,
    ])
  func stale(bytes: String) throws {
    for line in ["/more", "/why", "/sources", "why is that?", "/tip"] {
      var talk = try Talk()
      talk.conversation = Conversation(bytes: Array(bytes.utf8))
      #expect(isReadable(talk.say(line).text), "\(line)")
    }
  }

  @Test("every cut and every changed byte of a stored conversation is taken or forgotten, never a trap")
  func damaged() throws {
    var talk = try Talk()
    talk.say("What is personal power?")
    talk.say("/tip")
    let bytes = talk.conversation.bytes
    for place in bytes.indices {
      var changed = bytes
      changed[place] ^= 1 << UInt8(place % 8)
      for variant in [changed, Array(bytes[..<place])] where place.isMultiple(of: 3) {
        var other = try Talk()
        other.conversation = Conversation(bytes: variant)
        #expect(isReadable(other.say("/more").text))
        #expect(isReadable(other.say("/tip").text))
      }
    }
  }
}
