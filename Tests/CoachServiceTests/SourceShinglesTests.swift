import CoachService
import Corpus
import Testing

@Suite("Sentences taken from a source")
struct SourceShinglesTests {
  static let source = """
    The mate on duty decides about the deck, and nobody else does. Of the crew, 70 percent of Men in 1994 and 20 in 1995. "Do You \
    Consider Yourself a Leader or a Follower," 1994.
    """

  @Test(
    "eight words in a row are found, whatever stands between them",
    arguments: [
      ("the mate on duty decides about the deck", ["the mate on duty decides about the deck"]),
      ("Here THE MATE (on duty) decides: about the deck! Well", ["the mate on duty decides about the deck"]),
      (
        "So the mate on duty decides about the deck and nobody asks.",
        ["the mate on duty decides about the deck and nobody"]
      ),
      ("The mate on duty decides about a deck.", []),
      ("mate on duty decides about the deck", []),
      ("The survey \"Do You Consider Yourself a Leader or a Follower\" of 1994.", []),
      ("70 percent of men in 1994 and 20 in 1995", []),
      ("", []),
    ])
  func runs(text: String, runs: [String]) {
    #expect(SourceShingles(of: Self.source).runs(in: text) == runs)
  }

  @Test("two runs apart are two findings")
  func twoRuns() {
    let shingles = SourceShingles(of: "one two three four five six seven eight nine. a b c d e f g h")
    #expect(shingles.runs(in: "one two three four five six seven eight, but a b c d e f g h").count == 2)
  }

  @Test("the hash is FNV-1a over the words, so that the file means the same everywhere")
  func hash() {
    let text = SourceShingles(of: "The mate on duty decides about the deck.").fileText
    #expect(text.split(separator: "\n").filter { !$0.hasPrefix("#") } == ["8fdd089a13e1148e"])
  }

  @Test("the file of hashes reads back as it was written")
  func roundTrip() throws {
    let shingles = SourceShingles(of: Self.source)
    #expect(try withFile(shingles.fileText) { try SourceShingles.reading(hashes: $0) } == shingles)
    #expect(try withFile(Self.source) { try SourceShingles.reading(source: $0) } == shingles)
    let lines = shingles.fileText.split(separator: "\n").filter { !$0.hasPrefix("#") }
    #expect(lines == lines.sorted() && lines.count == shingles.count)
  }

  @Test(
    "a damaged file of hashes is refused with its line",
    arguments: [
      ("# a\n\n0123456789abcdef\n0123\n", "line 4"), ("0123456789abcdeg\n", "line 1"), ("# nothing\n", "no hashes"),
    ])
  func damaged(text: String, place: String) throws {
    let failure = #expect(throws: Failure.self) { try withFile(text) { try SourceShingles.reading(hashes: $0) } }
    #expect(failure?.status == .data && failure?.description.contains(place) == true)
  }

  @Test("a run is found wherever a person reads it: summary, question, paragraph, step and tip")
  func places() {
    let run = "the mate on duty decides about the deck"
    var page = KnowledgePage.concept()
    page.front["summary"] = KnowledgePage.words(35) + " " + run
    page.front["questions"] = "[is it true that \(run)?]"
    page.sections[0].paragraph += " \(run.uppercased())."
    page.sections[1].step = "If there is fog, then \(run), and then we all wait."
    let tips = KnowledgePage.tips([("Wait", KnowledgePage.words(20) + " " + run)])
    var check = KnowledgeCheck(Library([page.reading, KnowledgePage.practice().reading, tips]))
    let before = check.errorCount
    check.checkSharedRuns(with: SourceShingles(of: Self.source))
    let found = check.findings.filter { $0.what.contains("stand in the source text too") }
    #expect(check.errorCount - before == 5 && found.count == 5, "\(check.findings)")
    #expect(found.compactMap(\.section) == ["what-it-is", "why-it-matters"])
  }
}
