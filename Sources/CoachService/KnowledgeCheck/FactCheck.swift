import Corpus

/// Whether every fact stands in its document, and asking for it finds that document.
struct FactCheck {
  /// How asking for the facts went.
  struct Figures: Sendable, Equatable {
    var count = 0
    /// The first passage belongs to the fact's document.
    var first = 0
    /// Its document is among the first three.
    var inThree = 0

    var firstShare: Double { count == 0 ? 1 : Double(first) / Double(count) }
  }

  /// Asking in other words may lead to a neighbour now and then; more often than for one fact of twenty, people notice.
  static let leastFirstShare = 0.95

  private(set) var figures = Figures()
  private(set) var findings: [KnowledgeFinding] = []
  private let path: String

  /// - Parameter ranking: the slugs of the documents that a question finds, best first.
  init(_ table: FactTable, _ library: Library, ranking: (String) -> [String]) {
    path = table.path
    let documents = Dictionary(library.documents.map { ($0.slug, $0) }) { first, _ in first }
    for fact in table.facts {
      checkText(fact, documents[fact.document])
      checkRetrieval(fact, ranking(fact.question))
    }
    if figures.firstShare < Self.leastFirstShare {
      add(
        .error, nil, "Only \(figures.first) of \(figures.count) facts are found in the first passage.",
        "Mend the documents until it is \(Int(100 * Self.leastFirstShare)) % or more.")
    }
  }

  private mutating func checkText(_ fact: FactTable.Fact, _ document: Document?) {
    guard let document else {
      add(.error, fact.line, "There is no document \(fact.document).", "Name a document by its file name without .md.")
      return
    }
    if !document.passages.contains(where: { $0.text.contains(fact.pattern) }) {
      add(
        .error, fact.line, "No passage of \(fact.document) holds the fact: \(fact.fact).",
        "Say it there, or mend the pattern.")
    }
  }

  private mutating func checkRetrieval(_ fact: FactTable.Fact, _ ranking: [String]) {
    let place = ranking.prefix(3).firstIndex(of: fact.document)
    figures.count += 1
    figures.first += place == 0 ? 1 : 0
    figures.inThree += place != nil ? 1 : 0
    let remedy = "Add a question with its words to \(fact.document)."
    if let place, place > 0 {
      add(.advice, fact.line, "\"\(fact.question)\" finds \(ranking[0]) before \(fact.document).", remedy)
    } else if place == nil {
      let found = ranking.first.map { "finds \($0)" } ?? "finds nothing"
      add(.error, fact.line, "\"\(fact.question)\" \(found), and \(fact.document) not among the first three.", remedy)
    }
  }

  private mutating func add(_ severity: KnowledgeFinding.Severity, _ line: Int?, _ what: String, _ remedy: String) {
    findings.append(KnowledgeFinding(severity, path: path, line: line, what: what, remedy: remedy))
  }
}
