import Corpus

/// Gives a body the path of a file with this text, which is gone afterwards.
func withFile<Result>(_ text: String, _ body: (String) throws -> Result) throws -> Result {
  let bench = try Bench()
  return try withExtendedLifetime(bench) { try body(try bench.write(text, to: "file.txt")) }
}

/// A document as somebody writes it, in good form until a test spoils it.
struct KnowledgePage: Sendable {
  struct Section: Sendable {
    var heading: String
    var lead: String?
    var paragraph: String
    var step: String?
    var question: String?
  }

  var path: String
  var front: [String: String]
  var sections: [Section]

  static func concept(_ slug: String = "trust", related: String = "listening") -> KnowledgePage {
    KnowledgePage(
      path: "concepts/\(slug).md", front: front(related: related),
      sections: ["What it is", "Why it matters", "When this advice is wrong", "What the source says"].map {
        section($0, lead: 40, paragraph: 90)
      })
  }

  static func practice(_ slug: String = "listening", related: String = "trust") -> KnowledgePage {
    KnowledgePage(
      path: "practices/\(slug).md", front: front(related: related),
      sections: ["What to do", "Seen from above, beside and below", "When this advice is wrong"].map {
        section($0, lead: 30, paragraph: 60)
      })
  }

  private static func front(related: String) -> [String: String] {
    [
      "summary": words(40) + ".", "aliases": "[one, two]", "related": "[\(related)]", "sources": "[a handbook]",
      "questions": "[" + (1...6).map { "what about case \($0)?" }.joined(separator: ", ") + "]",
    ]
  }

  private static func section(_ heading: String, lead: Int, paragraph: Int) -> Section {
    Section(
      heading: heading, lead: words(lead) + ".", paragraph: words(paragraph) + ".",
      step: "If the bell rings, then " + words(15) + ".", question: "What could you leave to somebody else?")
  }

  /// So many different-looking short words.
  static func words(_ count: Int) -> String {
    let cycle = ["a", "calm", "team", "finds", "time", "for", "what", "the", "day", "needs", "and", "says", "so"]
    return (0..<count).map { cycle[$0 % cycle.count] }.joined(separator: " ")
  }

  var text: String {
    var lines = ["---", "title: A page"]
    lines += front.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
    lines.append("---")
    for section in sections {
      lines += [
        "", "## \(section.heading)", "", section.lead.map { "> \($0)\n" } ?? "", section.paragraph, "",
        section.step.map { "**Try this:** \($0)\n" } ?? "", section.question.map { "**Ask yourself:** \($0)" } ?? "",
      ]
    }
    return lines.joined(separator: "\n") + "\n"
  }

  var reading: Reading { Self.read(text, path) }

  static func read(_ text: String, _ path: String) -> Reading {
    DocumentReader.read(Array(text.utf8), path: path)
  }

  /// A tips file of one topic: titles and texts.
  static func tips(_ tips: [(title: String, text: String)], from: String = "trust#what-it-is") -> Reading {
    let entries = tips.map { "## \($0.title)\n\n\($0.text)\n\nFrom: \(from)\n" }
    return read(
      "---\ntitle: Trust\ntopic: trust\naudience: everyone\n---\n\n" + entries.joined(separator: "\n"), "tips/trust.md")
  }
}
