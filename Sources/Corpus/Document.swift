/// One file of the knowledge, as values.
package struct Document: Sendable, Equatable {
  /// What a document is about; the folder that it lies in says so.
  package enum Kind: UInt8, Sendable, CaseIterable {
    /// A file under `concepts/`.
    case concept
    /// A file under `practices/`.
    case practice
    /// Any other file: a team's own documents, the glossary.
    case other
  }

  /// The file's name as a slug; unique in a library.
  package var slug: String
  package var kind: Kind
  package var title: String
  /// Two or three sentences that answer "what is it" by themselves.
  package var summary: String?
  package var aliases: [String]
  /// Questions that it answers, as people ask them.
  package var questions: [String]
  /// Further ways of asking for it, from files in a folder `questions`.
  package var furtherQuestions: [String] = []
  /// Slugs of documents to read on.
  package var related: [String]
  package var sources: [String]
  /// In the order of the file; ids are unique.
  package var passages: [Passage]
  /// Relative to the knowledge folder, with `/`.
  package var path: String

  package init(
    slug: String, kind: Kind, title: String, summary: String? = nil, aliases: [String] = [], questions: [String] = [],
    related: [String] = [], sources: [String] = [], passages: [Passage], path: String
  ) {
    self.slug = slug
    self.kind = kind
    self.title = title
    self.summary = summary
    self.aliases = aliases
    self.questions = questions
    self.related = related
    self.sources = sources
    self.passages = passages
    self.path = path
  }

  /// Those of the document itself, then the further ones.
  package var allQuestions: [String] { questions + furtherQuestions }

  /// The same document under another slug, its passages' ids included.
  func renamed(_ slug: String) -> Document {
    var copy = self
    copy.slug = slug
    copy.passages = passages.map { passage in
      var passage = passage
      passage.id = PassageID(document: slug, section: passage.id.section)
      return passage
    }
    return copy
  }
}
