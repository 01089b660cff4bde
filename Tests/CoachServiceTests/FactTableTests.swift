import CoachService
import Corpus
import Testing

@Suite("Facts that the knowledge must hold")
struct FactTableTests {
  private static func line(_ pattern: String, document: String = "trust", question: String = "Who decides?") -> String {
    #"{"fact":"the captain decides","question":"\#(question)","document":"\#(document)","pattern":"\#(pattern)"}"#
  }

  private static let library = Library([
    KnowledgePage.read(
      "## Fog\n\nIn fog the Captain (or the mate) decides.\n\n## Money\n\nUp to 400.\n", "team/trust.md")
  ])

  private static func check(_ text: String, ranking: (String) -> [String]) throws -> KnowledgeCheck {
    var check = KnowledgeCheck(library)
    check.check(try withFile(text) { try FactTable.reading($0) }, ranking: ranking)
    return check
  }

  @Test(
    "every line that is not a fact is named",
    arguments: [
      (line("ok") + "\n\n" + line("a(b") + "\n", ["line 3"]),
      ("{}\n" + line("[z-a]") + "\nnothing\n", ["line 1", "line 2", "line 3"]),
      ("\n", ["holds no facts"]),
    ])
  func malformed(text: String, places: [String]) throws {
    let failure = #expect(throws: Failure.self) { try withFile(text) { _ = try FactTable.reading($0) } }
    #expect(failure?.status == .data)
    for place in places { #expect(failure?.description.contains(place) == true, "\(place)") }
  }

  @Test(
    "a fact stands in one passage of its document, in upper or lower case",
    arguments: [
      ("in fog THE captain", nil), (#"captain \\(or"#, nil), (#"up to \\d+"#, nil),
      ("decides.*400", "No passage of trust holds the fact: the captain decides."),
      ("the skipper", "No passage of trust holds the fact: the captain decides."),
    ])
  func text(pattern: String, what: String?) throws {
    let findings = try Self.check(Self.line(pattern)) { _ in ["trust"] }.findings
    #expect(findings.map(\.what) == (what.map { [$0] } ?? []))
    #expect(findings.allSatisfy { $0.severity == .error && $0.line == 1 })
  }

  @Test("a fact of a document that is not there is an error")
  func noDocument() throws {
    let findings = try Self.check(Self.line("fog", document: "nowhere")) { _ in ["nowhere"] }.findings
    #expect(findings.map(\.what) == ["There is no document nowhere."])
  }

  @Test("a fact has to be found within three documents, and 95 of 100 first")
  func retrieval() throws {
    let text = (1...20).map { Self.line("fog", question: "number \($0)?") }.joined(separator: "\n")
    func findings(_ other: [String], for numbers: [Int]) throws -> [KnowledgeFinding] {
      let questions = Set(numbers.map { "number \($0)?" })
      return try Self.check(text) { questions.contains($0) ? other : ["trust"] }.findings
    }
    #expect(try findings(["a", "b", "trust"], for: [7]).map(\.severity) == [.advice])
    #expect(try findings(["a", "b", "c", "trust"], for: [7]).map(\.severity) == [.error])
    #expect(try findings([], for: [7]).map(\.severity) == [.error])
    let two = try findings(["a", "trust"], for: [7, 8])
    #expect(two.map(\.severity) == [.error, .advice, .advice])
    #expect(two.map(\.line) == [nil, 7, 8])
    #expect(two.first?.what == "Only 18 of 20 facts are found in the first passage.")
  }
}
