/// Takes the telnet protocol out of a stream of bytes, one byte at a time, so that it can be cut anywhere.
///
/// Options are answered by the Q method of RFC 1143: an answer is sent only when something changes, which is why no two
/// programs can keep each other busy. Window size (RFC 1073) and terminal type (RFC 1091) are agreed to; every other
/// option is refused, once for each option and direction. Nothing is sent before the client's first negotiation,
/// so that `nc` never sees an option byte.
///
///     data ──IAC──▶ command ──WILL WONT DO DONT──▶ option ──▶ data
///                      │ ──IAC──▶ data (one byte 0xFF)
///                      └──SB──▶ subnegotiation ──IAC──▶ ended? ──SE──▶ data
///
/// Source: RFC 854, 855, 1073, 1091, 1143.
public struct TelnetFilter: Sendable {
  /// What a byte amounted to, beyond the answers that it called for.
  public enum Event: Sendable, Equatable {
    /// A byte of the client's text.
    case data(UInt8)
    /// The client began to negotiate: it is a telnet client. Comes once.
    case negotiating
    /// The client's window is that wide, in columns; 1 to 65535.
    case width(Int)
    /// The client's terminal: at most 40 bytes of ASCII letters, digits and `-`. Comes at most once.
    case terminal(String)
    /// The client takes back the line that it has begun.
    case interrupt
    /// It asks whether anybody is there. Comes at most once a second.
    case areYouThere
    /// A subnegotiation went past 4 KiB: this is not a telnet client, or not a friendly one.
    case overflow
  }

  /// The byte that begins a telnet command.
  public static let interpretAsCommand: UInt8 = 255

  private enum State: Sendable {
    case data
    case command
    case option(Verb)
    case subnegotiation
    case subnegotiationCommand
  }

  enum Verb: UInt8, Sendable {
    case will = 251
    case wont = 252
    case `do` = 253
    case dont = 254
  }

  private enum Code {
    static let subnegotiationEnd: UInt8 = 240
    static let interruptProcess: UInt8 = 244
    static let areYouThere: UInt8 = 246
    static let subnegotiation: UInt8 = 250
    static let terminalType: UInt8 = 24
    static let windowSize: UInt8 = 31
    static let terminalTypeIs: UInt8 = 0
    static let terminalTypeSend: UInt8 = 1
  }

  /// Where an option of the client's stands (RFC 1143, "him"); we never take back a request, so there is no queue.
  /// Both are asked for at the first negotiation.
  private enum Agreement: Sendable {
    case no
    case requested
    case yes
  }

  /// More than any honest subnegotiation has; `LINEMODE` comes nearest with some 600 bytes.
  private static let subnegotiationLimitBytes = 4096
  /// As much of a subnegotiation as we ever read: a terminal type and its two leading bytes.
  private static let keptBytes = 42

  private var state = State.data
  private var isNegotiating = false
  private var windowSize = Agreement.no
  private var terminalType = Agreement.no
  private var hasReportedTerminal = false
  private var refused = AnsweredOptions()
  private var refusedToDo = AnsweredOptions()
  private var kept: [UInt8] = []
  private var subnegotiationBytes = 0
  private var lastAreYouThere: Duration?

  /// A filter for a connection on which nothing was negotiated.
  public init() {}

  /// Whether the next byte, unless it is `interpretAsCommand`, is the client's text; such runs need no filtering.
  public var isPassing: Bool { if case .data = state { true } else { false } }

  /// Takes the next byte and adds what the protocol wants sent to `answers`.
  ///
  /// - Parameter now: monotonic time, for answering `AYT` at most once a second.
  public mutating func consume(_ byte: UInt8, at now: Duration, answers: inout [UInt8]) -> Event? {
    switch state {
    case .data:
      guard byte == Self.interpretAsCommand else { return .data(byte) }
      state = .command
      return nil
    case .command: return command(byte, at: now)
    case .option(let verb):
      state = .data
      return negotiate(verb, byte, answers: &answers)
    case .subnegotiation:
      if byte == Self.interpretAsCommand {
        state = .subnegotiationCommand
        return nil
      }
      return keep(byte)
    case .subnegotiationCommand:
      if byte == Self.interpretAsCommand {
        state = .subnegotiation
        return keep(byte)
      }
      if byte == Code.subnegotiationEnd {
        state = .data
        return finishSubnegotiation()
      }
      // The client broke off; what follows IAC is a command of its own.
      return command(byte, at: now)
    }
  }

