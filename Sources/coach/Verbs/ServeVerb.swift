import ArgumentParser
import CoachService

struct ServeVerb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Run the service: the line socket, the webhooks and the schedules.",
    discussion: "SIGTERM or Ctrl-C drains and ends it within 30 seconds. It logs to standard error.")

  @OptionGroup var common: CommonOptions
  @Option(help: ArgumentHelp("trace, debug, info, notice, warning or error.", valueName: "level"))
  var logLevel: LogLevel = .notice

  func run() async throws {
    let workspace = try common.workspace()
    let (metrics, logger) = Observability.start(level: logLevel)
    try await Serve(workspace, metrics: metrics, logger: logger).run()
  }
}

extension LogLevel: ExpressibleByArgument {}
