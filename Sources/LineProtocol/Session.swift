public import Dialogue

/// One connection of the line protocol, without the socket: bytes go in, actions and bytes come out, and what comes out
/// depends on the bytes, never on how they were cut.
///
/// Whoever owns the socket turns this handle:
///
///     session.receive(bytes, at: now)
///     while let action = session.next() {
///       switch action {
///       case .ask(let utterance): session.answer(respond(utterance))
///       case .send: send(session.takeOutput())
///       case .close: closesAfterSending = true
///       }
///     }
///     send(session.takeOutput())
///
/// `next()` may be called as slowly as the client reads; requests wait in the session, and replies come in their order.
///
///     open ──/quit, end of input, fault, limit──▶ closing (reason in the output) ──.close──▶ closed (input is dropped)
public struct Session: Sendable {
  /// What the owner of the socket has to do.
  public enum Action: Sendable, Equatable {
    /// Find the reply to this and hand it to `answer(_:)`. No further action comes before that.
    case ask(Utterance)
    /// There is much output, and more to come: send it before going on, or wait until the client has read some.
    case send
    /// Send the output that there is, then close. The last action.
    case close
  }

  private enum Phase: Sendable {
    case open
    case waiting(LineRequest)
    case closing
    case closed
  }

  /// Output beyond this is sent before anything else is done.
  private static let sendBytes = 65_536

  /// What this client may take of us.
  public let limits: Limits
  /// Bytes to be sent, in order.
  public private(set) var output: [UInt8] = []
  /// How replies look, as the client set it.
  public var renderer: TextRenderer { presentation.renderer }
  /// The conversation of the text lines of this connection: that of its latest reply.
  public private(set) var conversation: ConversationID?
  /// Why the session was ended from our side; nil while it goes on, and when the client ended it.
  public private(set) var closeReason: Reply.Code?

  private var phase = Phase.open
  private var input: [UInt8] = []
  private var position = 0
  /// Up to here the input holds no telnet command.
  private var plainEnd = 0
  private var inputHasEnded = false
  private var telnet = TelnetFilter()
  private var framer: LineFramer
  private var isFirstLine = true
  private var presentation = Presentation()
  /// The output ends with a prompt.
  private var isAtPrompt = false
  private var lastForm = LineRequest.Form.text
  private var errorsInARow = 0
  private var now: Duration
  private var lastActivity: Duration
  private var lineBegan: Duration?

  /// Begins a connection; `output` then holds the greeting.
  ///
  /// - Parameter now: monotonic time since anything; all times of a session are on this clock.
  public init(limits: Limits = Limits(), greeting: String = Session.greeting, at now: Duration) {
    self.limits = limits
    self.now = now
    lastActivity = now
    framer = LineFramer(limitBytes: limits.lineBytes)
    let line = ReceivedText(greeting)
    if !line.isBlank { renderer.appendLine(line.text, to: &output) }
  }

  /// The first line of a connection, unless another is given.
  public static let greeting =
    "Inner Coach. Ask me about leading from the middle, or type /help. This line is not private."

  /// Takes bytes as they came. After the session is closed they are dropped.
  public mutating func receive(_ bytes: [UInt8], at now: Duration) {
    self.now = now
    switch phase {
    case .open, .waiting: if hasInput { input.append(contentsOf: bytes) } else { begin(with: bytes) }
    case .closing, .closed: break
    }
  }

  /// The client has ended its input; it may still be reading. What it asked will be answered, then the session closes.
  public mutating func finishInput() {
    inputHasEnded = true
  }

  /// Whether requests, or parts of one, wait for `next()`.
  public var hasInput: Bool { position < input.count }

  /// The next thing to do; nil if there is nothing before more input comes, or before the reply to the last `ask`.
  public mutating func next() -> Action? {
    while case .open = phase {
      if output.count >= Self.sendBytes { return .send }
      if let action = step() { return action }
      if !hasInput {
        // An idle connection keeps no buffer.
        begin(with: [])
        guard inputHasEnded else { break }
        if let last = framer.finishInput() {
          if let action = handle(last) { return action }
        } else {
          phase = .closing
        }
      }
    }
    guard case .closing = phase else { return nil }
    phase = .closed
    begin(with: [])
    return .close
  }

