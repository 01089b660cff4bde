import Corpus

/// Whether a document's own questions lead to it, rather than to a neighbour that uses the same words.
enum OwnQuestionCheck {
  /// - Parameter ranking: the slugs of the documents that a question finds, best first.
  static func findings(_ document: Document, ranking: (String) -> [String]) -> [KnowledgeFinding] {
    document.questions.compactMap { question in
      let first = ranking(question).first
      guard first != document.slug else { return nil }
      return KnowledgeFinding(
        .advice, path: document.path, what: "\"\(question.prefix(200))\" finds \(first ?? "nothing") first.",
        remedy: first == nil ? "Put a word of its text into it." : "Reword it, or leave it to that document.")
    }
  }
}
