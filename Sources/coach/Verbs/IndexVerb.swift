import ArgumentParser
import CoachService

struct IndexVerb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "index", abstract: "Build the index of the knowledge, or check that it is up to date.",
    discussion: "A running service takes a new index up within a second. The same files give the same index.")

  @OptionGroup var common: CommonOptions
  @Flag(help: "Print the result as JSON.") var json = false

  func run() async throws {
    let report = try common.workspace().index()
    print(json ? report.json : report.text)
  }
}
