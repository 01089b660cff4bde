import ArgumentParser
import CoachService

struct SearchVerb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search", abstract: "Retrieval alone, with an explanation of the scores.",
    discussion: """
      Without --corpus it searches the knowledge. With --corpus, --queries and --run it indexes a test collection in BEIR's layout \
      and writes a TREC run file.
      """)

  @OptionGroup var common: CommonOptions
  @Flag(help: "Print the passages and the explanation as JSON.") var json = false
  @Option(help: ArgumentHelp("How many passages; 10 unless told otherwise, 100 for a run.", valueName: "n"))
  var limit: Int?
  @Option(help: ArgumentHelp("How to search: lexical.", valueName: "mode")) var mode = "lexical"
  @Option(help: ArgumentHelp("A collection's corpus.jsonl or corpus.jsonl.gz.", valueName: "file")) var corpus: String?
  @Option(help: ArgumentHelp("Its queries.jsonl.", valueName: "file")) var queries: String?
  @Option(help: ArgumentHelp("Where to write the run.", valueName: "file")) var run: String?
  @Argument(help: "What to look for.") var question: [String] = []

  func validate() throws {
    guard mode == "lexical" else {
      throw ValidationError("--mode \(mode.prefix(40)) is not built yet. Use --mode lexical.")
    }
    if let limit, !(1...1000).contains(limit) { throw ValidationError("--limit must be from 1 to 1000, not \(limit).") }
    let measuring = [corpus, queries, run].compactMap(\.self).count
    guard measuring == 0 || measuring == 3 else {
      throw ValidationError("--corpus, --queries and --run go together.")
    }
    guard (measuring == 3) == question.isEmpty else {
      throw ValidationError("Give either a question, or --corpus, --queries and --run.")
    }
  }

  func run() async throws {
    if let corpus, let queries, let run {
      let done = try CollectionRun.write(corpus: corpus, queries: queries, to: run, limit: limit ?? 100)
      print("\(done.queries) queries over \(done.passages) passages, written to \(run)")
    } else {
      let report = try common.workspace().search(question.joined(separator: " "), limit: limit ?? 10)
      print(json ? report.json : report.text)
    }
  }
}
