import ArgumentParser
import CoachService
import Foundation

/// The command line: one file a verb under `Verbs/`, each about a page long.
@main
struct Coach: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "coach",
    abstract: "A coach for people who lead from the middle of an organisation.",
    discussion: "Ask with `coach ask \"...\"`, or run the service with `coach serve`.",
    version: coachVersion,
    subcommands: [
      AskVerb.self, ChatVerb.self, ServeVerb.self, IndexVerb.self, SearchVerb.self, EvalVerb.self,
      KnowledgeVerb.self, TipVerb.self, ScheduleVerb.self, DeliveriesVerb.self, ConfigVerb.self, DoctorVerb.self,
    ])

  /// The one place where an error becomes a line on standard error and an exit status.
  static func main() async {
    do {
      var command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch let failure as Failure {
      for line in failure.description.split(separator: "\n") {
        FileHandle.standardError.write(Data("coach: \(line)\n".utf8))
      }
      Foundation.exit(failure.status.rawValue)
    } catch {
      exit(withError: error)
    }
  }
}

/// What every verb takes.
struct CommonOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The configuration file; without it ./coach.yaml, /etc/inner-coach/coach.yaml or the defaults.", valueName: "file"
    ))
  var config: String?

  func workspace() throws -> Workspace { try Workspace(configurationPath: config) }
}
