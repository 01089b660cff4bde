import CoachService
import Coaching
import Foundation
import Testing

/// The knowledge in the box and the example of a team's own, checked as `coach knowledge check` does it.
struct OwnKnowledgeTests {
  private static let judged = Bench.project + "Tests/Judged/"

  @Test("the knowledge in the box has no errors, holds every fact and takes no sentence from its source")
  func knowledge() throws {
    let check = try Bench().workspace(knowledge: Bench.project + "Knowledge").checkKnowledge(
      facts: Self.judged + "facts.jsonl", shingles: Self.judged + "source-shingles.txt", source: nil)
    #expect(check.findings.filter { $0.severity == .error }.map(\.description) == [])
  }

  @Test("a sentence of the source would be found")
  func shingles() throws {
    // The definition's words, which the documents give in others.
    let text = "an interactive relationship between a leader and several followers voluntarily engaged"
    let shingles = try SourceShingles.reading(hashes: Self.judged + "source-shingles.txt")
    #expect(shingles.runs(in: text) == [text])
  }

  @Test("there is a fact for every concept")
  func facts() throws {
    struct Row: Decodable {
      var document: String
    }
    let lines = try String(contentsOfFile: Self.judged + "facts.jsonl", encoding: .utf8).split(separator: "\n")
    let documents = Set(try lines.map { try JSONDecoder().decode(Row.self, from: Data($0.utf8)).document })
    let concepts = try FileManager.default.contentsOfDirectory(atPath: Bench.project + "Knowledge/concepts")
    #expect(documents == Set(concepts.filter { $0.hasSuffix(".md") }.map { $0.dropLast(3) }.map(String.init)))
  }

  @Test("the example of a team's own documents is read, found and without errors")
  func example() throws {
    let bench = try Bench()
    let folders = ["Knowledge", "deploy/example/knowledge"].map { "\"\(Bench.project)\($0)\"" }.joined(separator: ", ")
    let path = try bench.write(
      "knowledge: { folders: [\(folders)] }\nprompts: \"\(bench.prompts)\"\ndata: \"\(bench.data)\"\n",
      to: "coach.yaml")
    let workspace = try Workspace(configurationPath: path)
    let check = try workspace.checkKnowledge(facts: nil, shingles: nil, source: nil)
    #expect(check.findings.filter { $0.severity == .error }.map(\.description) == [])
    let coach = try workspace.coach()
    for (question, document) in [
      ("Who decides whether we sail in fog?", "who-decides-what"),
      ("What goes into the blue book?", "handover-between-crews"),
      ("What should a new mate do in week one on board?", "new-on-board"),
    ] {
      #expect(coach.documents(for: question).first == document)
    }
  }
}
