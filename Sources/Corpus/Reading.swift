/// What one file gave.
package struct Reading: Sendable, Equatable {
  /// Relative to the knowledge folder.
  package var path: String
  /// nil when the file holds tips or questions, or was refused.
  package var document: Document?
  package var tips: [Tip]
  /// nil when the file holds anything else.
  package var questions: FurtherQuestions?
  package var problems: [Problem]

  /// Further ways of asking for a document that stands in another file.
  package struct FurtherQuestions: Sendable, Equatable {
    /// The document's slug.
    package var document: String
    package var questions: [String]
  }

  package init(
    path: String, document: Document? = nil, tips: [Tip] = [], questions: FurtherQuestions? = nil,
    problems: [Problem] = []
  ) {
    self.path = path
    self.document = document
    self.tips = tips
    self.questions = questions
    self.problems = problems
  }
}
