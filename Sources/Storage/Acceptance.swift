package import Foundation
package import Outbox

/// Everything that follows from one request or one occurrence, to be written together or not at all.
package struct Acceptance: Sendable {
  /// The platform's own ids of the request; if one is known already, this is a repeat.
  package var received: [ReceivedID] = []
  /// What a repeat of this request is to be answered with, where the reply went into the response itself.
  package var reply: [UInt8]?
  package var conversation: StateChange?
  package var deliveries: [Delivery] = []
  package var occurrence: OccurrenceRecord?
  package var deck: StateChange?
  package var now: Date

  package init(now: Date) {
    self.now = now
  }
}

/// What came of an acceptance.
package enum Accepted: Sendable, Equatable {
  /// All of it is durable.
  case accepted
  /// It was done before, here or in another copy of the service; nothing was written. `reply` is the one stored then.
  case repeated(reply: [UInt8]?)
  /// The conversation or the deck was changed since it was read; nothing was written. Read again, decide again.
  case stale
}

/// A platform's id of a request, unique within a channel.
package struct ReceivedID: Sendable, Hashable {
  package var channel: String
  package var id: String

  package init(channel: String, id: String) {
    self.channel = channel
    self.id = id
  }
}

/// A new state, as bytes that only their owner understands.
package struct StateChange: Sendable, Equatable {
  /// The conversation's id, or the deck's key.
  package var key: String
  package var bytes: [UInt8]
  /// The revision that the change is based on (0: there was none); nil overwrites whatever is there.
  package var basis: Int?
  /// When it may be forgotten. Decks stay; theirs is not looked at.
  package var expires: Date

  package init(key: String, bytes: [UInt8], basis: Int?, expires: Date = .distantFuture) {
    self.key = key
    self.bytes = bytes
    self.basis = basis
    self.expires = expires
  }
}

/// A stored state, and its revision for the next change.
package struct StoredState: Sendable, Equatable {
  package var bytes: [UInt8]
  package var revision: Int

  package init(bytes: [UInt8], revision: Int) {
    self.bytes = bytes
    self.revision = revision
  }
}

/// An occurrence of a schedule in a channel, unique by schedule, key and channel.
package struct OccurrenceRecord: Sendable, Equatable {
  package enum Outcome: String, Sendable {
    case posted
    case missed
  }

  package var schedule: String
  package var key: String
  package var channel: String
  package var instant: Date
  package var outcome: Outcome

  package init(schedule: String, key: String, channel: String, instant: Date, outcome: Outcome) {
    self.schedule = schedule
    self.key = key
    self.channel = channel
    self.instant = instant
    self.outcome = outcome
  }
}
