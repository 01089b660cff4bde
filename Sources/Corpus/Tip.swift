/// One thing to do or notice today, taken from a passage.
package struct Tip: Sendable, Equatable {
  /// Topic and title as slugs: `trust/keep-one-small-promise`.
  package var id: String
  package var title: String
  /// Plain text, one line.
  package var text: String
  /// A slug, by which a schedule or `/tip` chooses.
  package var topic: String
  /// Whom it is for, in words: `everyone`, `new leads`.
  package var audience: String
  /// The passage that it rests on.
  package var from: PassageID

  package init(id: String, title: String, text: String, topic: String, audience: String, from: PassageID) {
    self.id = id
    self.title = title
    self.text = text
    self.topic = topic
    self.audience = audience
    self.from = from
  }
}
