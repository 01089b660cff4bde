import ArgumentParser
import CoachService

struct DeliveriesVerb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "deliveries", abstract: "What waits to be sent, and what could not be.",
    discussion: "States: pending, leased (being sent), delivered, dead (given up), unknown (may have arrived).",
    subcommands: [List.self, Show.self, Retry.self, Drop.self], defaultSubcommand: List.self)

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "The newest deliveries.")

    @OptionGroup var common: CommonOptions
    @Flag(help: "Print them as JSON.") var json = false
    @Option(help: ArgumentHelp("Only those in this state.", valueName: "state")) var state: String?
    @Option(help: ArgumentHelp("Only those to this channel.", valueName: "name")) var channel: String?
    @Option(help: ArgumentHelp("How many.", valueName: "n")) var limit = 20

    func run() async throws {
      let report = try await common.workspace().deliveries(
        state: state, channel: channel, limit: max(1, min(limit, 100_000)))
      print(json ? report.json : report.text)
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "One delivery with its attempts.")

    @OptionGroup var common: CommonOptions
    @Flag(help: "Print it as JSON.") var json = false
    @Argument(help: "Its id, d-...") var id: String

    func run() async throws {
      let report = try await common.workspace().delivery(id)
      print(json ? report.json : report.text)
    }
  }

  struct Retry: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Send a delivery again that is dead or of unknown fate, or a pending one at once.")

    @OptionGroup var common: CommonOptions
    @Argument(help: "Its id, d-...") var id: String

    func run() async throws {
      print(try await common.workspace().change(id, .retry))
    }
  }

  struct Drop: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Give up a delivery that waits or is of unknown fate.")

    @OptionGroup var common: CommonOptions
    @Argument(help: "Its id, d-...") var id: String

    func run() async throws {
      print(try await common.workspace().change(id, .drop))
    }
  }
}
