import Corpus

/// Whether the knowledge repeats the source text word for word: facts and names carry over, sentences do not.
enum SharedRunCheck {
  static func findings(_ document: Document, _ shingles: SourceShingles) -> [KnowledgeFinding] {
    let front = [document.title, document.summary ?? ""] + document.aliases + document.allQuestions
    var findings = front.flatMap { Self.findings($0, document.path, nil, shingles) }
    for section in DocumentSection.sections(of: document) {
      let paragraphs = section.text.split(separator: "\n").map(String.init)
      let texts = paragraphs + [section.practice, section.question].compactMap(\.self)
      findings += texts.flatMap { Self.findings($0, document.path, section.id.section, shingles) }
    }
    return findings
  }

  static func findings(_ tip: Tip, _ shingles: SourceShingles) -> [KnowledgeFinding] {
    findings(tip.text, tip.path, nil, shingles)
  }

  private static func findings(
    _ text: String, _ path: String, _ section: String?, _ shingles: SourceShingles
  ) -> [KnowledgeFinding] {
    shingles.runs(in: text).map { run in
      KnowledgeFinding(
        .error, path: path, section: section,
        what: "\(run.wordCount) words in a row stand in the source text too: \"\(run.prefix(200))\".",
        remedy: "Say it in other words.")
    }
  }
}
