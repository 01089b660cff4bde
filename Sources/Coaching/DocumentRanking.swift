import Corpus
import Retrieval

/// Which document a question is about, and which of its passages answers first.
///
/// Passages are found one by one; a person asks about a matter. A document of which several passages speak to the question is
/// more likely the right one than a document with one lucky passage, so a document counts as the mean of its best passage
/// and of its best three (missing ones count nothing). To that comes a bonus for a document that names nearly this question
/// itself (`KnownQuestions`). A question in which nobody says I or we asks about an idea rather than for help, so practices
/// count a little less for it.
struct DocumentRanking {
  /// All hits: those of the best document first, then those of the next.
  let hits: [Hit]

  /// Within a document, a passage that scores nearly as well as the best one and stands before it comes first: the first
  /// sections say what the matter is and what to do, the later ones look at its sides. A fact stands where it stands.
  private static let nearlyAsWell = 0.9

  /// What a document that names just this question gets, as a part of the best document's score. Chosen on the judged
  /// questions, where 0.6 to 1.5 do nearly as well.
  private static let nearnessBonus = 1.0

  /// What a practice keeps of its score for an impersonal question; 0.7 to 0.95 do the same on the judged questions.
  private static let practiceShare = 0.9

  /// Complexity: linear in the hits, and in the sections and questions of the documents found.
  init(_ found: SearchResult, for question: String, in knowledge: Knowledge) {
    let documents = Dictionary(grouping: found.hits) { String($0.id.prefix { $0 != "#" }) }
    let scores = documents.mapValues(Self.score)
    let bonus = Self.nearnessBonus * (scores.values.max() ?? 0)
    let isPersonal = QuestionShape.isPersonal(question)
    let totals = scores.map { slug, score -> (slug: String, score: Double) in
      let nearness = knowledge.questions.nearness(of: found.query, to: slug)
      let countsInFull = isPersonal || knowledge.catalogue[slug]?.kind != .practice
      return (slug, (score + bonus * nearness) * (countsInFull ? 1 : Self.practiceShare))
    }
    let ranked = totals.sorted { $0.score == $1.score ? $0.slug < $1.slug : $0.score > $1.score }
    let isFactual = QuestionShape(question) == .fact
    let wantsNumber = QuestionShape.asksForNumber(question)
    hits = ranked.flatMap { slug, _ in
      let hits = documents[slug] ?? []
      guard isFactual else { return Self.ordered(hits, knowledge.catalogue[slug]) }
      return wantsNumber ? Self.numbersFirst(hits, in: knowledge) : hits
    }
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

  private static func ordered(_ hits: [Hit], _ entry: Catalogue.Entry?) -> [Hit] {
    guard let best = hits.first, let entry else { return hits }
    let places = Dictionary(entry.sections.enumerated().map { ($1.id.rawValue, $0) }) { first, _ in first }
    let near = hits.filter { $0.score >= best.score * nearlyAsWell }
      .sorted { (places[$0.id] ?? .max) < (places[$1.id] ?? .max) }
    return near + hits.dropFirst(near.count)
  }
}

extension String {
  /// How many numbers it holds.
  var figures: Int { split { !$0.isNumber }.count }
}
