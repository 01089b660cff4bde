import ArgumentParser
import CoachService

@main
struct Coach: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "coach", abstract: "Inner Coach.")
}
