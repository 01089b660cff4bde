import CoachService
import Corpus
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
      ("concepts.jsonl", "none", 0.85), ("concepts.jsonl", "followup", 0.75), ("practices.jsonl", "practice", 0.70),
      ("fresh.jsonl", "fresh", 0.75), ("fresh.jsonl", "none", 0.85),
    ])
  func firstRight(file: String, kind: String, threshold: Double) throws {
    let figures = try #require(try figures(file)[kind])
    #expect(figures.count >= 20)
    #expect(Double(figures.right) / Double(figures.count) >= threshold, "\(file), \(kind): \(figures)")
  }

  @Test("no judged question is a document's own", arguments: ["people", "concepts", "practices", "fresh"])
  func noCopies(file: String) throws {
    let root = Self.root
    let text = "knowledge: { folders: [\"\(root.appendingPathComponent("Knowledge").path)\"] }\n"
    let catalogue = try withFile(text) { try Workspace(configurationPath: $0).catalogue() }
    let own = Set(catalogue.entries.flatMap(\.questions).map(Self.bare))
    let judged = try JudgedQuestion.read(root.appendingPathComponent("Tests/Judged/\(file).jsonl").path)
    #expect(judged.filter { own.contains(Self.bare($0.question)) }.map(\.question) == [])
  }

  /// Letters and digits only, in lower case.
  private static func bare(_ question: String) -> String {
    question.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: " ")
  }
}
