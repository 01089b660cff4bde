/// What the coach says: one value, rendered by every surface. Its JSON form is in `Reply+JSON.swift`.
public struct Reply: Sendable, Equatable {
  /// What a reply is, for programs to go by.
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

  /// What this reply is.
  public var kind: Kind
  /// Echo of `Utterance.requestID`.
  public var id: String?
  /// The conversation that the next utterance should name; nil if none was begun.
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
  /// Nearest topics when nothing supports an answer, at most three; beside an answer that may have missed what was meant the
  /// next ones, at most two. Nearest first.
  public var near: [Topic]
  /// How well the knowledge supports the answer, 0 (not at all) to 1.
  public var confidence: Double?
  /// Misspelt words of the question and what they were read as.
  public var repaired: [String: String]
  /// The poorer way in which the answer was found, when the better one was not to be had; for example `lexical`.
  public var degraded: String?
  /// For `error`: a stable word for programs, such as `line-too-long`.
  public var code: Code?

  /// A reply without `id` and `conversation`, which whoever sends it adds.
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
    /// The slug of its document, by which `/concept` finds it.
    public var document: String
    /// The document's title and the headings that lead to the passage: `Personal power: What it is`.
    public var title: String
    /// The passage as a person reads it: plain text, lines separated by LF, no empty line.
    public var text: String
    /// Who says so: the document's sources, or its path when it names none.
    public var source: String
    /// 0 to 1; comparable within one reply only.
    public var score: Double

    /// A passage as it is cited; nothing is checked here.
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
    /// The document's slug: what `/concept` takes.
    public var document: String
    /// The document's title, for people.
    public var title: String

    /// A topic by slug and title; nothing is checked here.
    public init(document: String, title: String) {
      self.document = document
      self.title = title
    }
  }

  /// Faults by name, stable for programs. Whose fault it is, and whether the connection survives, is in `PROTOCOL.md`.
  public enum Code: String, Sendable, CaseIterable {
    /// The line, or its `ask`, held nothing.
    case emptyRequest = "empty-request"
    /// The line begins with `{` and is no request.
    case invalidJSON = "invalid-json"
    /// A command's argument, `id` or `conversation` is not what it may be.
    case invalidArgument = "invalid-argument"
    /// No command of that name exists on this surface.
    case unknownCommand = "unknown-command"
    /// The line went past the limit; the rest of it is skipped.
    case lineTooLong = "line-too-long"
    /// The line is not UTF-8 text.
    case notText = "not-text"
    /// A command that held bytes that are not text.
    case damagedCommand = "damaged-command"
    /// So many errors in a row that the session ends.
    case tooManyErrors = "too-many-errors"
    /// No room for another connection.
    case tooManyConnections = "too-many-connections"
    /// More questions than one client may ask in a while.
    case tooManyQuestions = "too-many-questions"
    /// A line that was begun was not finished in time.
    case tooSlow = "too-slow"
    /// Nothing was asked for long.
    case idle = "idle"
    /// The client speaks another protocol.
    case wrongProtocol = "wrong-protocol"
    /// The service is stopping.
    case shuttingDown = "shutting-down"
    /// The knowledge is not loaded.
    case unavailable = "unavailable"
    /// A fault of the service itself.
    case internalError = "internal-error"
  }
}