  /// Takes the reply to the last `ask` and adds it to the output.
  public mutating func answer(_ reply: Reply) {
    guard case .waiting(let request) = phase else { return }
    phase = .open
    if request.form == .text, let name = reply.conversation { conversation = name }
    send(reply, for: request)
  }

  /// Takes the output, which is then empty.
  public mutating func takeOutput() -> [UInt8] {
    defer { output = [] }
    return output
  }

  /// Ends the session with its reason, in the form of the last request. Requests that wait are not answered any more.
  public mutating func close(_ reason: Reply) {
    switch phase {
    case .open, .waiting:
      if isAtPrompt, lastForm == .text { renderer.appendLine("", to: &output) }
      closeReason = reason.code
      append(reason, form: lastForm)
      phase = .closing
    case .closing, .closed: break
    }
  }

  /// Looks whether the client has been silent, or slow with a line, for too long; if so, `next()` closes.
  ///
  /// - Parameter isCrowded: connections are running out, so those that never asked anything are closed sooner.
  public mutating func checkTime(at now: Duration, isCrowded: Bool = false) {
    self.now = now
    guard case .open = phase, !hasInput else { return }
    if let began = lineBegan {
      if now - began >= limits.begunLine {
        close(.error(.tooSlow, "Your line was not finished within \(Self.words(limits.begunLine)), so I close."))
      }
    } else if now - lastActivity >= limits.idle {
      close(.error(.idle, "Nothing was asked for \(Self.words(limits.idle)), so I close. Come back any time."))
    } else if isCrowded, isFirstLine, now - lastActivity >= limits.silentWhenCrowded {
      close(.error(.idle, "Others are waiting and nothing was asked here, so I close. Please come back."))
    }
  }

  private static func words(_ duration: Duration) -> String {
    let seconds = duration.components.seconds
    if duration != .seconds(seconds) { return "\((duration / .milliseconds(100)).rounded() / 10) seconds" }
    if seconds >= 120, seconds % 60 == 0 { return "\(seconds / 60) minutes" }
    return seconds == 1 ? "1 second" : "\(seconds) seconds"
  }
}

// Reading.
extension Session {
  /// Reads up to the next frame or telnet command.
  private mutating func step() -> Action? {
    guard hasInput else { return nil }
    if position < plainEnd {
      let frame = framer.next(in: input, from: &position, to: plainEnd)
      if frame == nil { noteBegunLine() }
      return frame.flatMap { handle($0) }
    }
    let byte = input[position]
    if telnet.isPassing, byte != TelnetFilter.interpretAsCommand {
      plainEnd = input[position...].firstIndex(of: TelnetFilter.interpretAsCommand) ?? input.count
      return nil
    }
    position += 1
    guard let event = telnet.consume(byte, at: now, answers: &output) else { return nil }
    return handle(event)
  }

  private mutating func handle(_ event: TelnetFilter.Event) -> Action? {
    switch event {
    case .data(let byte):
      var start = 0
      let frame = framer.next(in: [byte], from: &start, to: 1)
      if frame == nil { noteBegunLine() }
      return frame.flatMap { handle($0) }
    case .negotiating:
      presentation.turnToTelnet()
      prompt()
    case .width(let columns): presentation.fit(columns: columns)
    case .terminal(let name): presentation.fit(terminal: name)
    case .interrupt:
      framer.discard()
      lineBegan = nil
    case .areYouThere:
      renderer.appendLine("[Yes, I am here.]", to: &output)
      if isAtPrompt { prompt() }
    case .overflow: close(.error(.wrongProtocol, "That telnet option is longer than any I know, so I close."))
    }
    return nil
  }

