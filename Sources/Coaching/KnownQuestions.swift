import Corpus
import Retrieval

/// The questions, aliases and titles that the documents themselves name, each as its terms, for telling how near one of them
/// a person's question comes.
///
/// A document's questions are also a field of the index; there they are one bag of words. A question that resembles a single
/// one of them is worth more than one that picks its words from many.
struct KnownQuestions: Sendable {
  /// Terms with their inverse document frequencies.
  private typealias Terms = [String: Double]

  private let questions: [String: [Terms]]

  /// Complexity: one analysis for each question, alias and title; some 30 ms for a thousand documents' worth.
  init(_ catalogue: Catalogue, _ index: Index) {
    var questions: [String: [Terms]] = [:]
    for entry in catalogue.entries {
      questions[entry.slug] = (entry.questions + entry.aliases + [entry.title]).map { Self.terms(of: index.query($0)) }
    }
    self.questions = questions
  }

  /// How near the nearest question of a document comes: the idf of the shared terms, twice, over that of both (Dice's
  /// coefficient), 0 to 1.
  func nearness(of query: Query, to document: String) -> Double {
    let asked = Self.terms(of: query)
    let total = asked.values.reduce(0, +)
    let nearest = (questions[document] ?? []).lazy.map { known -> Double in
      let shared = asked.reduce(0) { known[$1.key] == nil ? $0 : $0 + $1.value }
      return shared == 0 ? 0 : 2 * shared / (total + known.values.reduce(0, +))
    }
    return min(1, nearest.max() ?? 0)
  }

  private static func terms(of query: Query) -> Terms {
    Dictionary(query.terms.map { ($0.term, $0.inverseDocumentFrequency) }) { first, _ in first }
  }
}
