import Coaching
import Testing

@Suite("The templates")
struct TemplatesTests {
  @Test("those of the project are complete, and each states its inputs on its second line")
  func complete() throws {
    let texts = try Shelf.templateTexts()
    #expect(throws: Never.self) { try Templates(texts: texts) }
    #expect(Set(texts.keys) == Set(Templates.Name.allCases.map(\.rawValue)))
    for (name, text) in texts {
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      #expect(lines.count > 2 && lines[0] == "{{% CONTENT_TYPE: TEXT}}" && lines[1].hasPrefix("{{! "), "\(name)")
    }
  }

  @Test("what is missing and what does not parse is told all at once, by name")
  func problems() throws {
    var texts = try Shelf.templateTexts()
    texts["answer"] = nil
    texts["tip"] = "{{#title}} never closed"
    texts["why"] = "{{#reasons}}"
    texts["help"] = "{{/commands}}"
    let problems = try #require(throws: Templates.Problems.self) { try Templates(texts: texts) }
    #expect(Set(problems.problems.map(\.name)) == ["answer", "tip", "why", "help"])
    #expect(problems.problems.first { $0.name == "answer" }?.what.hasPrefix("is missing") == true)
    #expect(problems.description.split(separator: "\n").count >= 4)
    #expect(problems.description.contains("answer.mustache: is missing"))
  }

  @Test("with no file at all, every name is told")
  func allMissing() throws {
    let problems = try #require(throws: Templates.Problems.self) { try Templates(texts: [:]) }
    #expect(problems.problems.count == Templates.Name.allCases.count)
  }

  @Test("further files are ignored")
  func further() throws {
    var texts = try Shelf.templateTexts()
    texts["of-somebody"] = "{{#never closed"
    #expect(throws: Never.self) { try Templates(texts: texts) }
  }

  @Test(
    "values are neither escaped nor taken for templates",
    arguments: [
      "a < b && c > \"d\" 'e'", "{{answer}} {{#practice}}", "{{{x}}} {{! no }}", "$HOME `id` %s \\n",
    ])
  func values(text: String) throws {
    let templates = try Shelf.templates.get()
    #expect(templates.render(.answer, ["answer": text, "citations": "c"]) == "\(text)\n[c]")
  }

  @Test(
    "empty lines, control characters and space at the ends of lines go, however its file ends lines",
    arguments: [
      "one\n\n{{x}}  \n \n\nthree\n", "one\r\n\r\n{{x}}\t\r\n\t\r\nthree\r\n", "one\u{7}\n{{x}} \u{1B}\n\u{0}\nthree",
      "one\u{2028}{{x}}\u{85}three", "one\r{{x}}\rthree",
    ])
  func lines(template: String) throws {
    var texts = try Shelf.templateTexts()
    texts["goodbye"] = template
    #expect(try Templates(texts: texts).render(.goodbye, ["x": "two"]) == "one\ntwo\nthree")
  }

  @Test("the project's own templates do as well with the line ends of Windows")
  func windows() throws {
    let texts = try Shelf.templateTexts().mapValues { $0.replacing("\n", with: "\r\n") }
    let (ours, theirs) = (try Shelf.templates.get(), try Templates(texts: texts))
    let inputs: [String: Any] = [
      "answer": "A.", "practice": "P.", "citations": "c", "near": [["title": "T", "document": "d"]], "any": true,
    ]
    for name in Templates.Name.allCases {
      let text = theirs.render(name, inputs)
      #expect(text == ours.render(name, inputs), "\(name)")
      #expect(!text.unicodeScalars.contains("\r"), "\(name)")
    }
  }

  @Test("optional parts leave no trace")
  func optional() throws {
    let templates = try Shelf.templates.get()
    #expect(templates.render(.answer, ["answer": "A.", "citations": "c"]) == "A.\n[c]")
    #expect(templates.render(.moreEnd) == "That is all that I have on it.")
    #expect(templates.render(.greeting).split(separator: "\n").count == 1)
  }
}
