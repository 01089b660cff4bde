import Foundation
import Retrieval

/// Whether the knowledge supports an answer: the decision between `answer` and `unknown`.
///
/// A logistic model of four signs of the passage that would answer, fitted by least log loss (both classes weighing the same) to
/// the questions of `Tests/Judged` that have a document and to those that have none; `Tests/Judged/README.md` has the
/// figures. The signs: its score, how many of the question's words it holds, which part of the question's words the
/// knowledge knows at all, and how near a question that its document names itself comes. A long story is covered
/// badly but shares many words with the right passage; a question about something else shares one or two.
struct Support: Equatable {
  /// 0 (nothing in common) to 1; comparable between questions.
  var confidence: Double
  /// How near the question comes to one that the document names itself, 0 to 1.
  var nearness = 0.0

  static let threshold = 0.55

  var isEnough: Bool { confidence >= Self.threshold }

  init(confidence: Double) {
    self.confidence = confidence
  }

  /// - Parameter resemblance: of the question to those that the hit's document names.
  init(_ found: SearchResult, _ hit: Hit, _ resemblance: KnownQuestions.Resemblance) {
    nearness = resemblance.nearness
    let query = found.query
    // Scores grow with the collection, as idf does; in words that stand in one passage only they are comparable.
    let rareWord = RankingSettings.inverseDocumentFrequency(1, of: found.recordCount)
    let known = query.terms.count { $0.isKnown }
    let evidence =
      Self.weights.score * log1p(max(0, hit.score) / max(0.1, rareWord))
      + Self.weights.matched * log1p(Double(hit.matchedTerms.nonzeroBitCount))
      + Self.weights.known * (Double(known) / Double(max(1, query.terms.count)))
      + Self.weights.nearness * nearness
      + Self.weights.bias
    confidence = 1 / (1 + exp(-evidence))
  }

  private static let weights = (score: 4.39, matched: 7.61, known: 2.93, nearness: 11.76, bias: -19.79)
}
