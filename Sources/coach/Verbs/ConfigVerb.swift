import ArgumentParser
import CoachService

struct ConfigVerb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config", abstract: "Print the effective configuration.",
    discussion: "Secrets are shown as their references only. The output is a valid configuration.")

  @OptionGroup var common: CommonOptions

  func run() async throws {
    print(try common.workspace().configuration.yaml, terminator: "")
  }
}
