import Corpus
import Retrieval

/// Which document a question is about, and which of its passages answers first.
///
/// Passages are found one by one; a person asks about a matter. Three signs of a document are weighed and added:
///
/// - what its passages score, as a part of the greatest: the mean of the best one and of the best three (missing ones
///   count nothing), because a document of which several passages speak to the question is more likely the right one than
///   one with a lucky passage;
/// - how likely the question's words are among those of the document and its questions (`KnownQuestions`), likewise;
/// - how near one of its questions comes, which counts for little until it comes very near.
///
/// A question in which nobody says I or we asks about an idea rather than for help, so practices count a little less for it.
struct DocumentRanking {
  /// All hits: those of the best document first, then those of the next.
  let hits: [Hit]
  /// How near the question comes to one that the best document names itself, and how likely its words are there.
  let resemblance: KnownQuestions.Resemblance

  /// How many passages a search for a document has to find: enough to hold every document that may be meant.
  static let passagesNeeded = 200

  /// Within a document, a passage that scores nearly as well as the best one and stands before it comes first: the first
  /// sections say what the matter is and what to do, the later ones look at its sides. A fact stands where it stands.
  private static let nearlyAsWell = 0.9

  /// What a practice keeps of its score for an impersonal question; 0.7 to 0.95 do the same on the judged questions.
  private static let practiceShare = 0.9

  /// Of the document that the question's words are likeliest from, the best passages' score being 1. A fact stands in a
  /// passage, whatever else people ask of its document.
  private static func likelihoodWeight(isFactual: Bool) -> Double { isFactual ? 1 : 2 }

  /// Of a question that a document names word for word; 2 does the same on the judged questions.
  private static let nearnessWeight = 3.0

  /// Complexity: linear in the hits, in the known questions that share a word, and in the sections of the documents found.
  init(_ found: SearchResult, for question: String, in knowledge: Knowledge) {
    var documents: [Int: [Hit]] = [:]
    for (slug, hits) in Dictionary(grouping: found.hits, by: { $0.id.prefix { $0 != "#" } }) {
      if let place = knowledge.catalogue.place(of: String(slug)) { documents[place] = hits }
    }
    let scores = documents.mapValues(Self.score)
    let resemblances = knowledge.questions.resemblance(of: found.query, hits: documents)
    let bestScore = max(scores.values.max() ?? 0, .leastNormalMagnitude)
    let bestLikelihood = max(resemblances.values.lazy.map(\.likelihood).max() ?? 0, .leastNormalMagnitude)
    let isPersonal = QuestionShape.isPersonal(question)
    let isFactual = QuestionShape(question) == .fact
    let likelihoodWeight = Self.likelihoodWeight(isFactual: isFactual)
    let totals = scores.map { place, score -> (place: Int, total: Double) in
      let resemblance = resemblances[place] ?? KnownQuestions.Resemblance()
      let nearness = Self.nearnessWeight * resemblance.nearness * resemblance.nearness
      let likelihood = likelihoodWeight * max(0, resemblance.likelihood) / bestLikelihood
      let total = score / bestScore + likelihood + nearness
      let countsInFull = isPersonal || knowledge.catalogue.kind(at: place) != .practice
      return (place, total * (countsInFull ? 1 : Self.practiceShare))
    }
    let ranked = totals.sorted { $0.total == $1.total ? $0.place < $1.place : $0.total > $1.total }
    let wantsNumber = QuestionShape.asksForNumber(question)
    hits = ranked.flatMap { place, _ in
      let hits = documents[place] ?? []
      guard isFactual else { return Self.ordered(hits, in: knowledge) }
      return wantsNumber ? Self.numbersFirst(hits, in: knowledge) : hits
    }
    resemblance = ranked.first.flatMap { resemblances[$0.place] } ?? KnownQuestions.Resemblance()
  }

  private static func score(_ hits: [Hit]) -> Double {
    let best = hits.map(\.score).sorted(by: >).prefix(3)
    return ((best.first ?? 0) + best.reduce(0, +) / 3) / 2
  }

  /// Who asks how many is helped by the passage whose lead has the most figures, if it speaks to the question at all.
  private static func numbersFirst(_ hits: [Hit], in knowledge: Knowledge) -> [Hit] {
    let counted = hits.map { hit in
      let isNear = hit.score >= (hits.first?.score ?? 0) / 2
      return (hit: hit, figures: isNear ? knowledge.passage(at: hit.ordinal)?.lead?.figures ?? 0 : 0)
    }
    // Swift's sort keeps the order of equals.
    return counted.sorted { $0.figures > $1.figures }.map(\.hit)
  }

  private static func ordered(_ hits: [Hit], in knowledge: Knowledge) -> [Hit] {
    guard let best = hits.first else { return hits }
    let near = hits.filter { $0.score >= best.score * nearlyAsWell }
    guard near.count > 1, let entry = knowledge.catalogue[String(best.id.prefix { $0 != "#" })] else { return hits }
    let places = Dictionary(entry.passages.enumerated().map { ($1.rawValue, $0) }) { first, _ in first }
    let inOrder = near.sorted { (places[$0.id] ?? .max) < (places[$1.id] ?? .max) }
    return inOrder + hits.dropFirst(near.count)
  }
}

extension String {
  /// How many numbers it holds.
  var figures: Int { split { !$0.isNumber }.count }
}
