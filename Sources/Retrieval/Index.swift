import Synchronization

/// An index that is ready to be searched. Immutable: a change of the records is a new index.
///
/// Isolation: any number of threads may search at once; each search borrows working memory of some 150 KB and up to a megabyte of
/// remembered words, of which the index keeps as many pieces as were ever in use together. A search blocks on nothing but the list of these.
public final class Index: Sendable {
  private let storage: IndexStorage
  private let file: IndexFile
  private let idle = Mutex<[Workspace]>([])

  /// What one search works with.
  private struct Workspace: @unchecked Sendable {  // Held by one search at a time, or by the list behind the mutex.
    let board = ScoreBoard()
    let reader: QueryReader
  }

  /// Opens an index after checking every byte of it.
  ///
  /// Complexity: linear in its size, about a millisecond for each megabyte.
  /// Throws an `IndexError` that names the damaged section and offset; the remedy is to build the index again.
  public init(storage: IndexStorage) throws(IndexError) {
    file = try IndexFile(storage.view)
    self.storage = storage
  }

  /// Opens an index from a copy of the bytes.
  public convenience init(bytes: [UInt8]) throws(IndexError) {
    try self.init(storage: IndexStorage(bytes))
  }

  public var recordCount: Int { file.recordCount }
  public var termCount: Int { file.lexicon.count }
  public var byteCount: Int { storage.byteCount }
  public var settings: RankingSettings { file.settings }
  /// What `IndexBuilder.build` was given.
  public var attachment: [UInt8] { file.attachment.bytes }

  /// The passages that answer a question best.
  ///
  /// Every sentence is allowed; there is no query language. Complexity: linear in the postings of the question's terms,
  /// of which those that cannot change the result are left out.
  /// - Parameter limit: how many hits at most; 0 or less gives none.
  public func search(_ question: String, limit: Int = 10) -> SearchResult {
    withWorkspace { workspace in
      let reading = workspace.reader.read(question)
      let evaluation = Evaluation(file, reading, limit: min(limit, recordCount))
      let hits = evaluation.run(workspace.board).map { hit($0, evaluation) }
      return SearchResult(query: reading.query, hits: hits, recordCount: recordCount)
    }
  }

  /// How the words of a question are read, without a search.
  public func query(_ question: String) -> Query {
    withWorkspace { $0.reader.read(question).query }
  }

  /// Why a passage that `search` found for a question has its score: the parts add up to `Hit.units`.
  public func explain(_ question: String, hit: Hit) -> Explanation? {
    explanation(question, hit.ordinal) { _ in hit.matchedPairs }
  }

  /// Why a passage, found or not, would have its score for a question if it were among the `RankingSettings.pairDepth`
  /// best, which are the ones that get a bonus for pairs; nil if there is no such passage.
  public func explain(_ question: String, ordinal: Int) -> Explanation? {
    explanation(question, ordinal) { $0.match(ordinal).pairs }
  }

  private func explanation(_ question: String, _ ordinal: Int, pairs: (Evaluation) -> UInt32) -> Explanation? {
    guard (0..<recordCount).contains(ordinal) else { return nil }
    return withWorkspace { workspace in
      let evaluation = Evaluation(file, workspace.reader.read(question), limit: 1)
      return evaluation.explanation(of: ordinal, pairs: pairs(evaluation))
    }
  }

  /// The payload of a record; empty if there is no such record.
  public func payload(at ordinal: Int) -> [UInt8] {
    (0..<recordCount).contains(ordinal) ? file.payloads.payload(ordinal).bytes : []
  }

  /// The id of a record; nil if there is no such record.
  public func id(at ordinal: Int) -> String? {
    guard (0..<recordCount).contains(ordinal) else { return nil }
    return String(decoding: file.identifiers.string(at: ordinal), as: UTF8.self)
  }

  /// The place of a record; nil if there is none with this id. Complexity: a binary search.
  public func ordinal(of id: String) -> Int? { file.identifiers.find(Array(id.utf8))?.index }

  private func hit(_ found: Evaluation.Found, _ evaluation: Evaluation) -> Hit {
    let terms = evaluation.terms(of: found)
    var (held, all) = (0.0, 0.0)
    for (index, term) in evaluation.query.terms.enumerated() {
      all += term.inverseDocumentFrequency
      if terms & (1 << UInt32(index)) != 0 { held += term.inverseDocumentFrequency }
    }
    return Hit(
      ordinal: found.ordinal, id: id(at: found.ordinal) ?? "", units: found.units,
      score: evaluation.scale.points(found.units), coverage: all > 0 ? held / all : 0, matchedTerms: terms,
      matchedPairs: found.pairs)
  }

  private func withWorkspace<Result>(_ body: (Workspace) -> Result) -> Result {
    let workspace = idle.withLock { $0.popLast() } ?? Workspace(reader: QueryReader(memory: WordMemory(file)))
    defer { idle.withLock { $0.append(workspace) } }
    return body(workspace)
  }
}
