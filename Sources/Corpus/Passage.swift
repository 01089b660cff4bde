/// What is found and cited: one section of a document, or a piece of a long one.
package struct Passage: Sendable, Equatable {
  package var id: PassageID
  package var documentTitle: String
  /// The headings that lead to it, outermost first; empty for text before the first heading.
  package var heading: [String]
  /// The two or three sentences that answer a question about just this section.
  package var lead: String?
  /// The if-then step, without its label.
  package var practice: String?
  /// The open question, without its label.
  package var question: String?
  /// Lead and paragraphs as a person reads them: plain text, a paragraph or list item a line, no empty line, no control
  /// characters.
  package var text: String
  /// Who says so: the document's sources, or its path when it names none.
  package var source: String

  package init(
    id: PassageID, documentTitle: String, heading: [String] = [], lead: String? = nil, practice: String? = nil,
    question: String? = nil, text: String, source: String
  ) {
    self.id = id
    self.documentTitle = documentTitle
    self.heading = heading
    self.lead = lead
    self.practice = practice
    self.question = question
    self.text = text
    self.source = source
  }

  /// The document's slug.
  package var document: String { id.document }

  /// The document's title and the headings: `Personal power: What it is`.
  package var title: String { ([documentTitle] + heading).joined(separator: ": ") }
}
