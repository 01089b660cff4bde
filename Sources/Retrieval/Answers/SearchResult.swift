/// What came of a search.
public struct SearchResult: Sendable {
  /// The question as it was read, repairs of misspelt words included.
  public var query: Query
  /// Best first; of equal scores the smaller ordinal first. Empty if no passage holds a word of the question.
  public var hits: [Hit]
  /// How many passages were searched.
  public var recordCount: Int
}

/// A passage that was found.
public struct Hit: Sendable, Equatable {
  /// The record's place among all by the order of ids; what `Index.payload(at:)` takes.
  public var ordinal: Int
  /// The record's id.
  public var id: String
  /// The score in whole units, above 0; comparable within one search only.
  public var units: Int
  /// The score as BM25F with pair bonus: the sum of idf times saturated frequency. Comparable between searches of one
  /// index.
  public var score: Double
  /// How much of the question the passage covers: the idf of the terms that it holds over the idf of all terms, 0 to 1.
  /// A word that no passage holds counts in the latter, so that a question about something else is covered badly.
  public var coverage: Double
  /// One bit for each term of the query, in its order: whether the passage holds it.
  public var matchedTerms: UInt32
  /// One bit for each pair of the query, in its order: whether its bonus is in the score.
  public var matchedPairs: UInt32

  /// Whether the passage holds the term at this place of `Query.terms`.
  public func matches(term index: Int) -> Bool {
    (0..<32).contains(index) && matchedTerms & (1 << UInt32(index)) != 0
  }
}
