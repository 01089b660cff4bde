import Retrieval

extension Query {
  /// How much of the question a text covers, as `Hit.coverage` does for a passage: 0 to 1. Complexity: linear in the text.
  func coverage(of text: String) -> Double {
    let held = Set(Analyzer().tokens(of: text).map(\.term))
    let total = terms.reduce(0) { $0 + $1.inverseDocumentFrequency }
    guard total > 0 else { return 0 }
    return terms.reduce(0) { $0 + (held.contains($1.term) ? $1.inverseDocumentFrequency : 0) } / total
  }
}
