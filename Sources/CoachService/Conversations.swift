package import Coaching
package import Dialogue
import Synchronization

/// The conversations on the socket and over `/v1`: in memory only, bounded, and gone with the process. Those in chat are in
/// the database.
///
/// Complexity: constant, but for one linear sweep whenever a quarter of the places has been used since the last one.
package final class Conversations: Sendable {
  private struct Entry {
    var conversation: Conversation
    var lastUse: Int
  }

  private struct State {
    var entries: [ConversationID: Entry] = [:]
    var clock = 0
  }

  private let capacity: Int
  private let state = Mutex(State())

  package init(capacity: Int = 20_000) {
    self.capacity = max(4, capacity)
  }

  /// Lets `body` move a conversation on. An id that is not known, or none, starts afresh under a new id.
  ///
  /// The lock is not held meanwhile: of two requests at the same time in one conversation, the later to end is remembered.
  package func take(
    _ id: ConversationID?, _ body: (inout Conversation) -> Reply
  ) -> Reply {
    let known = id.flatMap { id in state.withLock { $0.entries[id].map { (id, $0.conversation) } } }
    var generator = SystemRandomNumberGenerator()
    let fresh = ConversationID(using: &generator)
    var (id, conversation) = known ?? (fresh, Conversation(owner: fresh.rawValue))
    var reply = body(&conversation)
    remember(conversation, as: id)
    reply.conversation = id
    return reply
  }

  private func remember(_ conversation: Conversation, as id: ConversationID) {
    state.withLock { state in
      state.clock += 1
      state.entries[id] = Entry(conversation: conversation, lastUse: state.clock)
      guard state.entries.count > capacity else { return }
      let uses = state.entries.values.map(\.lastUse).sorted()
      let oldest = uses[capacity / 4]
      state.entries = state.entries.filter { $0.value.lastUse > oldest }
    }
  }
}
