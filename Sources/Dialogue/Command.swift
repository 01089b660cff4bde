/// Something that a person asked for by name, `/more`, rather than a question.
public struct Command: Sendable, Equatable {
  /// Which command.
  public var name: Name
  /// What followed the name, trimmed; empty when nothing did.
  public var argument: String

  /// A command as a surface built it, unchecked; `parse` checks that the argument fits.
  public init(_ name: Name, _ argument: String = "") {
    self.name = name
    self.argument = argument
  }

  /// The commands, by the word after `/`; `table` says what each does.
  public enum Name: String, Sendable, CaseIterable {
    case help, concepts, concept, more, why, sources, tip, status, width, prompt, color, quit
  }

  /// What came of reading a line as a command.
  public enum Parsed: Sendable, Equatable {
    /// It does not begin with `/`: something to answer.
    case question
    /// It is a command of this surface, and its argument fits the declaration.
    case command(Command)
    /// It begins with `/`, and is no command here; the sentence names the nearest one.
    case mistake(Reply)
  }

  /// Reads a line (without its end). Names are matched as ASCII bytes, whatever their case; nothing else is folded.
  ///
  /// Complexity: linear in the line; an unknown name costs one edit distance for each command.
  public static func parse(_ utterance: Utterance) -> Parsed {
    let line = trimmed(utterance.text)
    guard line.utf8.first == UInt8(ascii: "/") else { return .question }
    if utterance.isRepaired {
      return .mistake(
        .error(
          .damagedCommand, "That line began like a command but held bytes that are not text. Please type it again."))
    }
    let (word, argument) = split(String(line.dropFirst()))
    guard let name = Name(rawValue: lowercased(word)), let declaration = declarations[name],
      declaration.surfaces.contains(utterance.surface)
    else { return .mistake(unknown(word, on: utterance.surface)) }
    switch declaration.argument {
    case .none where !argument.isEmpty:
      return .mistake(
        .error(.invalidArgument, "/\(name.rawValue) takes nothing after it. Type /\(name.rawValue) alone."))
    case .required(let what) where argument.isEmpty:
      return .mistake(.error(.invalidArgument, "/\(name.rawValue) needs \(what). For example: \(declaration.example)"))
    default: return .command(Command(name, argument))
    }
  }

  /// Reads the words behind a chat platform's own prefix, `/coach more`. There a first word may be a command's name or the
  /// beginning of a question, so it counts as a command only if what follows fits its declaration exactly.
  public static func parse(afterPrefix utterance: Utterance) -> Parsed {
    let line = trimmed(utterance.text)
    if line.utf8.first == UInt8(ascii: "/") { return parse(utterance) }
    if line.isEmpty { return .command(Command(.help)) }
    let (word, argument) = split(line)
    guard !utterance.isRepaired, let name = Name(rawValue: lowercased(word)), let declaration = declarations[name],
      declaration.surfaces.contains(utterance.surface)
    else { return .question }
    let fits =
      switch declaration.argument {
      case .none: argument.isEmpty
      case .optional, .required:
        argument.isEmpty
          ? !declaration.argument.isRequired
          : name == .help ? Name(rawValue: lowercased(argument)) != nil : split(argument).1.isEmpty
      }
    return fits ? .command(Command(name, argument)) : .question
  }

  private static func unknown(_ word: String, on surface: Surface) -> Reply {
    let known = declared(on: surface).map(\.name.rawValue)
    let typed = String(word.prefix(24))
    let near = known.map { ($0, Spelling.distance($0, lowercased(typed))) }.min { $0.1 < $1.1 }
    let hint =
      if let near, near.1 <= 2 || (typed.count >= 2 && near.0.hasPrefix(lowercased(typed))) {
        "Did you mean /\(near.0)?"
      } else {
        "Type /help for the list."
      }
    return .error(.unknownCommand, "There is no command /\(typed). \(hint)")
  }

  private static func split(_ line: String) -> (word: String, argument: String) {
    guard let space = line.utf8.firstIndex(where: isSpace) else { return (line, "") }
    return (String(line[..<space]), trimmed(String(line[space...])))
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  private static func trimmed(_ text: String) -> String {
    let bytes = text.utf8
    guard let first = bytes.firstIndex(where: { !isSpace($0) }), let last = bytes.lastIndex(where: { !isSpace($0) })
    else { return "" }
    return String(text[first...last])
  }

  private static func lowercased(_ word: String) -> String {
    String(decoding: word.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
  }
}
