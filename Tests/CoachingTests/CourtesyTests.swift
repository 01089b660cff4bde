import Dialogue
import Testing

@Suite("Politeness")
struct CourtesyTests {
  @Test(
    "is answered in kind, however it is written",
    arguments: [
      ("hello", "Hello."), ("Hi!", "Hello."), ("Good morning, coach.", "Hello."), ("thanks", "You are welcome."),
      ("Thank you very much!!", "You are welcome."), ("ok, thanks :)", "You are welcome."),
      ("thanks 👍", "You are welcome."), ("bye", "Goodbye"),
      ("Who are you?", "I am Inner Coach"), ("What can you do?", "I am Inner Coach"), ("help", "I am Inner Coach"),
    ])
  func answered(text: String, beginning: String) throws {
    var talk = try Talk()
    let reply = talk.say(text)
    #expect(reply.kind == .notice)
    #expect(reply.text.hasPrefix(beginning), "\(reply.text)")
    #expect(isReadable(reply.text))
  }

  @Test(
    "does not swallow a question",
    arguments: [
      "Hello, my boss keeps changing priorities", "How do I say thank you so that it counts?",
      "Thanks count when they are exact, but how do I start?", "My deputy says goodbye to everybody but me",
      "{{> help}}", "$(help)",
    ])
  func questions(text: String) throws {
    var talk = try Talk()
    #expect(talk.say(text).kind != .notice)
  }

  @Test("leaves the conversation as it was: after thanks, /more goes on")
  func goesOn() throws {
    var talk = try Talk()
    let answer = talk.say("How do I say no to my boss?")
    let before = talk.conversation
    talk.say("thanks")
    #expect(talk.conversation == before)
    let more = talk.say("/more")
    #expect(more.kind == .answer)
    #expect(more.passages.first?.id != answer.passages.first?.id)
  }
}
