import CoachService
import Coaching
import Corpus
import Dialogue
import Foundation
import Testing

/// The judged questions with their thresholds; `Tests/Judged/README.md` says how they were written and what they reach.
@Suite("The knowledge in the box answers as people ask")
struct JudgedQualityTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  private static func path(_ name: String) -> String { root.appendingPathComponent(name).path }

  /// Of the knowledge in the box; made once, since that takes a second.
  private static let workspace = Result {
    try withFile("knowledge: { folders: [\"\(path("Knowledge"))\"] }\nprompts: \"\(path("Prompts"))\"\n") {
      try Workspace(configurationPath: $0)
    }
  }
  private static let coach = Result { try workspace.get().coach() }

  private func figures(_ file: String) throws -> [String: QuestionReport.Figures] {
    let report = QuestionReport(
      try JudgedQuestion.read(Self.path("Tests/Judged/\(file)")), coach: try Self.coach.get())
    return Dictionary(report.figures.map { ($0.kind, $0) }) { first, _ in first }
  }

  @Test(
    "the first passage is right for enough questions, and what is not known is said to be unknown",
    arguments: [
      ("people.jsonl", "people", 0.93), ("people.jsonl", "none", 0.90), ("concepts.jsonl", "fact", 0.88),
      ("concepts.jsonl", "none", 0.88), ("concepts.jsonl", "followup", 0.75), ("practices.jsonl", "practice", 0.92),
      ("fresh.jsonl", "fresh", 0.88), ("fresh.jsonl", "none", 0.90), ("fresh-practices.jsonl", "practice", 0.93),
      ("fresh-concepts.jsonl", "fact", 0.84), ("fresh-concepts.jsonl", "paraphrase", 0.70),
      ("fresh-concepts.jsonl", "none", 0.87), ("fresh-concepts.jsonl", "followup", 0.73),
      ("last-practices.jsonl", "practice", 0.88), ("last-practices.jsonl", "none", 0.88),
      ("tired-practices.jsonl", "practice", 0.86), ("tired-practices.jsonl", "none", 0.80),
      ("short.jsonl", "short", 0.92), ("short.jsonl", "none", 0.92), ("sections.jsonl", "section", 0.84),
    ])
  func firstRight(file: String, kind: String, threshold: Double) throws {
    let figures = try #require(try figures(file)[kind])
    #expect(figures.count >= 20)
    #expect(Double(figures.right) / Double(figures.count) >= threshold, "\(file), \(kind): \(figures)")
  }

  @Test("of the answers from the right document, most begin with the passage that answers best")
  func passages() throws {
    let figures = try #require(try figures("sections.jsonl")["section"])
    #expect(figures.passages >= 200)
    #expect(Double(figures.passagesRight) / Double(figures.passages) >= 0.54, "\(figures)")
  }

  @Test(
    "a word that a document is about is question enough",
    arguments: [
      ("trust", "trust"), ("What is inspiration?", "inspiration"), ("delegation", "delegation"),
      ("meetings", "meetings"),
      ("burnout", "burnout"), ("Feedback", "feedback"), ("What is personal power?", "power"),
    ])
  func oneWord(question: String, document: String) throws {
    let coach = try Self.coach.get()
    var conversation = Conversation()
    let reply = coach.reply(to: Utterance(text: question, surface: .terminal), in: &conversation)
    #expect(reply.kind == .answer)
    #expect(reply.passages.first?.document.contains(document) == true)
  }

  private static let files = [
    "people", "concepts", "practices", "fresh", "fresh-concepts", "fresh-practices", "strange-concepts",
    "tired-practices", "last-practices", "short", "sections",
  ]

  @Test(
    "what something is, is told by the passage that says so",
    arguments: [
      "personal-power", "inspiration", "inner-leadership", "followership", "servant-leadership", "core-values",
    ])
  func definitions(document: String) throws {
    let coach = try Self.coach.get()
    var conversation = Conversation()
    let question = "What is \(document.split(separator: "-").joined(separator: " "))?"
    let reply = coach.reply(to: Utterance(text: question, surface: .terminal), in: &conversation)
    #expect(reply.passages.first?.id == coach.catalogue[document]?.passages.first?.rawValue)
  }

  @Test("of the questions on concepts that were kept apart, a third share no content word with their documents' own")
  func strangers() throws {
    let catalogue = try Self.workspace.get().catalogue()
    let judged = try ["fresh-concepts", "strange-concepts"].flatMap {
      try JudgedQuestion.read(Self.path("Tests/Judged/\($0).jsonl"))
    }
    let words = OwnWords(judged, catalogue)
    #expect(words.count >= 300)
    #expect(3 * words.strange >= words.count, "\(words.strange) of \(words.count)")
  }

  @Test("no judged question is a document's own", arguments: files)
  func noCopies(file: String) throws {
    let judged = try JudgedQuestion.read(Self.path("Tests/Judged/\(file).jsonl"))
    let catalogue = try Self.workspace.get().catalogue()
    #expect(OwnWords(judged, catalogue).copies == [])
  }
}
