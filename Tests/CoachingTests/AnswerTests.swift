import Coaching
import Corpus
import Dialogue
import Foundation
import Testing

@Suite("What an answer says")
struct AnswerTests {
  /// Sentences of a text, by the ends that our own documents use.
  private func sentences(_ text: String) -> [String] {
    text.split(whereSeparator: \.isNewline).flatMap { line in
      line.replacing(/(?<end>[.?!]["”)]?) +/) { "\($0.output.end)\n" }.split(separator: "\n").map(String.init)
    }
  }

  @Test("every sentence of every judged question's answer stands in the first passage that it cites")
  func nothingInvented() throws {
    let passages = Dictionary(
      try Shelf.library.get().documents.flatMap(\.passages).map { ($0.id.rawValue, $0) }
    ) { first, _ in first }
    var answered = 0
    for judged in try Judged.all() {
      var talk = try Talk()
      if let after = judged.after { talk.say(after) }
      let reply = talk.say(judged.question)
      #expect(isReadable(reply.text), "\(judged.question)")
      guard reply.kind == .answer else { continue }
      answered += 1
      let cited = try #require(reply.passages.first, "\(judged.question)")
      let passage = try #require(passages[cited.id], "\(cited.id)")
      #expect(cited.text == passage.text)
      for sentence in sentences(reply.answer ?? "") {
        #expect(cited.text.contains(sentence), "\(judged.question): \(sentence)")
      }
      #expect(reply.practice.map { $0 == passage.practice } ?? true, "\(judged.question)")
      #expect(reply.question.map { $0 == passage.question } ?? true, "\(judged.question)")
      #expect(reply.passages.allSatisfy { passages[$0.id] != nil && $0.score >= 0 && $0.score <= 1 })
    }
    #expect(answered > 500)
  }

  @Test("the text is the answer, the step, the question, the citations and what else may be meant, and nothing more")
  func textIsItsParts() throws {
    for judged in try Judged.all().prefix(150) where judged.after == nil {
      var talk = try Talk()
      let reply = talk.say(judged.question)
      guard reply.kind == .answer else { continue }
      let cited = reply.passages.map(\.document).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
      let parts = [reply.answer, reply.practice, reply.question, "[\(cited.joined(separator: ", "))]"]
      let others = reply.near.map { "Or did you mean: \($0.title) (/concept \($0.document))?" }
      #expect(reply.text == (parts.compactMap { $0 } + others).joined(separator: "\n"), "\(judged.question)")
      #expect((1...3).contains(reply.passages.count))
    }
  }

  @Test(
    "what nothing supports is not answered, and up to three topics are named",
    arguments: [
      "What is the capital of Mongolia?", "Which wine goes with grilled octopus?",
      "How do I compile a kernel module for a sound card?",
    ])
  func admitsIgnorance(question: String) throws {
    var talk = try Talk()
    let reply = talk.say(question)
    #expect(reply.kind == .unknown)
    #expect(reply.answer == nil && reply.passages.isEmpty)
    #expect(reply.near.count <= 3)
    #expect((reply.confidence ?? 1) < 0.5)
    for topic in reply.near {
      #expect(reply.text.contains("/concept \(topic.document)"))
      let shown = talk.say("/concept \(topic.document)")
      #expect(shown.kind == .notice && shown.text.hasPrefix(topic.title))
    }
  }

  @Test("a miss leaves the last answer standing for /more")
  func missKeepsAnswer() throws {
    var talk = try Talk()
    talk.say("What is personal power?")
    let before = talk.conversation
    #expect(talk.say("Which wine goes with grilled octopus?").kind == .unknown)
    #expect(talk.conversation == before)
  }

  @Test(
    "a question of fact gets no step to try, one about oneself does",
    arguments: [
      ("Who wrote about servant leadership?", false), ("How many sources of personal power are there?", false),
      ("When should I pull rank?", true), ("What are the five sources of personal power?", true),
      ("Which of my people should hear the bad news first?", true),
    ])
  func shape(question: String, hasStep: Bool) throws {
    var talk = try Talk()
    let reply = talk.say(question)
    #expect(reply.kind == .answer)
    #expect((reply.practice != nil || reply.question != nil) == hasStep, "\(reply.text)")
  }

  @Test("the reply carries the request's id and conversation")
  func echoes() throws {
    var generator = SystemRandomNumberGenerator()
    let id = ConversationID(using: &generator)
    var conversation = Conversation()
    for text in ["What is personal power?", "/status", "/nonsense", "🙂"] {
      let reply = try Shelf.coach().reply(
        to: Utterance(text: text, surface: .http, conversation: id, requestID: "r-1"), in: &conversation)
      #expect(reply.id == "r-1" && reply.conversation == id, "\(text)")
    }
  }

  @Test("a misspelt word is read as the nearest known one, and the reply says so")
  func repairs() throws {
    var talk = try Talk()
    let reply = talk.say("What is personnal powwer?")
    #expect(reply.kind == .answer)
    #expect(reply.passages.first?.document == "personal-power")
    #expect(!reply.repaired.isEmpty)
  }

  @Test("where a question may be about something else, the answer names up to two further topics, and otherwise none")
  func otherTopics() throws {
    let coach = try Shelf.coach()
    let questions = try Judged.all().filter { !$0.documents.isEmpty && $0.after == nil }
    var (named, plain, rescued, wrong) = (0, 0, 0, 0)
    for judged in questions {
      var talk = Talk(coach)
      let reply = talk.say(judged.question)
      guard reply.kind == .answer, let first = reply.passages.first?.document else { continue }
      let cited = reply.passages.map(\.document)
      #expect(reply.near.count <= 2 && !reply.near.contains { cited.contains($0.document) })
      for topic in reply.near { #expect(reply.text.contains("/concept \(topic.document)")) }
      if reply.near.isEmpty { plain += 1 } else { named += 1 }
      guard !judged.documents.contains(first) else { continue }
      wrong += 1
      let named = cited + reply.near.map(\.document)
      rescued += named.contains(where: judged.documents.contains) ? 1 : 0
    }
    #expect(named * 3 < plain, "\(named) of \(named + plain)")
    #expect(rescued * 2 > wrong, "\(rescued) of \(wrong)")
  }

  @Test("without knowledge the coach says that it has none, whatever is asked")
  func emptyKnowledge() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "empty-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let coach = try Shelf.coach(of: folder.path(percentEncoded: false))
    for declaration in Command.declared(on: .line) {
      var talk = Talk(coach)
      #expect(isReadable(talk.say(declaration.example).text), "\(declaration.example)")
    }
    var talk = Talk(coach)
    let reply = talk.say("What is trust?")
    #expect(reply.kind == .unknown && reply.text.contains("coach doctor"))
  }
}
