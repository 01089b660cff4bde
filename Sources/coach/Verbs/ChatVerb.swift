import ArgumentParser
import CoachService
import Foundation

struct ChatVerb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "chat", abstract: "Talk on this terminal, without a server.",
    discussion: "Type a question, or /help; /quit ends it.")

  @OptionGroup var common: CommonOptions

  func run() async throws {
    let dialogue = try TerminalDialogue(common.workspace())
    FileHandle.standardOutput.write(Data("\(dialogue.greeting)\n".utf8))
    while true {
      FileHandle.standardOutput.write(Data("> ".utf8))
      guard let line = readLine() else { break }
      FileHandle.standardOutput.write(Data("\(dialogue.reply(to: line).text)\n\n".utf8))
      if dialogue.isOver { break }
    }
  }
}
