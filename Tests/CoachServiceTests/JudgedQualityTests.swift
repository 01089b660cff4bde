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

  private func figures(_ file: String) throws -> [String: QuestionReport.Figures] {
    let path = { (name: String) in Self.root.appendingPathComponent(name).path }
    let text = "knowledge: { folders: [\"\(path("Knowledge"))\"] }\nprompts: \"\(path("Prompts"))\"\n"
    let coach = try withFile(text) { try Workspace(configurationPath: $0).coach() }
    let report = QuestionReport(try JudgedQuestion.read(path("Tests/Judged/\(file)")), coach: coach)
    return Dictionary(report.figures.map { ($0.kind, $0) }) { first, _ in first }
  }

  @Test(
    "the first passage is right for enough questions, and what is not known is said to be unknown",
    arguments: [
      ("people.jsonl", "people", 0.90), ("people.jsonl", "none", 0.85), ("concepts.jsonl", "fact", 0.85),
      ("concepts.jsonl", "none", 0.85), ("concepts.jsonl", "followup", 0.75), ("practices.jsonl", "practice", 0.82),
      ("fresh.jsonl", "fresh", 0.80), ("fresh.jsonl", "none", 0.85), ("fresh-practices.jsonl", "practice", 0.80),
      ("fresh-concepts.jsonl", "fact", 0.80), ("fresh-concepts.jsonl", "none", 0.85),
      ("fresh-concepts.jsonl", "followup", 0.65),
    ])
  func firstRight(file: String, kind: String, threshold: Double) throws {
    let figures = try #require(try figures(file)[kind])
    #expect(figures.count >= 20)
    #expect(Double(figures.right) / Double(figures.count) >= threshold, "\(file), \(kind): \(figures)")
  }

  @Test(
    "a word that a document is about is question enough",
    arguments: [
      ("trust", "trust"), ("What is inspiration?", "inspiration"), ("delegation", "delegation"),
      ("meetings", "meetings"),
      ("burnout", "burnout"), ("Feedback", "feedback"), ("What is personal power?", "power"),
    ])
  func oneWord(question: String, document: String) throws {
    let text =
      "knowledge: { folders: [\"\(Self.root.appendingPathComponent("Knowledge").path)\"] }\n"
      + "prompts: \"\(Self.root.appendingPathComponent("Prompts").path)\"\n"
    let coach = try withFile(text) { try Workspace(configurationPath: $0).coach() }
    var conversation = Conversation()
    let reply = coach.reply(to: Utterance(text: question, surface: .terminal), in: &conversation)
    #expect(reply.kind == .answer)
    #expect(reply.passages.first?.document.contains(document) == true)
  }

  private static let files = [
    "people", "concepts", "practices", "fresh", "fresh-concepts", "fresh-practices", "strange-concepts",
  ]

  @Test("of the questions on concepts that were kept apart, a third share no content word with their documents' own")
  func strangers() throws {
    let text = "knowledge: { folders: [\"\(Self.root.appendingPathComponent("Knowledge").path)\"] }\n"
    let catalogue = try withFile(text) { try Workspace(configurationPath: $0).catalogue() }
    let judged = try ["fresh-concepts", "strange-concepts"].flatMap {
      try JudgedQuestion.read(Self.root.appendingPathComponent("Tests/Judged/\($0).jsonl").path)
    }
    let words = OwnWords(judged, catalogue)
    #expect(words.count >= 300)
    #expect(3 * words.strange >= words.count, "\(words.strange) of \(words.count)")
  }

  @Test("no judged question is a document's own", arguments: files)
  func noCopies(file: String) throws {
    let root = Self.root
    let text = "knowledge: { folders: [\"\(root.appendingPathComponent("Knowledge").path)\"] }\n"
    let catalogue = try withFile(text) { try Workspace(configurationPath: $0).catalogue() }
    let judged = try JudgedQuestion.read(root.appendingPathComponent("Tests/Judged/\(file).jsonl").path)
    #expect(OwnWords(judged, catalogue).copies == [])
  }
}
