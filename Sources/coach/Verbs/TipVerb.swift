import ArgumentParser
import CoachService

struct TipVerb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tip", abstract: "Print a tip: any, or the one of a day.",
    discussion: """
      With --date it prints the tip that a deck begun for --channel would give that day, the same one each time. What a running \
      service posts follows the deck that it keeps.
      """)

  @OptionGroup var common: CommonOptions
  @Flag(help: "Print the tip as JSON.") var json = false
  @Option(help: ArgumentHelp("Only tips on this topic; may be repeated.", valueName: "topic")) var topic: [String] = []
  @Option(help: ArgumentHelp("A day, as 2026-11-23.", valueName: "date")) var date: String?
  @Option(help: ArgumentHelp("Whose deck, with --date.", valueName: "name")) var channel = "everyone"

  func run() async throws {
    let reply = try common.workspace().tip(topics: topic, date: date, channel: channel)
    print(json ? reply.json : reply.text)
  }
}
