/// What the coach says: one value, rendered by every surface. Its JSON form is in `Reply+JSON.swift`.
public struct Reply: Sendable, Equatable {
  public enum Kind: String, Sendable, Codable {
    /// The knowledge answers the question; `passages` are cited.
    case answer
    /// Nothing supports an answer; `near` names up to three topics.
    case unknown
    /// A matter for people, not for passages; the contacts come first.
    case boundary
    /// A guided session's next question.
    case prompt
    /// The result of a command, or an acknowledgement.
    case notice
    /// A fault; `code` names it and `text` says what to do.
    case error
  }

  public var kind: Kind
  /// Echo of `Utterance.requestID`.
  public var id: String?
  public var conversation: ConversationID?
  /// What a person reads: plain text, lines separated by LF, no empty line, no control characters.
  public var text: String
  /// Two or three sentences that stand in the first passage.
  public var answer: String?
  /// An if-then step.
  public var practice: String?
  /// One open question.
  public var question: String?
  /// The passages that the answer rests on, best first.
  public var passages: [Passage]
  /// Nearest topics when nothing supports an answer: at most three, nearest first.
  public var near: [Topic]
  /// How well the knowledge supports the answer, 0 (not at all) to 1.
  public var confidence: Double?
  /// Misspelt words of the question and what they were read as.
  public var repaired: [String: String]
  /// The poorer way in which the answer was found, when the better one was not to be had; for example `lexical`.
  public var degraded: String?
  /// For `error`: a stable word for programs, such as `line-too-long`.
  public var code: Code?

  public init(
    kind: Kind, text: String, answer: String? = nil, practice: String? = nil, question: String? = nil,
    passages: [Passage] = [], near: [Topic] = [], confidence: Double? = nil, repaired: [String: String] = [:],
    degraded: String? = nil, code: Code? = nil
  ) {
    self.kind = kind
    self.text = text
    self.answer = answer
    self.practice = practice
    self.question = question
    self.passages = passages
    self.near = near
    self.confidence = confidence
    self.repaired = repaired
    self.degraded = degraded
    self.code = code
  }

  /// A fault, with the sentence that says what to do.
  public static func error(_ code: Code, _ text: String) -> Reply {
    Reply(kind: .error, text: text, code: code)
  }

  /// A cited passage.
  public struct Passage: Sendable, Equatable {
    /// `document#section`.
    public var id: String
    public var document: String
    public var title: String
    public var text: String
    public var source: String
    /// 0 to 1; comparable within one reply only.
    public var score: Double

    public init(id: String, document: String, title: String, text: String, source: String, score: Double) {
      self.id = id
      self.document = document
      self.title = title
      self.text = text
      self.source = source
      self.score = score
    }
  }

  /// A document that a person can ask for by `/concept`.
  public struct Topic: Sendable, Equatable {
    public var document: String
    public var title: String

    public init(document: String, title: String) {
      self.document = document
      self.title = title
    }
  }

  /// Faults by name, stable for programs. Whose fault it is, and whether the connection survives, is in `PROTOCOL.md`.
  public enum Code: String, Sendable, CaseIterable {
    case emptyRequest = "empty-request"
    case invalidJSON = "invalid-json"
    case invalidArgument = "invalid-argument"
    case unknownCommand = "unknown-command"
    case lineTooLong = "line-too-long"
    case notText = "not-text"
    case damagedCommand = "damaged-command"
    case tooManyErrors = "too-many-errors"
    case tooManyConnections = "too-many-connections"
    case tooManyQuestions = "too-many-questions"
    case tooSlow = "too-slow"
    case idle = "idle"
    case wrongProtocol = "wrong-protocol"
    case shuttingDown = "shutting-down"
    case unavailable = "unavailable"
    case internalError = "internal-error"
  }
}
