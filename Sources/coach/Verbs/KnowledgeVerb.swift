import ArgumentParser
import CoachService

struct KnowledgeVerb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "knowledge", abstract: "Check the documents and tips that answers come from.",
    subcommands: [Check.self, Shingles.self], defaultSubcommand: Check.self)

  struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Check form, links, tips, reading ease and whether questions find their document.",
      discussion: """
        Knowledge/README.md describes the form. The exit status is 65 if there are errors; advice does not count. For example: \
        coach knowledge check --facts Tests/Judged/facts.jsonl --shingles Tests/Judged/source-shingles.txt
        """)

    @OptionGroup var common: CommonOptions
    @Flag(help: "Print the findings as JSON.") var json = false
    @Option(help: ArgumentHelp("Facts that must stand there and be found, one JSON object a line.", valueName: "file"))
    var facts: String?
    @Option(help: ArgumentHelp("Hashes of a text of which no sentence may stand there.", valueName: "file"))
    var shingles: String?
    @Option(help: ArgumentHelp("Such a text itself.", valueName: "file")) var source: String?

    func run() async throws {
      let check = try common.workspace().checkKnowledge(facts: facts, shingles: shingles, source: source)
      print(json ? check.report.json : check.report.text)
      if check.errorCount > 0 { throw ExitCode(Failure.Status.data.rawValue) }
    }
  }

  struct Shingles: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print the hashes of a text's runs of eight words, for check --shingles.")

    @Argument(help: ArgumentHelp("A plain text.", valueName: "file")) var source: String

    func run() async throws {
      print(try SourceShingles.reading(source: source).fileText, terminator: "")
    }
  }
}