  private mutating func handle(_ frame: LineFramer.Frame) -> Action? {
    defer { isFirstLine = false }
    lastActivity = now
    lineBegan = framer.hasBegun ? now : nil
    switch frame {
    case .line(let line):
      if recognisesForeignProtocol(line) { return nil }
      return handle(line)
    case .tooLong(let beginning):
      if recognisesForeignProtocol(beginning) { return nil }
      lastForm = LineRequest.form(of: beginning)
      refuse(
        .error(.lineTooLong, "A line may have \(limits.lineBytes) bytes. I skip the rest of yours."), form: lastForm)
    case .hopeless:
      close(.error(.lineTooLong, "Your line has no end, so I close. Please end each line with a line feed."))
    }
    return nil
  }

  private mutating func handle(_ line: [UInt8]) -> Action? {
    lastForm = LineRequest.form(of: line)
    do {
      let request = try LineRequest(line: line)
      let utterance = Utterance(
        text: request.text, surface: .line, conversation: request.form == .json ? request.conversation : conversation,
        requestID: request.id, isRepaired: request.isRepaired)
      // `Command.parse` copies the line, which most questions can do without.
      if utterance.text.utf8.contains(UInt8(ascii: "/")), case .command(let command) = Command.parse(utterance),
        let outcome = presentation.apply(command)
      {
        if outcome.ends { phase = .closing }
        send(outcome.reply, for: request)
        return nil
      }
      phase = .waiting(request)
      return .ask(utterance)
    } catch {
      refuse(error.reply, form: error.form)
      return nil
    }
  }

  /// Closes with a notice if the connection begins as one of another protocol does.
  private mutating func recognisesForeignProtocol(_ beginning: [UInt8]) -> Bool {
    guard isFirstLine, let foreign = ForeignProtocol(firstLine: beginning) else { return false }
    close(foreign.notice)
    return true
  }

  private mutating func noteBegunLine() {
    guard framer.hasBegun else {
      lineBegan = nil
      return
    }
    if lineBegan == nil { lineBegan = now }
    if isFirstLine, ForeignProtocol.beginsTLS(framer.begun) { close(ForeignProtocol.tls.notice) }
  }

  private mutating func begin(with bytes: [UInt8]) {
    input = bytes
    position = 0
    plainEnd = 0
  }
}

// Writing.
extension Session {
  private mutating func send(_ reply: Reply, for request: LineRequest) {
    var reply = reply
    reply.id = request.id
    if reply.kind == .error, reply.code?.isClientFault ?? false {
      refuse(reply, form: request.form)
    } else {
      errorsInARow = 0
      append(reply, form: request.form)
      finishReply(form: request.form)
    }
  }

  /// Sends an error that the client made; too many of them in a row end the session.
  private mutating func refuse(_ reply: Reply, form: LineRequest.Form) {
    append(reply, form: form)
    errorsInARow += 1
    guard errorsInARow >= limits.errorsInARow else { return finishReply(form: form) }
    close(
      .error(.tooManyErrors, "That was error number \(errorsInARow) in a row, so I close. /help lists what I know.")
    )
  }

  private mutating func append(_ reply: Reply, form: LineRequest.Form) {
    switch form {
    case .text: renderer.append(reply, to: &output)
    case .json:
      // A JSON reply begins a line even where a prompt stands.
      if isAtPrompt { output.append(0x0A) }
      output.append(contentsOf: reply.json().utf8)
      output.append(0x0A)
    }
    isAtPrompt = false
  }

  private mutating func finishReply(form: LineRequest.Form) {
    if form == .text { prompt() }
  }

  private mutating func prompt() {
    guard presentation.showsPrompt, case .open = phase else { return }
    output.append(contentsOf: "> ".utf8)
    isAtPrompt = true
  }
}

extension Reply.Code {
  /// Whether the error is the client's own, so that many of them tell a client that does not listen.
  fileprivate var isClientFault: Bool {
    switch self {
    case .emptyRequest, .invalidJSON, .invalidArgument, .unknownCommand, .lineTooLong, .notText, .damagedCommand,
      .tooManyQuestions, .wrongProtocol:
      true
    case .tooManyErrors, .tooManyConnections, .tooSlow, .idle, .shuttingDown, .unavailable, .internalError: false
    }
  }
}
