package import Dialogue

/// What a request to a hook turned out to be.
package enum Inbound: Sendable, Equatable {
  /// Not authentic, stale or not to be understood: answer, count, and do nothing else.
  case refused(Refusal)
  /// A handshake or probe: answer, and do nothing else.
  case respond(InboundResponse)
  /// Authentic, and not for us: bots, edits, unknown events. Answered with a 2xx, since senders count failures.
  case ignored(InboundResponse)
  /// A person said something.
  case asked(Ask)
}

/// Why a request was refused. `reason` is for metrics and logs; the response tells a forger nothing.
package struct Refusal: Sendable, Equatable {
  package var reason: Reason
  package var response: InboundResponse

  package enum Reason: String, Sendable, CaseIterable {
    /// The proof is missing, doubled or not of its form.
    case unsigned
    /// The proof does not match the bytes.
    case forged
    /// The proof matches, and its time is too far from now.
    case stale
    /// Authentic, and not what the platform documents.
    case malformed
    /// Authentic, in a media type that the platform does not use.
    case unsupportedType = "unsupported-type"
    /// Authentic, and the reply would go to a host that is not the platform's.
    case replyAddress = "reply-address"
  }

  /// A refusal with the response that belongs to its reason. The three failures of authenticity share one, byte for byte.
  package init(_ reason: Reason) {
    self.reason = reason
    self.response =
      switch reason {
      case .unsigned, .forged, .stale: Problem(401, "The request does not prove where it comes from.").response
      case .malformed: Problem(400, "The request is authentic, but its body is not of the documented form.").response
      case .unsupportedType: Problem(415, "The body's media type is not one that this platform sends.").response
      case .replyAddress: Problem(403, "The reply address is not on a host that this channel allows.").response
      }
  }

  /// A refusal that the platform shows to the person, who would otherwise see nothing.
  package init(_ reason: Reason, showing response: InboundResponse) {
    self.reason = reason
    self.response = response
  }
}

/// What a person said, and how to answer.
package struct Ask: Sendable, Equatable {
  package var words: Words
  /// The words stood behind the platform's own prefix or mention, so `Command.parse(afterPrefix:)` applies: `/coach more`.
  package var isPrefixed: Bool
  /// The platform's id of the person. Personal: hash it before it is stored.
  package var person: String
  package var place: Place
  /// Every key under which the same request may arrive again, at most 128 bytes each and never empty. One known key makes
  /// the whole a repeat.
  package var receivedIDs: [String]
  package var replyTo: ReplyAddress
  /// What the platform gets once the request is committed.
  package var acknowledgement: InboundResponse

  package init(
    words: Words, isPrefixed: Bool, person: String, place: Place, receivedIDs: [String], replyTo: ReplyAddress,
    acknowledgement: InboundResponse
  ) {
    self.words = words
    self.isPrefixed = isPrefixed
    self.person = person
    self.place = place
    self.receivedIDs = receivedIDs
    self.replyTo = replyTo
    self.acknowledgement = acknowledgement
  }

  /// The place where it was said. A conversation is a person in a `channel`; `thread` is nil where all is one thread.
  package struct Place: Sendable, Equatable {
    package var channel: String
    package var thread: String?

    package init(channel: String, thread: String? = nil) {
      self.channel = channel
      self.thread = thread
    }
  }

  package func utterance(in conversation: ConversationID?) -> Utterance {
    Utterance(text: words.text, surface: .chat, conversation: conversation, isRepaired: words.isRepaired)
  }
}
