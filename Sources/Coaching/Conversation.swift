import Foundation

/// What a follow-up may refer to: the state of one conversation between two utterances.
///
/// Its coded form is what is kept for chat. It names passages of ours and nothing that the person said: `question` stays in
/// memory only.
package struct Conversation: Sendable, Equatable, Codable {
  /// The passages that speak to the last question, best first; at most `Coach.passagesRemembered`.
  var passages: [String] = []
  /// Those that the last answer cited.
  var cited: [String] = []
  /// How many of `passages` have been shown.
  var shown = 0
  /// What was shown since the last question that stood alone, besides those of `passages`; so that follow-ups come to an end.
  var seen: [String] = []
  var confidence = 0.0
  /// The tips of this conversation, so that `/tip` repeats none until all are through.
  var deck: Deck?
  /// The last question that was answered; empty after the conversation was restored.
  var question = ""
  /// Whose conversation it is, so that not everybody gets the same tips in the same order. Kept with the deck only.
  private(set) var owner = ""

  /// - Parameter owner: anything that differs from conversation to conversation.
  package init(owner: String = "") {
    self.owner = owner
  }

  private enum CodingKeys: String, CodingKey {
    case passages, cited, shown, seen, confidence, deck
  }

  /// The form in which a conversation is stored.
  package var bytes: [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return (try? encoder.encode(self)).map([UInt8].init) ?? []
  }

  /// Restores a stored conversation; anything that is none gives a fresh one, since a lost context costs a follow-up and
  /// a refused question costs the answer.
  package init(bytes: [UInt8], owner: String = "") {
    let stored = try? JSONDecoder().decode(Conversation.self, from: Data(bytes))
    self = stored.flatMap { $0.isSound ? $0 : nil } ?? Conversation()
    self.owner = owner
  }

  /// Whether the numbers can be those of a conversation.
  private var isSound: Bool {
    (0...passages.count).contains(shown) && (0...1).contains(confidence)
  }
}
