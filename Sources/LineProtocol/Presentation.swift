import Dialogue

/// How replies look on one connection, and what changes it: four commands, and what a telnet client tells of itself.
struct Presentation: Sendable {
  private(set) var renderer = TextRenderer()
  private(set) var showsPrompt = false

  /// What a command of this connection came to.
  struct Outcome {
    var reply: Reply
    /// The client wants to end the session.
    var ends = false
  }

  /// Carries out `/width`, `/prompt`, `/color` and `/quit`; nil for whatever is somebody else's to answer.
  mutating func apply(_ command: Command) -> Outcome? {
    switch command.name {
    case .width: Outcome(reply: setWidth(command.argument))
    case .prompt: Outcome(reply: Self.set(&showsPrompt, command, on: "The prompt is on.", off: "The prompt is off."))
    case .color: Outcome(reply: Self.set(&renderer.usesColor, command, on: "Colour is on.", off: "Colour is off."))
    case .quit: Outcome(reply: Reply(kind: .notice, text: "Goodbye."), ends: true)
    default: nil
    }
  }

  mutating func turnToTelnet() {
    renderer.lineEnd = .carriageReturnLineFeed
    showsPrompt = true
  }

  /// Takes the width of a client's window; what is no sensible width becomes the nearest that is.
  mutating func fit(columns: Int) {
    renderer.width = min(max(columns, TextRenderer.widths.lowerBound), TextRenderer.widths.upperBound)
  }

  /// Takes a terminal's name as telnet clients give it, and turns colour on for the families that show it.
  mutating func fit(terminal: String) {
    let name = terminal.lowercased()
    let families = ["xterm", "linux", "screen", "tmux", "rxvt", "konsole", "ansi"]
    if families.contains(where: { name.hasPrefix($0) }) || name.hasSuffix("color") { renderer.usesColor = true }
  }

  private mutating func setWidth(_ argument: String) -> Reply {
    let digits = argument.utf8
    guard (1...9).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }),
      let columns = Int(argument), TextRenderer.widths.contains(columns)
    else {
      let widths = TextRenderer.widths
      return .error(
        .invalidArgument,
        "A width is a number from \(widths.lowerBound) to \(widths.upperBound). For example: /width 100")
    }
    renderer.width = columns
    return Reply(kind: .notice, text: "Answers now wrap at \(columns) columns.")
  }

  private static func set(_ setting: inout Bool, _ command: Command, on: String, off: String) -> Reply {
    switch command.argument.lowercased() {
    case "on": setting = true
    case "off": setting = false
    default:
      let name = command.name.rawValue
      return .error(.invalidArgument, "/\(name) takes on or off. For example: /\(name) on")
    }
    return Reply(kind: .notice, text: setting ? on : off)
  }
}
