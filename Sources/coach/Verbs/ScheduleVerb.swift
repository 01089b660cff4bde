import ArgumentParser
import CoachService

struct ScheduleVerb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schedule", abstract: "What is posted when.", subcommands: [Next.self, History.self])

  struct Next: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "The next occurrences of every schedule, in UTC and in local time.")

    @OptionGroup var common: CommonOptions
    @Flag(help: "Print them as JSON.") var json = false
    @Option(help: ArgumentHelp("How many of each.", valueName: "n")) var count = 3
    @Option(help: ArgumentHelp("From this instant, as 2026-11-23T09:00:00Z, instead of now.", valueName: "instant"))
    var from: String?

    func validate() throws {
      guard (1...1000).contains(count) else { throw ValidationError("--count must be from 1 to 1000, not \(count).") }
    }

    func run() async throws {
      let report = try common.workspace().nextOccurrences(count: count, from: from)
      print(json ? report.json : report.text)
    }
  }

  struct History: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "What was posted and what was missed, newest first.")

    @OptionGroup var common: CommonOptions
    @Flag(help: "Print it as JSON.") var json = false
    @Option(help: ArgumentHelp("How many.", valueName: "n")) var limit = 20

    func run() async throws {
      let report = try await common.workspace().occurrenceHistory(limit: max(1, min(limit, 10_000)))
      print(json ? report.json : report.text)
    }
  }
}
