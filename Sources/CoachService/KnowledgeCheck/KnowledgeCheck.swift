package import Corpus
import Dialogue

/// Whether the knowledge keeps to its form and holds what it should: all that can be told without a reader.
///
/// Concepts and practices have a form (`DocumentForm`); other documents of a team are asked for nothing but links that lead
/// somewhere. Each rule stands in a file of its own.
package struct KnowledgeCheck: Sendable {
  private var unsorted: [KnowledgeFinding]
  private let library: Library
  private(set) var facts: FactCheck.Figures?

  /// Checks the form of every document and tip. Complexity: linear in the text, quadratic in the number of tips.
  package init(_ library: Library) {
    self.library = library
    unsorted = library.documents.flatMap { document in
      FrontMatterCheck.findings(document) + LengthCheck.findings(document) + SectionCheck.findings(document)
    }
    unsorted += library.tips.flatMap { LengthCheck.findings($0) }
    unsorted += NearDuplicateTips.findings(library.tips)
  }

  /// By path.
  package var findings: [KnowledgeFinding] { unsorted.sorted(by: KnowledgeFinding.precedes) }

  package var errorCount: Int { unsorted.count { $0.severity == .error } }

  /// Takes up what reading the folders found: links that lead nowhere and the like. What was read and then passed over is an
  /// error; a file that is no knowledge at all is advice.
  package mutating func add(_ problems: [Problem]) {
    let ofContent = library.problems
    unsorted += problems.map { problem in
      KnowledgeFinding(
        problem.severity == .refused || ofContent.contains(problem) ? .error : .advice, path: problem.path,
        line: problem.line, what: problem.what, remedy: problem.remedy)
    }
  }

  package mutating func checkReadingEase() {
    unsorted += library.documents.flatMap(ReadingEase.findings)
  }

  package mutating func checkSharedRuns(with shingles: SourceShingles) {
    unsorted += library.documents.flatMap { SharedRunCheck.findings($0, shingles) }
    unsorted += library.tips.flatMap { SharedRunCheck.findings($0, shingles) }
  }

  /// - Parameter ranking: the slugs of the documents that a question finds, best first.
  package mutating func checkQuestions(ranking: (String) -> [String]) {
    unsorted += library.documents.flatMap { OwnQuestionCheck.findings($0, ranking: ranking) }
  }

  /// - Parameter ranking: the slugs of the documents that a question finds, best first.
  package mutating func check(_ table: FactTable, ranking: (String) -> [String]) {
    let check = FactCheck(table, library, ranking: ranking)
    unsorted += check.findings
    facts = check.figures
  }
}

extension KnowledgeCheck {
  package var report: Report {
    let findings = findings
    let errors = errorCount
    let advice = findings.count - errors
    let questions = library.documents.reduce(0) { $0 + $1.questions.count }
    let further = library.documents.reduce(0) { $0 + $1.furtherQuestions.count }
    var lines = findings.map(\.description)
    lines.append(
      "Documents: \(library.documents.count), questions: \(questions), further questions: \(further), "
        + "tips: \(library.tips.count), errors: \(errors), advice: \(advice).")
    var object = JSONObject()
    object.add("ok", errors == 0)
    object.add("documents", library.documents.count)
    object.add("questions", questions)
    object.add("furtherQuestions", further)
    object.add("tips", library.tips.count)
    object.add("errors", errors)
    object.add("advice", advice)
    if let facts {
      lines.append(
        "Facts: \(facts.count), found in the first passage: \(facts.first), within three documents: \(facts.inThree).")
      var member = JSONObject()
      member.add("count", facts.count)
      member.add("first", facts.first)
      member.add("inThree", facts.inThree)
      object.add("facts", object: member.finished())
    }
    object.add("findings", array: findings.map(\.json))
    return Report(text: lines.joined(separator: "\n"), json: object.finished())
  }
}
