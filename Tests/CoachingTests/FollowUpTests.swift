import Coaching
import Dialogue
import Testing

@Suite("Questions that lean on the last answer")
struct FollowUpTests {
  @Test(
    "is answered from the document of the last answer, by a passage that was not shown",
    arguments: [
      "Can you give me an example?", "Why is that?", "and what if it goes wrong?", "tell me more", "Who said that?",
      "what about that?", "Why does it matter?", "for example?", "Is there more?", "And?", "So?", "go on", "example?",
    ])
  func followsUp(question: String) throws {
    var talk = try Talk()
    let first = talk.say("What is personal power?")
    let reply = talk.say(question)
    #expect(reply.kind == .answer)
    #expect(reply.passages.first?.id != first.passages.first?.id)
    #expect(isReadable(reply.text))
  }

  @Test(
    "a question that stands on its own is answered as if it were the first",
    arguments: [
      "How do I give feedback to a colleague?", "How can I build trust in a new team?",
      "Our meetings are too long. What can I do?", "My boss takes the credit for my work.",
    ])
  func standsAlone(question: String) throws {
    var (alone, after) = (try Talk(), try Talk())
    after.say("What is personal power?")
    #expect(alone.say(question) == after.say(question))
  }

  @Test("at the beginning of a conversation there is nothing to lean on")
  func nothingBefore() throws {
    var talk = try Talk()
    #expect([.unknown, .answer].contains(talk.say("tell me more").kind))
    #expect(talk.say("/more").kind == .notice || talk.say("/sources").kind == .notice)
  }

  @Test("going on and on ends with saying that this was all, not with the same passage for ever")
  func ends() throws {
    var talk = try Talk()
    talk.say("What is personal power?")
    for line in ["go on", "why is that?", "and what else is there?"] {
      let texts = (0..<60).map { _ in talk.say(line).text }
      #expect(texts.last?.hasPrefix("That is all that I have on it.") == true, "\(line): \(texts.suffix(2))")
      let told = texts.filter { !$0.hasPrefix("That is all") }
      #expect(Set(told).count == told.count, "\(line)")
    }
  }
}
