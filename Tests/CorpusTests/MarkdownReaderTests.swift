import Corpus
import Testing

struct MarkdownReaderTests {
  private static let full = """
    ---
    title: Personal power
    summary: >-
      Power that people give you.
      Nobody can take it away.
    aliases: [influence without authority, "expert: power"]
    questions:
      - How do I lead without a title?
      - Why do they follow?
    related: [trust]
    sources:
      - Inner Leadership, Westside Toastmasters
      - A second book
    ---

    ## What it is

    > The lead of this
    > section, in two lines.

    A first *paragraph* with `code` and a [link](https://example.org).

    - one item
    - another
      - inside

    **Try this:** If a meeting ends, then ask one person.

    **Ask yourself:** Who asked you last?

    ## Why it matters

    Only a paragraph.
    """

  @Test("a document of the house gives every field and passage")
  func house() throws {
    let reading = DocumentReader.read(Self.full, path: "concepts/personal-power.md")
    let document = try #require(reading.document)
    #expect(reading.problems.isEmpty)
    #expect(document.slug == "personal-power")
    #expect(document.kind == .concept)
    #expect(document.title == "Personal power")
    #expect(document.summary == "Power that people give you. Nobody can take it away.")
    #expect(document.aliases == ["influence without authority", "expert: power"])
    #expect(document.questions == ["How do I lead without a title?", "Why do they follow?"])
    #expect(document.related == ["trust"])
    #expect(document.passages.map(\.id.rawValue) == ["personal-power#what-it-is", "personal-power#why-it-matters"])
    let first = try #require(document.passages.first)
    #expect(first.lead == "The lead of this section, in two lines.")
    #expect(first.practice == "If a meeting ends, then ask one person.")
    #expect(first.question == "Who asked you last?")
    #expect(
      first.text == """
        The lead of this section, in two lines.
        A first paragraph with code and a link.
        - one item
        - another
        - inside
        """)
    #expect(first.title == "Personal power: What it is")
    #expect(first.source == "Inner Leadership, Westside Toastmasters; A second book")
    #expect(document.passages.last?.lead == nil)
  }

  @Test(
    "the folder says the kind",
    arguments: [
      ("concepts/a.md", Document.Kind.concept), ("practices/a.md", .practice), ("a.md", .other),
      ("team/concepts/a.md", .concept), ("concepts.md", .other), ("glossary.md", .other),
    ])
  func kind(path: String, kind: Document.Kind) {
    #expect(DocumentReader.read("Text.", path: path).document?.kind == kind)
  }

  @Test(
    "a file without front matter takes its title from the first heading, else from its name",
    arguments: [
      ("# Our way\n\nText.", "Our way"), ("Text.", "On call rules"), ("## Later\n\nText.", "On call rules"),
      ("---\n\nA rule above, no front matter.", "On call rules"),
    ])
  func title(text: String, title: String) {
    let reading = DocumentReader.read(text, path: "team/on-call_rules.md")
    #expect(reading.document?.title == title)
    #expect(reading.problems.isEmpty)
    #expect(reading.document?.passages.first?.source == "team/on-call_rules.md")
  }

  @Test("headings of any level make sections that keep their path")
  func headings() {
    let passages = DocumentReader.passages(
      """
      # Handbook

      Before the first heading.

      ## Leave

      ### Sick leave

      Call in.

      #### Doctor

      From day three.

      ## Pay

      Monthly.
      """)
    #expect(passages.map(\.id.section) == ["start", "sick-leave", "doctor", "pay"])
    #expect(passages.map(\.heading) == [[], ["Leave", "Sick leave"], ["Leave", "Sick leave", "Doctor"], ["Pay"]])
    #expect(passages.map(\.documentTitle) == ["Handbook", "Handbook", "Handbook", "Handbook"])
  }

  @Test("ids are unique in a document, whatever its headings are")
  func uniqueIDs() {
    let passages = DocumentReader.passages(
      "## Plan\n\na\n\n## Plan\n\nb\n\n## Plan 2\n\nc\n\n## \u{4E2D}\n\nd\n\n## !\n\ne\n\n##\n\nf")
    #expect(passages.map(\.id.section) == ["plan", "plan-2", "plan-2-2", "section", "section-2", "start"])
  }

  @Test("a table's rows read as list items with the names of their columns")
  func table() {
    let passages = DocumentReader.passages("| Role | Days |\n| --- | --- |\n| Lead | *two* |\n| Deputy | |\n")
    #expect(passages.map(\.text) == ["- Role: Lead; Days: two\n- Role: Deputy"])
  }

  @Test(
    "what a browser would run, fetch or hide is not in the text",
    arguments: [
      ("a <b>bold</b> <!-- secret --> word", "a bold word"),
      ("<script>alert(1)</script>\n\nText.", "Text."),
      ("<div><p>In a block</p><style>p{}</style></div>", "In a block"),
      ("![an image](http://tracker.example/p.gif) here", "an image here"),
      ("[click](javascript:alert(1))", "click"),
      ("a&#8238;b&#x202E;c\u{202E}d\u{E0041}e", "abcde"),
      ("bell\u{7}esc\u{1B}[31m", "bellesc[31m"),
      ("zero\u{200B}width&#0;", "zerowidth\u{FFFD}"),
    ])
  func harmless(markdown: String, text: String) {
    #expect(DocumentReader.passages(markdown).map(\.text) == [text])
  }

  @Test(
    "only the labels of the house make a step or a question",
    arguments: [
      ("**Note:** text", nil, nil, "Lead.\nNote: text"), ("**try this:** If a, then b.", "If a, then b.", nil, "Lead."),
      ("**Try this**: If a, then b.", nil, nil, "Lead.\nTry this: If a, then b."),
      ("Text **Try this:** If a.", nil, nil, "Lead.\nText Try this: If a."),
      ("**Ask yourself:** What\nnow?", nil, "What now?", "Lead."),
    ] as [(String, String?, String?, String)])
  func labels(markdown: String, practice: String?, question: String?, text: String) throws {
    let passage = try #require(DocumentReader.passages("> Lead.\n\n" + markdown).first)
    #expect(passage.practice == practice)
    #expect(passage.question == question)
    #expect(passage.text == text)
  }

  @Test("quotes and lists without end are refused by line", arguments: ["> ", ">", "- ", "1. ", "> - "])
  func tooDeep(unit: String) {
    let reading = DocumentReader.read("First.\n\n" + String(repeating: unit, count: 100_000) + "\nx\n")
    #expect(reading.document == nil)
    #expect(reading.problems.map(\.what) == ["Quotes or lists are nested too deeply."])
    #expect(reading.problems.first?.line == 3)
  }

  @Test(
    "marks without end are read in the time of their length",
    arguments: [
      "[", "![", "*a _b ", "`a``b", "|a", "* a\n * b\n", "[a]: b\n", "|a|\n|-|\n", "<a ", "&", "*_", "](", "---\n",
      "\\",
    ])
  func endless(unit: String) {
    let reading = DocumentReader.read(
      "First.\n\n" + String(repeating: unit, count: 100_000) + "\n" + String(repeating: "x\n", count: 100_000))
    #expect(reading.problems.isEmpty)
    #expect(reading.document?.passages.first?.text.hasPrefix("First.") == true)
  }

  @Test(
    "a file without text is named", arguments: ["", "\n\n", "## Only a heading", "---\ntitle: A\n---\n", "[a]: /b"])
  func empty(text: String) {
    let reading = DocumentReader.read(text)
    #expect(reading.document == nil)
    #expect(reading.problems.map(\.severity) == [.refused])
  }
}
