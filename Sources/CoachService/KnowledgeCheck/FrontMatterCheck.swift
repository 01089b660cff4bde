import Corpus

/// Whether a concept or practice says above its text what finding it and citing it need. (A title it always has: without one
/// the reader makes it of the file's name.)
enum FrontMatterCheck {
  static func findings(_ document: Document) -> [KnowledgeFinding] {
    guard DocumentForm(of: document.kind) != nil else { return [] }
    var findings: [KnowledgeFinding] = []
    func missing(_ what: String, _ remedy: String) {
      findings.append(KnowledgeFinding(.error, path: document.path, what: what, remedy: remedy))
    }
    if let summary = document.summary {
      let count = summary.wordCount
      if !DocumentForm.summary.contains(count) {
        missing("The summary has \(count) words.", "Write \(DocumentForm.summary.inWords).")
      }
    } else {
      missing("There is no summary.", "Add summary: two or three sentences that say what it is.")
    }
    if document.aliases.isEmpty {
      missing("There are no aliases.", "Add aliases: other names that people use for the subject.")
    }
    if document.questions.count < DocumentForm.fewestQuestions {
      missing(
        "There are \(document.questions.count) questions.",
        "Write at least \(DocumentForm.fewestQuestions) that it answers, in the words of those who ask.")
    }
    if document.related.isEmpty {
      missing("No related document is named.", "Add related: the file names of one or more, without .md.")
    }
    if document.sources.isEmpty { missing("No source is named.", "Add sources: who says so.") }
    return findings
  }
}

extension ClosedRange<Int> {
  /// `35 to 60 words`
  var inWords: String { "\(lowerBound) to \(upperBound) words" }
}
