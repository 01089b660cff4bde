/// What one file gave.
package struct Reading: Sendable, Equatable {
  /// Relative to the knowledge folder.
  package var path: String
  /// nil when the file holds tips, or was refused.
  package var document: Document?
  package var tips: [Tip]
  package var problems: [Problem]

  package init(path: String, document: Document? = nil, tips: [Tip] = [], problems: [Problem] = []) {
    self.path = path
    self.document = document
    self.tips = tips
    self.problems = problems
  }
}
