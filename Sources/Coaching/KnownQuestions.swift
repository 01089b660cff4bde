import Corpus
import Foundation
import Retrieval

/// The questions, aliases and titles that the documents themselves name, for telling which document a person's question is
/// about: how near one of them comes, and how likely the question is among those of a document.
///
/// A document's own questions are also a field of the index; there they are one bag of words. A question that resembles a
/// single one of them is worth more than one that picks its words from many; and a word that stands in many questions of one
/// document and in few of others says more than its frequency in a passage can. So do two neighbours, stop words included:
/// "my boss", "over my head", "to me".
struct KnownQuestions: Sendable {
  /// For each document, by its place in the catalogue, where its questions begin; one more for the end.
  private let starts: [UInt32]
  /// For each question, the idf of its terms together.
  private let weights: [Float]
  /// For each document, `Resemblance.share`.
  private let shares: [Double]
  private let terms: QuestionTerms
  private let words: QuestionWords
  private let pairs: QuestionWords
  private let wordSmoothing: Smoothing
  private let pairSmoothing: Smoothing

  /// Complexity: one analysis for each question, alias and title, some 5 µs; otherwise linear in their words.
  init(_ catalogue: Catalogue, _ index: Index) {
    var (starts, weights, owners) = ([UInt32](), [Float](), [UInt32]())
    var (terms, words, pairs) = ([KeyedUse](), [KeyedUse](), [KeyedUse]())
    var passages: [Double] = []
    for (document, entry) in catalogue.entries.enumerated() {
      starts.append(UInt32(clamping: weights.count))
      passages.append(Double(entry.passages.count))
      for question in entry.questions + entry.furtherQuestions + entry.aliases + [entry.title] {
        let query = index.query(question)
        let keys = QuestionKeys(query.sequence)
        let place = UInt32(clamping: weights.count)
        for term in query.terms { terms.append(KeyedUse(key: QuestionKeys.key(term.term), place: place)) }
        for key in keys.words { words.append(KeyedUse(key: key, place: place)) }
        for key in keys.pairs { pairs.append(KeyedUse(key: key, place: place)) }
        weights.append(Float(query.weight))
        owners.append(UInt32(clamping: document))
      }
    }
    starts.append(UInt32(clamping: weights.count))
    self.starts = starts
    self.weights = weights
    shares = zip(zip(starts, starts.dropFirst()), passages).map { questions, passages in
      let count = Double(questions.1 - questions.0)
      return count / max(1, count + passages)
    }
    self.terms = QuestionTerms(terms)
    self.words = QuestionWords(words, documents: owners)
    self.pairs = QuestionWords(pairs, documents: owners)
    let wordLengths = zip(self.words.lengths(ofDocuments: passages.count), passages).map {
      $0 + Self.passageLength * $1
    }
    wordSmoothing = Smoothing(mu: 3000, lengths: wordLengths)
    pairSmoothing = Smoothing(mu: 30_000, lengths: self.pairs.lengths(ofDocuments: passages.count))
  }

  /// What the known questions say of a document, given a question.
  struct Resemblance: Equatable {
    /// How much of what is known of the document is known from its questions: their part in questions and passages together, 0
    /// to 1. In the box hundreds of questions stand beside four passages; a team's own file may name none.
    var share = 0.0
    /// How near the nearest of its questions comes: the idf of the shared terms, twice, over that of both (Dice's
    /// coefficient), 0 to 1.
    var nearness = 0.0
    /// How much likelier the question's words are from this document than from all: the logarithm of the ratio (`Smoothing`).
    /// Below 0 when they are less likely.
    var words = 0.0
    /// The same of its pairs of words.
    var pairs = 0.0
    /// Both as they count: words and pairs overlap, so that together they would say the same thing twice.
    var likelihood: Double { 0.43 * words + 0.24 * pairs }
  }

  /// The resemblance of each document that has a passage among those found, in their order.
  ///
  /// Complexity: linear in the known questions that share a term, and in the documents found times the question's words.
  /// - Parameter documents: their places in the catalogue, and their passages that were found.
  func resemblances(of query: Query, to documents: [(place: Int, hits: [Hit])]) -> [Resemblance] {
    let nearness = nearness(of: query)
    var resemblances = documents.map { document in
      let own = Int(starts[document.place])..<Int(starts[document.place + 1])
      return Resemblance(share: shares[document.place], nearness: Double(nearness[own].max() ?? 0))
    }
    let termPlaces = Dictionary(query.terms.enumerated().map { ($1.term, $0) }) { first, _ in first }
    let keys = QuestionKeys(query.sequence)
    for (word, key) in zip(query.sequence, keys.words) {
      let known = words[key]
      let term = termPlaces[word]
      let inPassages = Double(term.map { query.terms[$0].documentFrequency } ?? 0)
      let evidence = wordSmoothing.evidence(of: Double(known.count) + inPassages)
      for (number, document) in documents.enumerated() {
        let inHits = term.map { term in document.hits.count { $0.matches(term: term) } } ?? 0
        resemblances[number].words += evidence(Double(known[document.place] + inHits), document.place)
      }
    }
    for key in keys.pairs {
      let known = pairs[key]
      let evidence = pairSmoothing.evidence(of: Double(known.count))
      for (number, document) in documents.enumerated() {
        resemblances[number].pairs += evidence(Double(known[document.place]), document.place)
      }
    }
    return resemblances
  }

  /// How near each known question comes.
  private func nearness(of query: Query) -> [Float] {
    var shared = [Float](repeating: 0, count: weights.count)
    for term in query.terms where term.isKnown {
      let weight = Float(term.inverseDocumentFrequency)
      for place in terms[QuestionKeys.key(term.term)] { shared[Int(place)] += weight }
    }
    let asked = Float(query.weight)
    for place in shared.indices where shared[place] > 0 {
      shared[place] = min(1, 2 * shared[place] / (asked + weights[place]))
    }
    return shared
  }

  /// Different words of a passage and of what stands above it in its file, about. A passage that holds a word counts like one
  /// question that does.
  private static let passageLength = 100.0
}

/// The query likelihood with Dirichlet's smoothing (Zhai and Lafferty, "A study of smoothing methods for language models", SIGIR
/// 2001): what a document's questions say is taken as a sample, and each word is given its share of the sample, pulled towards its
/// share in all documents by as much as `mu` further words would pull.
private struct Smoothing: Sendable {
  /// In words; 1,000 to 10,000 do nearly as well on the judged questions.
  let mu: Double
  /// All uses of words together.
  private let length: Double
  /// For each document, what each word of a question costs it, because its uses of words are many.
  private let burdens: [Double]

  /// - Parameter lengths: for each document, its uses of words together.
  init(mu: Double, lengths: [Double]) {
    self.mu = mu
    length = lengths.reduce(0, +)
    burdens = lengths.map { log1p($0 / mu) }
  }

  /// What a word adds to the logarithm of the ratio between the likelihood in a document and that in all, given how often the
  /// document uses it, and which it is; a word that none uses says nothing.
  /// - Parameter all: how often all documents use the word.
  func evidence(of all: Double) -> (_ count: Double, _ document: Int) -> Double {
    guard all > 0 else { return { _, _ in 0 } }
    let pull = length / (mu * all)
    return { count, document in (count > 0 ? log1p(count * pull) : 0) - burdens[document] }
  }
}

extension Query {
  /// The idf of its terms together.
  fileprivate var weight: Double { terms.reduce(0) { $0 + $1.inverseDocumentFrequency } }
}
