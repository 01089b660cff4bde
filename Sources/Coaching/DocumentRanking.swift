import Corpus
import Foundation
import Retrieval

/// Which document a question is about, and which of its passages answers first.
///
/// Passages are found one by one; a person asks about a matter. Three signs of a document are weighed and added:
///
/// - what its passages score, as a part of the greatest: the mean of the best one and of the best three (missing ones
///   count nothing), because a document of which several passages speak to the question is more likely the right one than
///   one with a lucky passage;
/// - how likely the question is among those of the document (`KnownQuestions`);
/// - how near one of these comes.
///
/// The weights are those of a conditional logit model (McFadden, "Conditional logit analysis of qualitative choice behavior",
/// 1974): they make the documents that were judged right likeliest among those found. A concept counts a little less, because
/// most people ask what to do, and a concept says what a matter is. The fewer questions a document names, the more its passages count.
struct DocumentRanking {
  /// All hits: those of the best document first, then those of the next.
  let hits: [Hit]
  /// How near the question comes to one that the best document names itself, and how likely its words are there.
  let resemblance: KnownQuestions.Resemblance
  /// How likely it is, by the model, that the best document is the one that is meant, 0 to 1.
  let certainty: Double

  /// How many passages a search for a document has to find: enough to hold every document that may be meant.
  static let passagesNeeded = 200

  /// Within a document, the passage comes first whose own text holds most of the question by idf: what is said of the document as
  /// a whole (its aliases, its questions) tells none of its passages from the others. The first passage says what to do, which is
  /// what most people want, and the sides of a matter interest few: so they begin with a part of the idf of the rarest word. A
  /// fact stands where it stands.
  private static let headStart = (first: 0.2, notSide: 0.35)

  /// What counts how much where a document says how people ask for it. Fitted on 2026-11-29 to 1,390 questions
  /// (`Tests/Judged/README.md`).
  private static let asked = (score: 1.8, nearness: 6.8)
  /// The same where it says nothing of the kind. The same documents, stripped of all but their titles and text, are told apart
  /// as well by any score from 4 on; more of it lets a team's own file win where it holds the rare words of a question.
  private static let read = (score: 6.5, nearness: 2.0)
  private static let conceptWeight = -0.4

  /// Complexity: linear in the hits, in the known questions that share a word, and in the documents found times the question's
  /// words.
  init(_ found: SearchResult, for question: String, in knowledge: Knowledge) {
    let documents = Self.grouped(found.hits, in: knowledge)
    let resemblances = knowledge.questions.resemblances(of: found.query, to: documents)
    let scores = documents.map { Self.score($0.hits) }
    let bestScore = max(scores.max() ?? 0, .leastNormalMagnitude)
    let totals = documents.indices.map { number -> Double in
      let resemblance = resemblances[number]
      let isConcept = knowledge.catalogue.kind(at: documents[number].place) == .concept
      let share = resemblance.share
      let scoreWeight = Self.asked.score * share + Self.read.score * (1 - share)
      let nearnessWeight = Self.asked.nearness * share + Self.read.nearness * (1 - share)
      return scoreWeight * scores[number] / bestScore + resemblance.likelihood
        + nearnessWeight * resemblance.nearness + (isConcept ? Self.conceptWeight : 0)
    }
    let ranked = documents.indices.sorted { (totals[$1], documents[$0].place) < (totals[$0], documents[$1].place) }
    let isFactual = QuestionShape(question) == .fact
    let wantsNumber = QuestionShape.asksForNumber(question)
    hits = ranked.enumerated().flatMap { rank, number in
      let hits = documents[number].hits
      guard isFactual else { return rank == 0 ? Self.ordered(hits, for: question, found.query, in: knowledge) : hits }
      return wantsNumber ? Self.numbersFirst(hits, in: knowledge) : hits
    }
    resemblance = ranked.first.map { resemblances[$0] } ?? KnownQuestions.Resemblance()
    let best = totals.max() ?? 0
    certainty = totals.isEmpty ? 0 : 1 / totals.reduce(0) { $0 + exp($1 - best) }
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

  private static func ordered(_ hits: [Hit], for question: String, _ query: Query, in knowledge: Knowledge) -> [Hit] {
    let rarest = RankingSettings.inverseDocumentFrequency(1, of: knowledge.index.recordCount)
    let ranked = hits.map { hit in
      let parts = knowledge.index.explain(question, hit: hit)?.terms ?? []
      let own = parts.filter { $0.fields[.body] != nil }.reduce(0) {
        $0 + query.terms[$1.term].inverseDocumentFrequency
      }
      let origin = knowledge.origin(of: hit)
      let start = (origin.section == 0 ? headStart.first : 0) + (origin.isSide ? 0 : headStart.notSide)
      return (hit: hit, own: own + start * rarest, section: origin.section)
    }
    return ranked.sorted { ($1.own, $0.section) < ($0.own, $1.section) }.map(\.hit)
  }
}

extension String {
  /// How many numbers it holds.
  var figures: Int { split { !$0.isNumber }.count }
}
