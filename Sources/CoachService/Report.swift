/// What a verb prints: for people, and as JSON for programs.
package struct Report: Sendable, Equatable {
  package var text: String
  package var json: String

  package init(text: String, json: String) {
    self.text = text
    self.json = json
  }
}
