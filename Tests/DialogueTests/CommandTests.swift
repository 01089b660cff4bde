import Dialogue
import Testing

@Suite("A line is a command or a question")
struct CommandTests {
  private func parsed(_ text: String, on surface: Surface = .line, isRepaired: Bool = false) -> Command.Parsed {
    Command.parse(Utterance(text: text, surface: surface, isRepaired: isRepaired))
  }

  private func code(_ parsed: Command.Parsed) -> Reply.Code? {
    if case .mistake(let reply) = parsed { reply.code } else { nil }
  }

  @Test("every command is declared once")
  func everyCommandIsDeclaredOnce() {
    #expect(Command.table.map(\.name).count == Command.Name.allCases.count)
    #expect(Set(Command.table.map(\.name)) == Set(Command.Name.allCases))
  }

  @Test("every example of the table parses to its command", arguments: Command.table)
  func examplesParse(declaration: Command.Declaration) throws {
    let surface = try #require(declaration.surfaces.first)
    guard case .command(let command) = parsed(declaration.example, on: surface) else {
      Issue.record("\(declaration.example) is no command")
      return
    }
    #expect(command.name == declaration.name)
  }

  @Test(
    "what does not begin with a slash is a question",
    arguments: ["more", "How do I lead?", "", "\u{2215}more", "? /more"])
  func questions(text: String) {
    #expect(parsed(text) == .question)
  }

  @Test(
    "names are matched whatever their case, arguments are trimmed",
    arguments: [
      ("/more", Command(.more)), ("  /MORE  ", Command(.more)),
      ("/concept  Personal power ", Command(.concept, "Personal power")),
      ("/tip", Command(.tip)), ("/tip\ttrust", Command(.tip, "trust")),
    ])
  func commands(text: String, command: Command) {
    #expect(parsed(text) == .command(command))
  }

  @Test(
    "a mistake names what is wrong",
    arguments: [
      ("/mroe", Reply.Code.unknownCommand), ("/", .unknownCommand), ("/more please", .invalidArgument),
      ("/concept", .invalidArgument), ("/\u{FF4D}ore", .unknownCommand), ("/\u{212A}", .unknownCommand),
    ])
  func mistakes(text: String, expected: Reply.Code) {
    #expect(code(parsed(text)) == expected)
  }

  @Test("an unknown command suggests the nearest one")
  func suggestion() {
    guard case .mistake(let reply) = parsed("/soruces") else {
      Issue.record("no mistake")
      return
    }
    #expect(reply.text.contains("Did you mean /sources?"))
  }

  @Test("a line from which bytes were dropped is never a command")
  func repairedLineIsNoCommand() {
    #expect(code(parsed("/quit", isRepaired: true)) == .damagedCommand)
    #expect(parsed("quit", isRepaired: true) == .question)
  }

  @Test("the socket's own commands exist on the socket only")
  func surfaces() {
    #expect(parsed("/width 100") == .command(Command(.width, "100")))
    #expect(code(parsed("/width 100", on: .chat)) == .unknownCommand)
    #expect(code(parsed("/quit", on: .http)) == .unknownCommand)
  }

  @Test(
    "behind a chat prefix a first word is a command only if the rest fits",
    arguments: [
      ("more", Command(.more) as Command?), ("/more", Command(.more)), ("", Command(.help)),
      ("tip trust", Command(.tip, "trust")),
      ("help tip", Command(.help, "tip")), ("concept personal-power", Command(.concept, "personal-power")),
      ("more about trust", nil), ("why do people follow?", nil), ("help me with my boss", nil),
      ("tip the balance between two teams", nil), ("concept", nil),
    ])
  func prefixed(text: String, command: Command?) {
    let parsed = Command.parse(afterPrefix: Utterance(text: text, surface: .chat))
    #expect(parsed == command.map { .command($0) } ?? .question)
  }
}
