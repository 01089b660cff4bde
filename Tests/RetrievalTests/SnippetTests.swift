import Retrieval
import Testing

@Suite struct SnippetTests {
  @Test(
    "text is cut at the ends of sentences",
    arguments: [
      ("One. Two! Three?", ["One.", "Two!", "Three?"]),
      ("He said \"Stop.\" Then he left.", ["He said \"Stop.\"", "Then he left."]),
      (
        "Use tools, e.g. a list, or cf. Dr. Smith. Then rest.",
        ["Use tools, e.g. a list, or cf. Dr. Smith.", "Then rest."]
      ),
      ("J. R. Oppenheimer led. I did.", ["J. R. Oppenheimer led.", "I did."]),
      ("It was I. They left.", ["It was I.", "They left."]),
      ("About 3.5 percent. Version 2.0 came.", ["About 3.5 percent.", "Version 2.0 came."]),
      ("wait... what? yes", ["wait... what? yes"]),
      ("First line\nsecond line. Third", ["First line", "second line.", "Third"]),
      ("(All of it.) And more…  Done", ["(All of it.)", "And more…", "Done"]),
      ("", []), ("  \n ", []), ("...", ["..."]),
    ])
  func sentences(text: String, expected: [String]) {
    #expect(Sentences.of(text).map(String.init) == expected)
  }

  private static let text = """
    Offices have rules. Titles come and go. Personal power comes from expertise. It stays when the title goes. \
    Nobody can take it away. Trust is its root.
    """

  private static func query(_ question: String) throws -> Query {
    try Index.of([
      Record(id: "a", body: Self.text), Record(id: "b", body: "Something else."),
      Record(id: "c", body: "And more of it."),
      Record(id: "d", body: "Quite another matter."),
    ]).query(question)
  }

  @Test("the sentences that hold most of the question are taken, and its words marked")
  func best() throws {
    let snippet = try #require(Snippet.best(of: Self.text, for: try Self.query("what is personal power?")))
    #expect(snippet.text == "Personal power comes from expertise.")
    #expect(snippet.marks.map { String(snippet.text[$0]) } == ["Personal", "power"])
    #expect(snippet.firstSentence == 2 && snippet.sentenceCount == 1)
  }

  @Test("neighbouring sentences are joined where each adds to the answer, up to the limits")
  func joined() throws {
    let query = try Self.query("expertise root nobody")
    let three = try #require(Snippet.best(of: Self.text, for: query))
    #expect(three.text == "Nobody can take it away. Trust is its root.")
    let one = try #require(Snippet.best(of: Self.text, for: query, sentenceLimit: 1))
    #expect(one.sentenceCount == 1)
    let short = try #require(Snippet.best(of: Self.text, for: query, characterLimit: 30))
    #expect(short.sentenceCount == 1)
  }

  @Test("a text without a word of the question gives its beginning, and one without words nothing")
  func without() throws {
    let query = try Self.query("elephants")
    let snippet = try #require(Snippet.best(of: Self.text, for: query))
    #expect(snippet.text == "Offices have rules." && snippet.marks.isEmpty)
    #expect(Snippet.best(of: "", for: query) == nil)
  }

  @Test("marks stand right behind accents and other wide characters")
  func accents() throws {
    let text = "Ünïcödé läßt grüßen. „Trust“ — naïve trust’s “power” 👩‍👩‍👧 trust."
    let snippet = try #require(Snippet.best(of: text, for: try Self.query("trust")))
    #expect(snippet.marks.map { String(snippet.text[$0]) } == ["Trust", "trust’s", "trust"])
  }

  @Test("marked words can be shown with a sign")
  func marked() throws {
    let index = try Index.of([Record(id: "a", body: Self.text)])
    let snippet = try #require(Snippet.best(of: Self.text, for: index.query("powerful expertise"), sentenceLimit: 1))
    #expect(snippet.marked(with: "*") == "Personal *power* comes from *expertise*.")
    #expect(snippet.marked(with: "") == snippet.text)
  }
}
