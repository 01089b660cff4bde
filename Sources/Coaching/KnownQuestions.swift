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
  private let uses: QuestionWords
  private let words: Smoothing
  private let pairs: Smoothing

  /// Complexity: one analysis for each question, alias and title, some 10 µs; and n log n in their words.
  init(_ catalogue: Catalogue, _ index: Index) {
    var (starts, weights) = ([UInt32](), [Float]())
    var uses: [(key: UInt64, place: UInt32)] = []
    var (wordLengths, pairLengths) = ([Double](), [Double]())
    for entry in catalogue.entries {
      starts.append(UInt32(clamping: weights.count))
      var words = Self.passageWeight * Self.passageLength * Double(entry.passages.count)
      var pairs = 0.0
      for question in entry.questions + entry.furtherQuestions + entry.aliases + [entry.title] {
        let query = index.query(question)
        let place = UInt32(clamping: weights.count)
        weights.append(Float(query.weight))
        let (wordKeys, pairKeys) = (Set(query.sequence.map(QuestionWords.key)), Set(Self.pairs(query)))
        words += Double(wordKeys.count)
        pairs += Double(pairKeys.count)
        for key in wordKeys { uses.append((key, place)) }
        for key in pairKeys { uses.append((key, place)) }
      }
      wordLengths.append(words)
      pairLengths.append(pairs)
    }
    starts.append(UInt32(clamping: weights.count))
    self.starts = starts
    self.weights = weights
    self.uses = QuestionWords(uses)
    words = Smoothing(mu: 3000, lengths: wordLengths)
    pairs = Smoothing(mu: 10_000, lengths: pairLengths)
  }

  /// What the known questions say of a document, given a question.
  struct Resemblance: Equatable {
    /// How near the nearest of its questions comes: the idf of the shared terms, twice, over that of both (Dice's
    /// coefficient), 0 to 1.
    var nearness = 0.0
    /// How much likelier the question is from this document's words and pairs of words than from those of all documents: the
    /// logarithm of the ratio (`Smoothing`). Below 0 when it is less likely.
    var likelihood = 0.0
  }

  /// The resemblance of each document that has a passage among those found, in their order.
  ///
  /// Complexity: linear in the known questions that share a term, and in the documents found times the question's words.
  /// - Parameter documents: their places in the catalogue, and their passages that were found.
  func resemblances(of query: Query, to documents: [(place: Int, hits: [Hit])]) -> [Resemblance] {
    let nearness = nearness(of: query)
    var likelihoods = documents.map { _ in 0.0 }
    let terms = Dictionary(query.terms.enumerated().map { ($1.term, $0) }) { first, _ in first }
    for word in query.sequence {
      let known = uses[QuestionWords.key(word)]
      let term = terms[word]
      let inPassages = Self.passageWeight * Double(term.map { query.terms[$0].documentFrequency } ?? 0)
      let evidence = words.evidence(of: Double(known.count) + inPassages)
      for (number, document) in documents.enumerated() {
        let inHits = term.map { term in document.hits.count { $0.matches(term: term) } } ?? 0
        let count = Double(count(known, of: document.place)) + Self.passageWeight * Double(inHits)
        likelihoods[number] += evidence(count, document.place)
      }
    }
    for pair in Self.pairs(query) {
      let known = uses[pair]
      let evidence = pairs.evidence(of: Double(known.count))
      for (number, document) in documents.enumerated() {
        likelihoods[number] += evidence(Double(count(known, of: document.place)), document.place)
      }
    }
    return zip(documents, likelihoods).map { document, likelihood in
      let own = Int(starts[document.place])..<Int(starts[document.place + 1])
      return Resemblance(nearness: Double(nearness[own].max() ?? 0), likelihood: likelihood)
    }
  }

  /// How near each known question comes.
  private func nearness(of query: Query) -> [Float] {
    var shared = [Float](repeating: 0, count: weights.count)
    for term in query.terms where term.isKnown {
      let weight = Float(term.inverseDocumentFrequency)
      for place in uses[QuestionWords.key(term.term)] { shared[Int(place)] += weight }
    }
    let asked = Float(query.weight)
    for place in shared.indices where shared[place] > 0 {
      shared[place] = min(1, 2 * shared[place] / (asked + weights[place]))
    }
    return shared
  }

  /// How many of some questions are a document's. Complexity: logarithmic in their number.
  private func count(_ places: ArraySlice<UInt32>, of document: Int) -> Int {
    places.firstPlace { $0 >= starts[document + 1] } - places.firstPlace { $0 >= starts[document] }
  }

  /// A passage that holds a word counts like one question that does; half or twice as much does the same on the judged
  /// questions.
  private static let passageWeight = 1.0
  /// Different words of a passage and of what stands above it in its file, about.
  private static let passageLength = 100.0

  /// The neighbours in a question, its beginning included.
  private static func pairs(_ query: Query) -> [UInt64] {
    zip([nil] + query.sequence, query.sequence).map(QuestionWords.key)
  }
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
