/// The commands, declared once: parsing, `/help` and the list in `PROTOCOL.md` follow from this table.
extension Command {
  /// What there is to know of one command.
  public struct Declaration: Sendable {
    /// The word after `/`.
    public var name: Name
    /// What may or must follow the name.
    public var argument: Argument
    /// One line for the list.
    public var summary: String
    /// What `/help NAME` adds.
    public var detail: String
    /// A whole line that works, for `/help NAME` and for errors.
    public var example: String
    /// Where the command exists; elsewhere it is unknown.
    public var surfaces: Set<Surface>

    /// `/concept NAME`, as the list shows it.
    public var usage: String {
      switch argument {
      case .none: "/\(name.rawValue)"
      case .optional(let what): "/\(name.rawValue) [\(what)]"
      case .required(let what): "/\(name.rawValue) \(what.uppercased())"
      }
    }
  }

  /// What follows a command's name; the string is what the list calls it.
  public enum Argument: Sendable, Equatable {
    /// Nothing: a line with an argument is a mistake.
    case none
    /// The command works with and without it.
    case optional(String)
    /// Without it the line is a mistake.
    case required(String)

    var isRequired: Bool { if case .required = self { true } else { false } }
  }

  /// The commands of a surface, in the order in which `/help` lists them.
  public static func declared(on surface: Surface) -> [Declaration] {
    table.filter { $0.surfaces.contains(surface) }
  }

  /// The declaration of a command; nil for none of them, since a test holds that the table has every `Name`.
  public static func declaration(of name: Name) -> Declaration? { declarations[name] }

  static let declarations: [Name: Declaration] = Dictionary(table.map { ($0.name, $0) }) { first, _ in first }

  private static let everywhere = Set(Surface.allCases)

  /// All commands. A test holds that every `Name` is here once.
  public static let table: [Declaration] = [
    Declaration(
      name: .help, argument: .optional("command"), summary: "what you can type here",
      detail: "Anything that does not begin with / is a question, and is answered.", example: "/help tip",
      surfaces: everywhere),
    Declaration(
      name: .concepts, argument: .optional("words"), summary: "the topics that I know, or those near your words",
      detail: "Without words, the whole list; with words, the nearest topics first.", example: "/concepts trust",
      surfaces: everywhere),
    Declaration(
      name: .concept, argument: .required("name"), summary: "one topic in short",
      detail: "The name is the one that /concepts shows; a title or part of one will do.",
      example: "/concept personal-power", surfaces: everywhere),
    Declaration(
      name: .more, argument: .none, summary: "more on the last answer",
      detail: "Shows the next passage on the matter, until there is none.", example: "/more", surfaces: everywhere),
    Declaration(
      name: .why, argument: .none, summary: "which words and passages led to the last answer",
      detail: "Shows how each of your words counted, and how sure I am.", example: "/why", surfaces: everywhere),
    Declaration(
      name: .sources, argument: .none, summary: "where the last answer comes from",
      detail: "Names the passages that I used and the source of each.", example: "/sources", surfaces: everywhere),
    Declaration(
      name: .tip, argument: .optional("topic"), summary: "one thing to do or notice today",
      detail: "With a topic, a tip on it.", example: "/tip trust", surfaces: everywhere),
    Declaration(
      name: .status, argument: .none, summary: "how I am doing",
      detail: "Says whether the knowledge is loaded, and how much of it there is.", example: "/status",
      surfaces: everywhere),
    Declaration(
      name: .width, argument: .required("number"), summary: "wrap my answers at that many columns",
      detail: "From 20 to 500.", example: "/width 100", surfaces: [.line]),
    Declaration(
      name: .prompt, argument: .required("on or off"), summary: "show a > when it is your turn",
      detail: "Programs will want it off, and it is, until you ask.", example: "/prompt on", surfaces: [.line]),
    Declaration(
      name: .color, argument: .required("on or off"), summary: "colour for headings and steps",
      detail: "Uses the eight colours that every terminal has.", example: "/color on", surfaces: [.line]),
    Declaration(
      name: .quit, argument: .none, summary: "end the conversation", detail: "Closes the connection.",
      example: "/quit", surfaces: [.line, .terminal]),
  ]
}
