import Retrieval

/// Whether the knowledge supports an answer: the decision between `answer` and `unknown`.
///
/// The measure is how much of the question the best passage speaks to: the idf of the question's words that it holds, over the
/// idf of all of them, where a word that the knowledge has never seen counts as the rarest. A question about something else
/// shares at most common words with a passage ("capital" of "the capital of Mongolia"), and common words weigh little.
struct Support: Equatable {
  /// 0 (nothing in common) to 1 (every word of the question is there).
  var confidence: Double

  /// Calibrated on the judged questions in `Tests/Judged` (see its README for the figures): the point where questions that the
  /// knowledge cannot answer and questions that it can part best.
  static let threshold = 0.45

  var isEnough: Bool { confidence >= Self.threshold }

  init(confidence: Double) {
    self.confidence = confidence
  }

  init(_ found: SearchResult) {
    confidence = found.hits.first?.coverage ?? 0
  }
}
