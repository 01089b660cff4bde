import Corpus
import Testing

struct FrontMatterTests {
  @Test(
    "front matter that is not plain is refused, by line and with what to do",
    arguments: [
      ("title: a\ntitle: b", 2, "stands twice"),
      ("title: &t a", 2, "anchor"),
      ("title: &t a\nsummary: *t", nil, "anchor"),
      ("a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]", nil, "anchor"),
      ("? &a [x]\n: &b [*a, *a]\n? [*b, *b]\n: y", nil, "anchor"),
      ("title: !!python/object a", 2, "tag"),
      ("aliases: !set [a]", 2, "tag"),
      ("<<: {title: a}", 2, "merge key"),
      ("title: [a", nil, "not YAML"),
      ("title: a: b", 2, "not YAML"),
      ("- a\n- b", 2, "not a list of fields"),
      ("just words", 2, "not a list of fields"),
      ("? [a]\n: b", 2, "not a word"),
      ("title: *nowhere", 2, "not YAML"),
      ("\ttitle: a", 2, "not YAML"),
    ] as [(String, Int?, String)])
  func refused(yaml: String, line: Int?, what: String) throws {
    let reading = DocumentReader.read("---\n\(yaml)\n---\nText.\n")
    #expect(reading.document == nil)
    let problem = try #require(reading.problems.first)
    #expect(reading.problems.count == 1)
    #expect(problem.severity == .refused)
    #expect(problem.what.contains(what), "\(problem)")
    if let line { #expect(problem.line == line) }
  }

  @Test("front matter of more than 8 KiB, or without an end, is refused")
  func size() {
    let long = "---\nsummary: \(String(repeating: "word ", count: 1700))\n---\nText."
    #expect(DocumentReader.read(long).problems.first?.what == "The front matter is longer than 8 KiB.")
    #expect(DocumentReader.read("---\ntitle: a\n\nText.").problems.first?.what == "The front matter does not end.")
  }

  @Test("deep nesting is refused without harm", arguments: ["[", "{", "- ", "? ", "a: [", "{a: "])
  func deep(opener: String) {
    let yaml = String(repeating: opener, count: 8000 / opener.utf8.count)
    let reading = DocumentReader.read("---\ntitle: a\nb: \(yaml)\n---\nText.")
    #expect(reading.problems.count == 1)
    #expect(DocumentReader.read("---\n\(yaml)\n---\nText.").document == nil)
  }

  @Test(
    "an unknown field is named with the nearest known one, and the file is served",
    arguments: [
      ("titel: A", "Did you mean \"title\"?"), ("alias: [a]", "Did you mean \"aliases\"?"),
      ("2024: me", "Known are aliases, questions, related, sources, summary, title."),
      ("author: me", "Known are aliases, questions, related, sources, summary, title."),
    ])
  func unknown(field: String, remedy: String) throws {
    let reading = DocumentReader.read("---\n\(field)\n---\nText.")
    #expect(reading.document != nil)
    let problem = try #require(reading.problems.first)
    #expect(problem.severity == .warning)
    #expect(problem.line == 2)
    #expect(problem.remedy == remedy)
  }

  @Test(
    "a value of the wrong form is named with its line and passed over",
    arguments: [
      ("summary: a\ntitle: [a]", 3), ("summary: a\naliases: one", 3), ("summary: a\nquestions: {a: b}", 3),
      ("aliases:\n  - a\n  - [b]", 4), ("title:", 2),
    ])
  func wrongForm(yaml: String, line: Int) throws {
    let reading = DocumentReader.read("---\n\(yaml)\n---\nText.")
    #expect(reading.document != nil)
    let problem = try #require(reading.problems.first)
    #expect(problem.severity == .warning)
    #expect(problem.line == line)
  }

  @Test("a number or a date is a text, and marks within a text mean nothing")
  func texts() {
    let reading = DocumentReader.read(
      "---\ntitle: 360\nsummary: '*not* an alias & not an anchor'\naliases: [2024-01-01, yes, \"\\u202Ehidden\"]\n---\nText."
    )
    #expect(reading.problems.isEmpty)
    #expect(reading.document?.title == "360")
    #expect(reading.document?.summary == "*not* an alias & not an anchor")
    #expect(reading.document?.aliases == ["2024-01-01", "yes", "hidden"])
  }

  @Test("line numbers below front matter are those of the file")
  func lines() {
    let reading = DocumentReader.read("---\ntitle: T\n---\n\n## A tip\n\nText.\n", path: "tips/t.md")
    #expect(reading.problems.first?.line == 5)
  }
}
