import Corpus
import Retrieval

/// Whether every section of a concept or practice has its lead, its if-then step and its open question, in their form.
enum SectionCheck {
  static func findings(_ document: Document) -> [KnowledgeFinding] {
    guard DocumentForm(of: document.kind) != nil else { return [] }
    var headings: Set<String> = []
    return DocumentSection.sections(of: document).flatMap { section in
      var faults = headingFaults(section.heading)
      if let heading = section.heading.last, !headings.insert(Slug.make(heading)).inserted {
        faults.append(("The heading \"\(heading)\" stands twice.", "Name the sections differently."))
      }
      faults += leadFaults(section.lead) + stepFaults(section.practice) + questionFaults(section.question)
      return faults.map { fault in
        KnowledgeFinding(
          .error, path: document.path, section: section.id.section, what: fault.what, remedy: fault.remedy)
      }
    }
  }

  private typealias Fault = (what: String, remedy: String)

  private static func headingFaults(_ heading: [String]) -> [Fault] {
    switch heading.count {
    case 0: [("There is text before the first heading.", "Put it under a ## heading, or into the summary.")]
    case 1: []
    default: [("The heading stands below another one.", "Use ## for every section.")]
    }
  }

  private static func leadFaults(_ lead: String?) -> [Fault] {
    lead != nil ? [] : [("There is no lead.", "Begin the section with a block quote (>) that answers by itself.")]
  }

  private static func stepFaults(_ step: String?) -> [Fault] {
    guard let step else {
      return [("There is no step.", "Add a paragraph **Try this:** If something happens, then do one small thing.")]
    }
    guard step.hasPrefix("If "), step.contains(", then ") else {
      return [
        ("The step is not of the form \"If ..., then ...\".", "Begin with If, and put \", then\" before the act.")
      ]
    }
    return []
  }

  private static func questionFaults(_ question: String?) -> [Fault] {
    guard let question else {
      return [("There is no question.", "Add a paragraph **Ask yourself:** with one open question.")]
    }
    var faults: [Fault] = []
    let words = Analyzer().tokens(of: question).map(\.word)
    if !question.hasSuffix("?") { faults.append(("The question does not end in \"?\".", "End it so.")) }
    if Sentences.of(question).count > 1 {
      faults.append(("The question is more than one sentence.", "Keep the sentence that asks."))
    }
    if question.wordCount > DocumentForm.longestQuestion {
      faults.append(
        ("The question has \(question.wordCount) words.", "Write at most \(DocumentForm.longestQuestion)."))
    }
    if words.contains("why") {
      faults.append(("The question asks \"why\", which calls for a defence.", "Ask what or how, looking forward."))
    }
    if let first = words.first, closedOpenings.contains(first) {
      faults.append(
        (
          "The question begins with \"\(first)\", so yes or no answers it.", "Begin with what, who or how."
        ))
    }
    return faults
  }

  /// Verbs with which an English yes-or-no question begins.
  private static let closedOpenings: Set<String> = [
    "is", "are", "am", "was", "were", "do", "does", "did", "can", "could", "will", "would", "shall", "should", "may",
    "might", "must", "have", "has", "had", "isn't", "aren't", "wasn't", "weren't", "don't", "doesn't", "didn't",
    "can't", "couldn't", "won't", "wouldn't", "shouldn't", "haven't", "hasn't", "hadn't",
  ]
}
