import CZlib
import CoachService
import Corpus
import Foundation
import Retrieval
import Testing

@Suite("Collections and judged questions in files")
struct CollectionFileTests {
  @Test("ids that a run file cannot hold are refused with their line, and a run never replaces its input")
  func ids() throws {
    let bench = try Bench()
    func file(_ name: String, _ text: String) throws -> String {
      let path = bench.path + "/" + name
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
      return path
    }
    let queries = try file("queries", "{\"_id\": \"q\", \"text\": \"trust\"}\n")
    let good = "{\"_id\": \"1\", \"text\": \"Trust.\"}\n"
    for (text, line) in [
      (good + "{\"_id\": \"a b\", \"text\": \"x\"}\n", "line 2"), (good + good, "line 2"),
      ("{\"_id\": \"\", \"text\": \"x\"}", "line 1"), ("", "holds nothing"),
    ] {
      let corpus = try file("corpus", text)
      let failure = try #require(throws: Failure.self) { try BEIRCollection(corpus: corpus, queries: queries) }
      #expect(failure.description.contains(line), "\(failure)")
    }
    let corpus = try file("corpus", good)
    #expect(throws: Failure.self) { try CollectionRun.write(corpus: corpus, queries: queries, to: corpus, limit: 1) }
    #expect(try String(contentsOfFile: corpus, encoding: .utf8) == good)
    let link = bench.path + "/link"
    let target = try file("target", "")
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: target)
    _ = try CollectionRun.write(corpus: corpus, queries: queries, to: link, limit: 1)
    #expect(try String(contentsOfFile: target, encoding: .utf8).hasPrefix("q Q0 1 1 "))
  }

  private let bench: Bench

  init() throws {
    bench = try Bench()
  }

  private static let corpus = """
    {"_id": "d1", "title": "Trust", "text": "Trust grows from kept promises."}
    {"_id": "d2", "text": "Meetings end on time."}

    """
  private static let queries =
    "{\"_id\": \"q1\", \"text\": \"kept promises\"}\n{\"_id\": \"q2\", \"text\": \"meetings\"}\n"

  private func zipped(_ text: String, to name: String) throws -> String {
    let path = bench.path + "/" + name
    guard let file = unsafe gzopen(path, "wb") else { throw CocoaError(.fileWriteUnknown) }
    let bytes = Array(text.utf8)
    let written = unsafe bytes.withUnsafeBytes { unsafe gzwrite(file, $0.baseAddress, UInt32($0.count)) }
    #expect(Int(written) == bytes.count)
    unsafe gzclose(file)
    return path
  }

  @Test("a collection reads the same plain, gzipped, and with the line ends of Windows")
  func reads() throws {
    let queries = try bench.write(Self.queries, to: "queries.jsonl")
    let corpora = [
      try bench.write(Self.corpus, to: "corpus.jsonl"), try zipped(Self.corpus, to: "corpus.jsonl.gz"),
      try bench.write(Self.corpus.replacing("\n", with: "\r\n\r\n"), to: "windows.jsonl"),
    ]
    for corpus in corpora {
      let collection = try BEIRCollection(corpus: corpus, queries: queries)
      #expect(collection.records.map(\.id) == ["d1", "d2"])
      #expect(collection.records.map(\.title) == ["Trust", ""])
      #expect(collection.queries.map(\.id) == ["q1", "q2"])
    }
  }

  @Test("characters that other programs take for line ends may stand inside a text")
  func lineSeparators() throws {
    let text = "{\"_id\": \"d1\", \"text\": \"one\u{2028}two\u{85}three\u{2029}four\"}\n"
    let collection = try BEIRCollection(
      corpus: try bench.write(text, to: "corpus.jsonl"), queries: try bench.write(Self.queries, to: "queries.jsonl"))
    #expect(collection.records.map(\.body) == ["one\u{2028}two\u{85}three\u{2029}four"])
  }

  @Test("a gzipped file that breaks off anywhere, or has a wrong byte, is refused by name")
  func damaged() throws {
    let many = (0..<400).map { "{\"_id\": \"d\($0)\", \"text\": \"word\($0 * 7919) other\($0)\"}" }.joined(
      separator: "\n")
    let good = try Data(contentsOf: URL(filePath: try zipped(many, to: "good.gz")))
    let queries = try bench.write(Self.queries, to: "queries.jsonl")
    var damaged = [8, good.count / 4, good.count / 2, good.count - 9, good.count - 1].map { good.prefix($0) }
    for place in [30, good.count / 2, good.count - 6] {
      var changed = good
      changed[place] ^= 0x10
      damaged.append(changed)
    }
    for (number, data) in damaged.enumerated() {
      let path = try bench.write(Data(data), to: "damaged-\(number).gz")
      let failure = #expect(throws: Failure.self, "\(number)") { try BEIRCollection(corpus: path, queries: queries) }
      #expect(failure?.status == .data && failure?.description.contains(path) == true)
    }
  }

  @Test("what cannot be read or is none is told with its file and its line")
  func problems() throws {
    let queries = try bench.write(Self.queries, to: "queries.jsonl")
    let cases: [(String, String)] = [
      ("\n\n{\"_id\": \"d1\", \"text\": \"x\"}\n\n{\"text\": 1}\n", "line 5"),
      ("{\"_id\": 7, \"text\": \"x\"}", "line 1"),
      ("{\"_id\": \"a\"}", "line 1"), ("[]", "line 1"), ("nonsense", "line 1"),
    ]
    for (number, (text, place)) in cases.enumerated() {
      let path = try bench.write(text, to: "corpus-\(number).jsonl")
      let failure = try #require(throws: Failure.self) { try BEIRCollection(corpus: path, queries: queries) }
      #expect(failure.description.contains("\(path), \(place)"), "\(failure)")
    }
    for path in [bench.path + "/none", bench.path, try bench.write(Data([0xC3, 0x28]), to: "latin.jsonl")] {
      let failure = try #require(throws: Failure.self) { try BEIRCollection(corpus: path, queries: queries) }
      #expect(failure.status == .data && failure.description.contains(path))
    }
  }

  @Test("a run is written as trec_eval reads it")
  func run() throws {
    let out = bench.path + "/run.txt"
    let counts = try CollectionRun.write(
      corpus: try zipped(Self.corpus, to: "corpus.jsonl.gz"),
      queries: try bench.write(Self.queries, to: "queries.jsonl"),
      to: out, limit: 10)
    #expect(counts == (2, 2))
    let lines = try String(contentsOfFile: out, encoding: .utf8).split(separator: "\n").map { $0.split(separator: " ") }
    #expect(lines.map { $0.prefix(4).joined(separator: " ") } == ["q1 Q0 d1 1", "q2 Q0 d2 1"])
    #expect(lines.allSatisfy { $0.count == 6 && Double($0[4]) != nil })
    #expect(throws: Failure.self) {
      try CollectionRun.write(
        corpus: bench.path + "/corpus.jsonl.gz", queries: bench.path + "/queries.jsonl",
        to: bench.path + "/none/run.txt", limit: 10)
    }
  }

  @Test("judged questions are read, and what is none is told by its line")
  func judged() throws {
    let good = try bench.write(
      "{\"question\": \"a?\", \"documents\": [\"x\"], \"kind\": \"fact\", \"id\": \"1\"}\n\n"
        + "{\"question\": \"b?\", \"documents\": [], \"after\": \"a?\", \"more\": 1}\n", to: "good.jsonl")
    let questions = try JudgedQuestion.read(good)
    #expect(questions.map(\.question) == ["a?", "b?"] && questions[1].after == "a?" && questions[0].kind == "fact")
    for (text, problem) in [
      ("{\"question\": \"a?\", \"documents\": []}\n\n{\"question\": \"b?\"}\n", "line 3"), ("", "holds no questions"),
      ("\n\n", "holds no questions"), ("{\"question\": 1, \"documents\": []}", "line 1"),
      ("{\"question\": \"a?\", \"documents\": \"x\"}", "line 1"), ("{\"question\": \"a?", "line 1"),
    ] {
      let path = try bench.write(text, to: "judged.jsonl")
      let failure = try #require(throws: Failure.self) { try JudgedQuestion.read(path) }
      #expect(failure.status == .data && failure.description.contains(path) && failure.description.contains(problem))
    }
  }

  @Test("the project's judged questions name documents that there are, and the report counts them all")
  func projects() throws {
    let workspace = try bench.workspace(knowledge: Bench.project + "Knowledge")
    let (coach, catalogue) = (try workspace.coach(), try workspace.catalogue())
    for name in ["concepts", "practices", "people"] {
      let questions = try JudgedQuestion.read(Bench.project + "Tests/Judged/\(name).jsonl")
      #expect(questions.allSatisfy { $0.documents.allSatisfy { catalogue[$0] != nil } })
      let report = QuestionReport(questions, coach: coach)
      #expect(report.figures.reduce(0) { $0 + $1.count } == questions.count)
      #expect(report.figures.allSatisfy { $0.right <= $0.count && $0.reciprocalRanks <= Double($0.count) })
      #expect(
        report.text(withMisses: true).split(separator: "\n").count == 2 + report.figures.count + report.misses.count)
      #expect(report.text(withMisses: false).split(separator: "\n").count == 2 + report.figures.count)
    }
  }
}
