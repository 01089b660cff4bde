package import Corpus
import Retrieval

/// What judged questions share with the questions that the documents name themselves. A set that repeats them measures
/// nothing but memory.
package struct OwnWords: Sendable, Equatable {
  /// Questions with an acceptable document, follow-ups left out: these mean nothing by themselves.
  package var count = 0
  /// Of these, how many share no content word (no stem but stop words) with a question that one of their documents names
  /// in its own file.
  package var strange = 0
  /// Of these, how many share none with the further questions of their documents either.
  package var stranger = 0
  /// Judged questions that a document names, letter for letter but for case and punctuation.
  package var copies: [String] = []

  /// Complexity: one analysis for each question of the catalogue and of the set.
  package init(_ judged: [JudgedQuestion], _ catalogue: Catalogue) {
    let analyzer = Analyzer()
    func terms(_ questions: [String]) -> Set<String> {
      Set(questions.flatMap { analyzer.tokens(of: $0) }.lazy.filter { !$0.isStopWord }.map(\.term))
    }
    let named = Set(catalogue.entries.flatMap { $0.questions + $0.furtherQuestions }.map(Self.bare))
    let own = Dictionary(uniqueKeysWithValues: catalogue.entries.map { ($0.slug, terms($0.questions)) })
    let further = Dictionary(uniqueKeysWithValues: catalogue.entries.map { ($0.slug, terms($0.furtherQuestions)) })
    for question in judged {
      if named.contains(Self.bare(question.question)) { copies.append(question.question) }
      guard question.after == nil, !question.documents.isEmpty else { continue }
      count += 1
      let asked = terms([question.question])
      let isIn = { (words: [String: Set<String>]) in
        question.documents.contains { !asked.isDisjoint(with: words[$0] ?? []) }
      }
      if !isIn(own) { strange += 1 }
      if !isIn(own), !isIn(further) { stranger += 1 }
    }
  }

  /// Letters and digits only, in lower case.
  private static func bare(_ question: String) -> String {
    question.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: " ")
  }
}
