import Corpus

/// Whether documents, sections, leads and tips have the length that `DocumentForm` gives them.
enum LengthCheck {
  static func findings(_ document: Document) -> [KnowledgeFinding] {
    guard let form = DocumentForm(of: document.kind) else { return [] }
    let sections = DocumentSection.sections(of: document)
    var findings: [KnowledgeFinding] = []
    if !form.sections.contains(sections.count) {
      findings.append(
        KnowledgeFinding(
          .error, path: document.path, what: "It has \(sections.count) sections.",
          remedy: "Write \(form.sections.lowerBound) to \(form.sections.upperBound), each under its own ## heading."))
    }
    let body = sections.reduce(0) {
      $0 + $1.text.wordCount + ($1.practice?.wordCount ?? 0) + ($1.question?.wordCount ?? 0)
    }
    findings += finding(body, form.body, "The document", document.path, nil)
    for section in sections {
      let place = section.id.section
      findings += finding(section.text.wordCount, form.section, "The section", document.path, place)
      if let lead = section.lead { findings += finding(lead.wordCount, form.lead, "The lead", document.path, place) }
      if let step = section.practice {
        findings += finding(step.wordCount, DocumentForm.step, "The step", document.path, place)
      }
    }
    return findings
  }

  static func findings(_ tip: Tip) -> [KnowledgeFinding] {
    finding(tip.text.wordCount, DocumentForm.tip, "The tip \"\(tip.title)\"", tip.path, nil)
  }

  private static func finding(
    _ count: Int, _ range: ClosedRange<Int>, _ what: String, _ path: String, _ section: String?
  ) -> [KnowledgeFinding] {
    if range.contains(count) { return [] }
    return [
      KnowledgeFinding(
        .error, path: path, section: section, what: "\(what) has \(count) words.", remedy: "Write \(range.inWords).")
    ]
  }
}

extension Tip {
  /// Its id among the tips: a tip knows its topic, and not the name of its file.
  var path: String { "tips/\(id)" }
}
