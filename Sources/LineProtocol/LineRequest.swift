public import Dialogue

/// A line that was understood: what is asked, and in which form the reply goes back.
public struct LineRequest: Sendable, Equatable {
  /// How a request was written, which is how its reply is.
  public enum Form: Sendable, Equatable {
    /// For people: wrapped text, ended by a blank line.
    case text
    /// For programs: one line of JSON.
    case json
  }

  /// The question or command, fit to be looked at (`ReceivedText`); never blank.
  public var text: String
  /// Whether something was removed from `text` or replaced in it, or hides there (`ReceivedText.isRepaired`).
  public var isRepaired: Bool
  /// How the line was written.
  public var form: Form
  /// The caller's id, to be echoed: at most `idLimitBytes`, as it came. Nil in a line of text.
  public var id: String?
  /// The conversation that the request names. Nil in a line of text, which belongs to that of its connection.
  public var conversation: ConversationID?

  /// A line that cannot be answered.
  public struct Fault: Error, Equatable {
    /// An error that says what to do, with the request's id if that could be read.
    public var reply: Reply
    /// How the line was written, as far as its first byte tells.
    public var form: Form
  }

  /// The longest `id` of a request, in bytes of UTF-8.
  public static let idLimitBytes = 128

  /// Whether a line, by its first byte as it came, is a JSON request. Removing a byte never makes one.
  public static func form(of line: [UInt8]) -> Form {
    line.first == UInt8(ascii: "{") ? .json : .text
  }

  /// Reads a line without its end.
  public init(line: [UInt8]) throws(Fault) {
    switch Self.form(of: line) {
    case .text: try self.init(textLine: line)
    case .json: try self.init(jsonLine: line)
    }
  }

  private init(textLine line: [UInt8]) throws(Fault) {
    let received = ReceivedText(line)
    if received.isMostlyDamaged {
      throw Fault(reply: .error(.notText, "I could not read that line as text. Please send UTF-8."), form: .text)
    }
    if received.isBlank {
      throw Fault(
        reply: .error(.emptyRequest, "There is nothing to answer in that line. Type a question, or /help."), form: .text
      )
    }
    (text, isRepaired, form, id, conversation) = (received.text, received.isRepaired, .text, nil, nil)
  }

  private init(jsonLine line: [UInt8]) throws(Fault) {
    let members: [String: String]
    do {
      members = try JSONMembers.read(line, allowed: ["ask", "id", "conversation"])
    } catch {
      throw Fault(reply: .error(.invalidJSON, error.sentence), form: .json)
    }
    let id = members["id"]
    if let id, id.utf8.count > Self.idLimitBytes {
      throw Self.fault(.invalidArgument, "\"id\" may have at most \(Self.idLimitBytes) bytes.", id: nil)
    }
    guard let ask = members["ask"] else {
      throw Self.fault(.invalidJSON, "\"ask\" is missing. For example: {\"ask\":\"What is personal power?\"}", id: id)
    }
    let received = ReceivedText(ask)
    if received.isBlank {
      throw Self.fault(
        .emptyRequest, "There is nothing to answer in \"ask\". Put a question or a command there.", id: id)
    }
    if let name = members["conversation"] {
      guard let known = ConversationID(received: name) else {
        throw Self.fault(
          .invalidArgument, "\"conversation\" must be one that a reply gave. Leave it out to start a new one.", id: id)
      }
      conversation = known
    } else {
      conversation = nil
    }
    (text, isRepaired, form, self.id) = (received.text, received.isRepaired, .json, id)
  }

  private static func fault(_ code: Reply.Code, _ sentence: String, id: String?) -> Fault {
    var reply = Reply.error(code, sentence)
    reply.id = id
    return Fault(reply: reply, form: .json)
  }
}
