import ArgumentParser
import CoachService

struct AskVerb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ask", abstract: "Answer one question, without a server.",
    discussion: "For example: coach ask \"How do I say no to my boss?\"")

  @OptionGroup var common: CommonOptions
  @Flag(help: "Print the reply as one line of JSON (PROTOCOL.md).") var json = false
  @Argument(help: "The question, or a command such as /concepts.") var question: [String]

  func run() async throws {
    let dialogue = try TerminalDialogue(common.workspace())
    let reply = dialogue.reply(to: question.joined(separator: " "))
    print(json ? reply.json : reply.text)
  }
}