  private mutating func command(_ byte: UInt8, at now: Duration) -> Event? {
    state = .data
    if let verb = Verb(rawValue: byte) {
      state = .option(verb)
      return nil
    }
    switch byte {
    case Self.interpretAsCommand: return .data(byte)
    case Code.subnegotiation:
      state = .subnegotiation
      kept.removeAll(keepingCapacity: true)
      subnegotiationBytes = 0
      return nil
    case Code.interruptProcess: return .interrupt
    case Code.areYouThere:
      if let last = lastAreYouThere, now - last < .seconds(1) { return nil }
      lastAreYouThere = now
      return .areYouThere
    default: return nil
    }
  }

  private mutating func negotiate(_ verb: Verb, _ option: UInt8, answers: inout [UInt8]) -> Event? {
    let isFirst = !isNegotiating
    if isFirst {
      isNegotiating = true
      windowSize = .requested
      terminalType = .requested
      Self.send(.do, Code.windowSize, to: &answers)
      Self.send(.do, Code.terminalType, to: &answers)
    }
    switch (verb, option) {
    case (.will, Code.windowSize) where windowSize != .no: windowSize = .yes
    case (.will, Code.terminalType) where terminalType != .no:
      if terminalType == .requested { askTerminal(&answers) }
      terminalType = .yes
    case (.will, _): if refused.insert(option) { Self.send(.dont, option, to: &answers) }
    case (.do, _): if refusedToDo.insert(option) { Self.send(.wont, option, to: &answers) }
    case (.wont, Code.windowSize): Self.withdraw(Code.windowSize, &windowSize, answers: &answers)
    case (.wont, Code.terminalType): Self.withdraw(Code.terminalType, &terminalType, answers: &answers)
    case (.wont, _), (.dont, _): break
    }
    return isFirst ? .negotiating : nil
  }

  /// An option that was taken back is not agreed to again, so that even a client that answers our every answer, against
  /// RFC 1143, comes to an end.
  private static func withdraw(_ option: UInt8, _ agreement: inout Agreement, answers: inout [UInt8]) {
    if agreement == .yes { send(.dont, option, to: &answers) }
    agreement = .no
  }

  private static func send(_ verb: Verb, _ option: UInt8, to answers: inout [UInt8]) {
    answers.append(contentsOf: [interpretAsCommand, verb.rawValue, option])
  }

  private mutating func askTerminal(_ answers: inout [UInt8]) {
    answers.append(contentsOf: [
      Self.interpretAsCommand, Code.subnegotiation, Code.terminalType, Code.terminalTypeSend,
      Self.interpretAsCommand, Code.subnegotiationEnd,
    ])
  }

  private mutating func keep(_ byte: UInt8) -> Event? {
    subnegotiationBytes += 1
    if kept.count < Self.keptBytes { kept.append(byte) }
    return subnegotiationBytes > Self.subnegotiationLimitBytes ? .overflow : nil
  }

  /// Reads the two subnegotiations that we agreed to, and nothing of any other: `LINEMODE` and `NEW-ENVIRON` have
  /// been ways into telnet servers (CVE-2026-32746, CVE-2026-24061).
  private mutating func finishSubnegotiation() -> Event? {
    defer { kept = [] }
    switch kept.first {
    case Code.windowSize where windowSize == .yes && kept.count == 5:
      let columns = Int(kept[1]) << 8 | Int(kept[2])
      return columns == 0 ? nil : .width(columns)
    case Code.terminalType where terminalType == .yes && kept.count > 2 && kept[1] == Code.terminalTypeIs:
      guard !hasReportedTerminal else { return nil }
      hasReportedTerminal = true
      let name = kept.dropFirst(2).filter(Self.isTerminalByte)
      return name.isEmpty ? nil : .terminal(String(decoding: name, as: UTF8.self))
    default: return nil
    }
  }

  private static func isTerminalByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D: true
    default: false
    }
  }
}

/// The options, 0 to 255, that were answered already.
private struct AnsweredOptions: Sendable {
  private var bits: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

  /// Whether the option is new.
  mutating func insert(_ option: UInt8) -> Bool {
    let bit: UInt64 = 1 << UInt64(option & 63)
    switch option >> 6 {
    case 0: return Self.set(bit, in: &bits.0)
    case 1: return Self.set(bit, in: &bits.1)
    case 2: return Self.set(bit, in: &bits.2)
    default: return Self.set(bit, in: &bits.3)
    }
  }

  private static func set(_ bit: UInt64, in word: inout UInt64) -> Bool {
    defer { word |= bit }
    return word & bit == 0
  }
}
