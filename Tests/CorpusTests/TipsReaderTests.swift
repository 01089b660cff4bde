import Corpus
import Testing

struct TipsReaderTests {
  private static let front = "---\ntitle: Trust\ntopic: trust\naudience: everyone\n---\n\n"

  @Test("a file of tips gives each with its topic, audience and passage")
  func tips() {
    let reading = DocumentReader.read(
      Self.front + """
        ## Keep one small promise

        Do the *smallest* thing
        that you said.

        Today.

        From: mutual-trust#what-it-is

        ## Ask, then wait

        Wait.

        From: trust-and-trustworthiness#how-it-looks
        For: new leads
        """, path: "tips/trust.md")
    #expect(reading.problems.isEmpty)
    #expect(reading.document == nil)
    #expect(
      reading.tips == [
        Tip(
          id: "trust/keep-one-small-promise", title: "Keep one small promise",
          text: "Do the smallest thing that you said. Today.", topic: "trust", audience: "everyone",
          from: PassageID(document: "mutual-trust", section: "what-it-is")),
        Tip(
          id: "trust/ask-then-wait", title: "Ask, then wait", text: "Wait.", topic: "trust", audience: "new leads",
          from: PassageID(document: "trust-and-trustworthiness", section: "how-it-looks")),
      ])
  }

  @Test("the file's name is the topic, and everyone the audience, when nothing else is said")
  func defaults() {
    let tip = DocumentReader.read("## A\n\nText.\n\nFrom: a#b\n", path: "tips/hard-days.md").tips.first
    #expect(tip?.topic == "hard-days")
    #expect(tip?.audience == "everyone")
  }

  @Test(
    "a tip that is not complete is named with its line, and the others stay",
    arguments: [
      ("## B\n\nText.", "does not say where it comes from"), ("## B\n\nFrom: a#b", "has no text"),
      ("## B\n\nText.\n\nFrom: nowhere", "not a passage"), ("## !\n\nText.\n\nFrom: a#b", "no title"),
      ("## A\n\nText.\n\nFrom: a#b", "two tips"), ("## B\n\nText.\n\nFrom:", "does not say"),
    ])
  func faults(second: String, what: String) throws {
    let reading = DocumentReader.read(Self.front + "## A\n\nText.\n\nFrom: a#b\n\n\(second)\n", path: "tips/trust.md")
    #expect(reading.tips.map(\.id) == ["trust/a"])
    let problem = try #require(reading.problems.first)
    #expect(problem.what.contains(what), "\(problem)")
    #expect(problem.line == 13)
    #expect(reading.problems.count == 1)
  }

  @Test("fields of a document are not known in a file of tips")
  func unknownField() {
    let reading = DocumentReader.read("---\nquestions: [a]\n---\n## A\n\nText.\n\nFrom: a#b\n", path: "tips/trust.md")
    #expect(reading.tips.count == 1)
    #expect(reading.problems.first?.remedy == "Known are audience, title, topic.")
  }
}
