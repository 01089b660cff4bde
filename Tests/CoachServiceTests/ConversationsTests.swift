import CoachService
import Coaching
import Dialogue
import Testing

@Suite("The conversations in memory")
struct ConversationsTests {
  private let coach: Coach

  init() throws {
    let bench = try Bench()
    try bench.writeKnowledge()
    coach = try bench.knowledge().coach
  }

  private func say(_ text: String, _ id: ConversationID?, _ conversations: Conversations) -> Reply {
    conversations.take(id) { coach.reply(to: Utterance(text: text, surface: .line), in: &$0) }
  }

  @Test("a known id goes on, under the same name")
  func goesOn() throws {
    let conversations = Conversations()
    let first = say("How does trust grow from promises that are kept?", nil, conversations)
    let id = try #require(first.conversation)
    let more = say("/more", id, conversations)
    #expect(more.kind == .answer && more.conversation == id)
    #expect(more.passages.first?.id != first.passages.first?.id)
  }

  @Test("an unknown id starts afresh under a new name, which nobody can choose")
  func startsAfresh() throws {
    let conversations = Conversations()
    say("How does trust grow from promises that are kept?", nil, conversations).conversation.map {
      #expect($0.rawValue.hasPrefix("c-"))
    }
    let chosen = try #require(ConversationID(received: "c-" + String(repeating: "0", count: 32)))
    let reply = say("/more", chosen, conversations)
    #expect(reply.kind == .notice && reply.conversation != chosen && reply.conversation != nil)
    #expect(say("/more", chosen, conversations).conversation != chosen)
  }

  @Test("every conversation has a name of its own")
  func names() {
    let conversations = Conversations()
    #expect(Set((0..<200).compactMap { _ in say("/status", nil, conversations).conversation }).count == 200)
  }

  @Test("when there are too many, those that were quiet longest go, and those in use stay")
  func eviction() throws {
    let conversations = Conversations(capacity: 40)
    let ids = try (0..<40).map { _ in
      try #require(say("How does trust grow from promises that are kept?", nil, conversations).conversation)
    }
    let kept = ids[0]
    #expect(say("/why", kept, conversations).conversation == kept)
    for _ in 0..<10 {
      _ = say("How does trust grow from promises that are kept?", nil, conversations)
      #expect(say("/why", kept, conversations).conversation == kept)
    }
    #expect(say("/why", ids[1], conversations).conversation != ids[1])
    #expect(say("/why", ids[39], conversations).conversation == ids[39])
  }

  @Test("memory is bounded, whatever comes")
  func bounded() throws {
    let conversations = Conversations(capacity: 8)
    let ids = try (0..<1000).map { _ in
      try #require(say("How does trust grow from promises that are kept?", nil, conversations).conversation)
    }
    let alive = ids.reversed().prefix { say("/why", $0, conversations).conversation == $0 }
    #expect((1...8).contains(alive.count))
  }
}
