package import Corpus
package import Dialogue
import Retrieval

/// What do we say? (state, utterance) to (reply, new state), from one generation of the knowledge.
///
/// A value: it opens nothing, keeps nothing and costs nothing to make, so each utterance is answered by the generation that is
/// current when it comes. Every sentence of a reply stands in a cited passage or in a template under `Prompts/`.
package struct Coach: Sendable {
  let knowledge: Knowledge
  let templates: Templates
  let contacts: [Contact]

  /// What there is to answer from.
  package var catalogue: Catalogue { knowledge.catalogue }

  /// How many passages a conversation remembers for `/more`.
  static let passagesRemembered = 8

  /// - Parameter contacts: who to turn to in matters for people.
  package init(knowledge: Knowledge, templates: Templates, contacts: [Contact] = []) {
    self.knowledge = knowledge
    self.templates = templates
    self.contacts = contacts
  }

  /// Answers an utterance and moves the conversation on. Never blocks; complexity is that of one search.
  ///
  /// - Parameter isPrefixed: the words stood behind a chat platform's own prefix (`/coach more`), where a command needs no
  ///   `/` of its own.
  package func reply(
    to utterance: Utterance, in conversation: inout Conversation, isPrefixed: Bool = false
  ) -> Reply {
    var reply =
      switch isPrefixed ? Command.parse(afterPrefix: utterance) : Command.parse(utterance) {
      case .command(let command): carryOut(command, on: utterance.surface, in: &conversation)
      case .mistake(let mistake): mistake
      case .question: answer(utterance.text, in: &conversation)
      }
    reply.id = utterance.requestID
    reply.conversation = utterance.conversation
    return reply
  }

  func notice(_ name: Templates.Name, _ inputs: [String: Any] = [:]) -> Reply {
    Reply(kind: .notice, text: templates.render(name, inputs))
  }
}
