import ArgumentParser
import CoachService

struct EvalVerb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "eval", abstract: "Ask judged questions and print how many were answered from the right document.",
    discussion: "Tests/Judged/README.md describes the file. For example: coach eval Tests/Judged/concepts.jsonl")

  @OptionGroup var common: CommonOptions
  @Flag(help: "Print the figures as JSON.") var json = false
  @Flag(help: "List the questions that went wrong, too.") var misses = false
  @Argument(help: ArgumentHelp("Judged questions, one JSON object a line.", valueName: "file")) var file: String

  func run() async throws {
    let questions = try JudgedQuestion.read(file)
    let report = try common.workspace().report(on: questions)
    print(json ? report.json : report.text(withMisses: misses))
    if !report.ownWords.copies.isEmpty { throw ExitCode(Failure.Status.data.rawValue) }
  }
}
