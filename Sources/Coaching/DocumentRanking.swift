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

  /// Complexity: linear in the hits, in the known questions that share a word, and in the documents found times the question's
  /// words.
  init(_ found: SearchResult, for question: String, in knowledge: Knowledge) {
    let documents = Self.grouped(found.hits, in: knowledge)
    let resemblances = knowledge.questions.resemblances(of: found.query, to: documents)
    let scores = documents.map { Self.score($0.hits) }
    let bestScore = max(scores.max() ?? 0, .leastNormalMagnitude)
    let bestLikelihood = max(resemblances.lazy.map(\.likelihood).max() ?? 0, .leastNormalMagnitude)
    let isPersonal = QuestionShape.isPersonal(question)
    let isFactual = QuestionShape(question) == .fact
    let likelihoodWeight = Self.likelihoodWeight(isFactual: isFactual)
    let totals = documents.indices.map { number -> Double in
      let resemblance = resemblances[number]
      let nearness = Self.nearnessWeight * resemblance.nearness * resemblance.nearness
      let likelihood = likelihoodWeight * max(0, resemblance.likelihood) / bestLikelihood
      let total = scores[number] / bestScore + likelihood + nearness
      let countsInFull = isPersonal || knowledge.catalogue.kind(at: documents[number].place) != .practice
      return total * (countsInFull ? 1 : Self.practiceShare)
    }
    let ranked = documents.indices.sorted { (totals[$1], documents[$0].place) < (totals[$0], documents[$1].place) }
    let wantsNumber = QuestionShape.asksForNumber(question)
    hits = ranked.flatMap { number in
      let hits = documents[number].hits
      guard isFactual else { return Self.ordered(hits, in: knowledge) }
      return wantsNumber ? Self.numbersFirst(hits, in: knowledge) : hits
    }
    resemblance = ranked.first.map { resemblances[$0] } ?? KnownQuestions.Resemblance()
  }

  /// The hits by their documents, in the order of the first ones; each document's hits stay in their order.
  private static func grouped(_ hits: [Hit], in knowledge: Knowledge) -> [(place: Int, hits: [Hit])] {
    var groups: [(place: Int, hits: [Hit])] = []
    var numbers: [Int: Int] = [:]
    for hit in hits {
      let place = knowledge.document(of: hit)
      let number = numbers[place] ?? groups.count
      if number == groups.count {
        groups.append((place, []))
        numbers[place] = number
      }
      groups[number].hits.append(hit)
    }
    return groups
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
    return near.sorted { knowledge.section(of: $0) < knowledge.section(of: $1) } + hits.dropFirst(near.count)
  }
}

extension String {
  /// How many numbers it holds.
  var figures: Int { split { !$0.isNumber }.count }
}
