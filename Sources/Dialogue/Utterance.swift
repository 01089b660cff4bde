/// What a person said, where, and in which conversation: the one input of the coach, whatever surface it came through.
public struct Utterance: Sendable, Equatable {
  /// The words as the surface decoded them: UTF-8 repaired, control characters gone, at most the surface's line limit.
  public var text: String
  /// Where it was said.
  public var surface: Surface
  /// The conversation that it belongs to; nil starts a new one.
  public var conversation: ConversationID?
  /// The caller's own id of the request, echoed in the reply. At most 128 bytes.
  public var requestID: String?
  /// Bytes had to be removed or replaced to make `text`. Such an utterance is never taken as a command, since
  /// dropping a byte must not create one.
  public var isRepaired: Bool

  /// An utterance as a surface decoded it; the limits above are the surface's to keep.
  public init(
    text: String, surface: Surface, conversation: ConversationID? = nil, requestID: String? = nil,
    isRepaired: Bool = false
  ) {
    self.text = text
    self.surface = surface
    self.conversation = conversation
    self.requestID = requestID
    self.isRepaired = isRepaired
  }
}

/// Where an utterance was made. Decides which commands exist, not what an answer says.
public enum Surface: String, Sendable, Equatable, CaseIterable, Codable {
  /// The line protocol: `nc`, `telnet`, programs.
  case line
  /// `coach ask` and its kin.
  case terminal
  /// `/v1` of the HTTP interface.
  case http
  /// A team chat.
  case chat
}

/// The name of a conversation: issued by the service, 128 random bits, and a bearer secret for what was said in it.
///
/// In chat it is derived from channel and person instead and never leaves the service.
public struct ConversationID: Sendable, Hashable, Codable {
  /// Its text: `c-` and 32 lower-case hex digits, or `chat-` and a digest. A secret: do not log it.
  public let rawValue: String

  /// Takes an id as received from outside; nil unless it has the form of an issued one (`c-` and 32 lower-case hex digits).
  public init?(received: String) {
    let bytes = Array(received.utf8)
    guard bytes.count == 34, bytes.starts(with: [0x63, 0x2D]) else { return nil }
    for byte in bytes.dropFirst(2) where !(0x30...0x39).contains(byte) && !(0x61...0x66).contains(byte) { return nil }
    rawValue = received
  }

  /// Issues a new one. The generator must be cryptographically secure, as `SystemRandomNumberGenerator` is.
  public init(using generator: inout some RandomNumberGenerator) {
    rawValue = "c-" + Self.hex(generator.next()) + Self.hex(generator.next())
  }

  /// The conversation of a person in a chat channel; `digest` is a keyed hash, so that the id tells nothing about them.
  public init(chatDigest digest: String) {
    rawValue = "chat-" + digest
  }

  /// Whether both name the same conversation.
  public static func == (one: ConversationID, other: ConversationID) -> Bool { one.rawValue == other.rawValue }

  private static func hex(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
