package import Dialogue
package import Retrieval

/// Retrieval by itself, for `coach search`, `/v1/search` and measuring.
extension Coach {
  /// The passages that a question finds, those of the best document first (`DocumentRanking`).
  package func search(_ question: String, limit: Int) -> SearchResult { ranked(question, limit: limit).found }

  func ranked(_ question: String, limit: Int) -> (found: SearchResult, ranking: DocumentRanking) {
    var found = knowledge.index.search(question, limit: max(limit, DocumentRanking.passagesNeeded))
    let ranking = DocumentRanking(found, for: question, in: knowledge)
    found.hits = Array(ranking.hits.prefix(limit))
    return (found, ranking)
  }

  package func explain(_ question: String, _ hit: Hit) -> Explanation? {
    knowledge.index.explain(question, hit: hit)
  }

  /// The passages of a search as citations; each score is a part of the first one's.
  package func citations(of found: SearchResult) -> [Reply.Passage] {
    guard let best = found.hits.map(\.score).max(), best > 0 else { return [] }
    return found.hits.compactMap { hit in
      knowledge.passage(at: hit.ordinal)?.cited(score: hit.score / best)
    }
  }

  /// The documents that a question finds, best first, each once.
  package func documents(for question: String) -> [String] {
    search(question, limit: 50).hits
      .compactMap { $0.id.split(separator: "#").first.map(String.init) }.uniqued()
  }
}
