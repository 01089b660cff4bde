import Foundation
import Retrieval

/// Whether the knowledge supports an answer: the decision between `answer` and `unknown`.
///
/// A logistic model, fitted by least log loss (both classes weighing the same) to questions that have a document and to those
/// that have none; `Tests/Judged/README.md` has the figures. Its signs: how many of the question's words the passage that would
/// answer holds, which part of them the knowledge knows at all, and how near a question that its document names comes. A long
/// story is covered badly but shares many words with the right passage; a question about something else shares one or two.
///
/// Where a document says how people ask for it, it matters further how likely the question is among those, and how long
/// it is; where it does not, as a team's own files may not, the passage's score has to do.
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
    let known = Double(query.terms.count { $0.isKnown }) / Double(max(1, query.terms.count))
    let matched = log1p(Double(hit.matchedTerms.nonzeroBitCount))
    let evidence: Double
    if resemblance.share >= Self.mostly {
      let words = Double(max(1, query.sequence.count))
      evidence =
        Self.asked.matched * matched + Self.asked.known * known + Self.asked.nearness * nearness
        + Self.asked.likelihood * resemblance.likelihood / words.squareRoot() + Self.asked.words * log1p(words)
        + Self.asked.bias
    } else {
      // Scores grow with the collection, as idf does; in words that stand in one passage only they are comparable.
      let rareWord = RankingSettings.inverseDocumentFrequency(1, of: found.recordCount)
      evidence =
        Self.read.score * log1p(max(0, hit.score) / max(0.1, rareWord)) + Self.read.matched * matched
        + Self.read.known * known + Self.read.nearness * nearness + Self.read.bias
    }
    confidence = 1 / (1 + exp(-evidence))
  }

  /// From this share on, the questions of a document say how people ask for it.
  private static let mostly = 0.9
  /// The weights for such a document.
  private static let asked = (matched: 2.34, known: 5.42, nearness: 11.75, likelihood: 3.14, words: 3.04, bias: -24.0)
  /// The weights for any other.
  private static let read = (score: 4.66, matched: 1.89, known: 7.45, nearness: 4.37, bias: -12.4)
}
