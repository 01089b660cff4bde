import Retrieval

/// The input as a text to index, as a question to a sound index, and as the passage of a snippet.
enum AnalyzerTarget {
  static func run(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    checkTokens(of: text)
    let index = SmallIndex.index
    let result = index.search(text)
    for hit in result.hits {
      guard let explanation = index.explain(text, hit: hit) else { preconditionFailure("a hit has no explanation") }
      let parts = explanation.terms.map(\.units) + explanation.pairs.map(\.units)
      precondition(parts.reduce(0, +) == hit.units, "an explanation does not add up")
    }
    checkSnippet(of: text, for: result.query)
  }

  private static func checkTokens(of text: String) {
    var end = 0
    for token in Analyzer().tokens(of: text) {
      precondition(token.range.lowerBound >= end && !token.range.isEmpty, "tokens overlap")
      end = token.range.upperBound
    }
    precondition(end <= text.utf8.count, "a token ends behind the text")
  }

  private static func checkSnippet(of text: String, for query: Query) {
    guard let snippet = Snippet.best(of: text, for: query) else { return }
    var end = snippet.text.startIndex
    for mark in snippet.marks {
      precondition(mark.lowerBound >= end && !snippet.text[mark].isEmpty, "marks overlap")
      end = mark.upperBound
    }
  }
}
