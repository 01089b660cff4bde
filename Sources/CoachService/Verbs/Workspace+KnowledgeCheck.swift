import Corpus
import KnowledgeStore
import Retrieval

extension Workspace {
  /// `coach knowledge check`: every rule over the knowledge folders as they are now.
  ///
  /// - Parameters:
  ///   - facts: a file for `FactTable`.
  ///   - shingles: a file of hashes for `SourceShingles`.
  ///   - source: a plain text from which no sentence may be taken.
  package func checkKnowledge(facts: String?, shingles: String?, source: String?) throws(Failure) -> KnowledgeCheck {
    // The files that a person named come first: a wrong name should not cost a whole check.
    let table = try facts.map { path throws(Failure) in try FactTable.reading(path) }
    let hashes = try shingles.map { path throws(Failure) in try SourceShingles.reading(hashes: path) }
    let text = try source.map { path throws(Failure) in try SourceShingles.reading(source: path) }
    let generation = try opened(storing: false).generation
    var check = KnowledgeCheck(try library())
    check.add(generation.problems)
    check.checkReadingEase()
    let taken = [hashes, text].compactMap(\.self)
    if let first = taken.first { check.checkSharedRuns(with: taken.dropFirst().reduce(first) { $0.union($1) }) }
    check.checkQuestions(ranking: generation.index.documents(for:))
    if let table { check.check(table, ranking: generation.index.documents(for:)) }
    return check
  }

  func library() throws(Failure) -> Library {
    do throws(KnowledgeError) {
      return try knowledgeSource.library()
    } catch {
      throw Failure(error)
    }
  }
}

extension Index {
  /// The slugs of the documents that a question finds, in the order of their best passages.
  ///
  /// Retrieval alone: `Coach` asks besides which document names a question like it, and so would find a document by its own
  /// questions whatever their words.
  package func documents(for question: String) -> [String] {
    var seen: Set<Substring> = []
    return search(question, limit: 50).hits.compactMap { hit in
      let document = hit.id.prefix { $0 != "#" }
      return seen.insert(document).inserted ? String(document) : nil
    }
  }
}
