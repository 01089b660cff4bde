import Corpus
import Foundation
import Retrieval

/// The questions, aliases and titles that the documents themselves name, for telling which document a person's question is
/// about: how near one of them comes, and how likely the question is among those of a document.
///
/// A document's own questions are also a field of the index; there they are one bag of words. A question that resembles a
/// single one of them is worth more than one that picks its words from many; and a word that stands in many questions of one
/// document and in few of others says more than its frequency in a passage can. So do two neighbours, stop words too: "my
/// boss", "over my head", "to me".
struct KnownQuestions: Sendable {
  private struct Question {
    /// Its place in the catalogue.
    var document: Int32
    /// The idf of its terms together.
    var weight: Float
  }

  private let questions: [Question]
  /// For each term that occurs, in the order of `terms`, where its places begin; one more for the end. Flat arrays, because a
  /// large library names very many.
  private let starts: [UInt32]
  private let terms: [UInt64]
  /// Places in `questions`.
  private let places: [UInt32]
  private let words: WordUses
  private let pairs: WordUses

  /// Complexity: one analysis for each question, alias and title, some 10 µs; and n log n in their words.
  init(_ catalogue: Catalogue, _ index: Index) {
    var questions: [Question] = []
    var uses: [(term: UInt64, place: UInt32)] = []
    var (wordUses, pairUses) = ([WordUses.Use](), [WordUses.Use]())
    var lengths: [Double] = []
    for (number, entry) in catalogue.entries.enumerated() {
      let document = Int32(clamping: number)
      for question in entry.questions + entry.furtherQuestions + entry.aliases + [entry.title] {
        let asked = index.query(question)
        for term in asked.terms { uses.append((Self.key(term.term), UInt32(clamping: questions.count))) }
        let weight = asked.terms.reduce(0) { $0 + $1.inverseDocumentFrequency }
        questions.append(Question(document: document, weight: Float(weight)))
        for key in Set(asked.sequence.map(Self.key)) { wordUses.append((key, document)) }
        for key in Set(Self.pairs(asked)) { pairUses.append((key, document)) }
      }
      lengths.append(Self.passageWeight * Self.passageLength * Double(entry.passages.count))
    }
    words = WordUses(wordUses, lengths: lengths, smoothing: Self.smoothing.words)
    pairs = WordUses(pairUses, lengths: lengths.map { _ in 0 }, smoothing: Self.smoothing.pairs)
    uses.sort { $0 < $1 }
    var (terms, starts) = ([UInt64](), [UInt32]())
    for (number, use) in uses.enumerated() where use.term != terms.last {
      terms.append(use.term)
      starts.append(UInt32(clamping: number))
    }
    starts.append(UInt32(clamping: uses.count))
    self.questions = Array(questions)
    self.terms = terms
    self.starts = starts
    places = uses.map(\.place)
  }

  /// What the known questions say of a document, given a question.
  struct Resemblance: Equatable {
    /// How near the nearest of its questions comes: the idf of the shared terms, twice, over that of both (Dice's
    /// coefficient), 0 to 1.
    var nearness = 0.0
    /// How much likelier the question is from this document's words and pairs of words than from those of all documents: the
    /// logarithm of the ratio (`WordUses`). Below 0 when it is less likely.
    var likelihood = 0.0
  }

  /// The resemblance of each document that has a passage among those found, by its place in the catalogue.
  ///
  /// Complexity: linear in the known questions that share a term, and in the documents found times the question's words.
  /// - Parameter hits: the passages found, by their documents' places.
  func resemblance(of query: Query, hits: [Int: [Hit]]) -> [Int: Resemblance] {
    let documents = hits.keys.sorted()
    let likelihoods = zip(pairLikelihoods(of: query, documents), wordLikelihoods(of: query, documents, hits)).map(+)
    var resemblances = Dictionary(
      uniqueKeysWithValues: zip(documents, likelihoods.map { Resemblance(likelihood: $0) }))
    for (document, nearness) in nearness(of: query) { resemblances[document]?.nearness = nearness }
    return resemblances
  }

  private func nearness(of query: Query) -> [Int: Double] {
    var shared: [UInt32: Double] = [:]
    for term in query.terms where term.isKnown {
      for place in places(of: term.term) { shared[place, default: 0] += term.inverseDocumentFrequency }
    }
    let asked = query.terms.reduce(0) { $0 + $1.inverseDocumentFrequency }
    var nearest: [Int: Double] = [:]
    for (place, weight) in shared where weight > 0 {
      let question = questions[Int(place)]
      let nearness = min(1, 2 * weight / (asked + Double(question.weight)))
      nearest[Int(question.document)] = max(nearest[Int(question.document)] ?? 0, nearness)
    }
    return nearest
  }

  private func wordLikelihoods(of query: Query, _ documents: [Int], _ hits: [Int: [Hit]]) -> [Double] {
    var sums = documents.map { _ in 0.0 }
    let terms = Dictionary(query.terms.enumerated().map { ($1.term, $0) }) { first, _ in first }
    for word in query.sequence {
      var (each, all) = words.counts(of: Self.key(word), in: documents)
      if let number = terms[word] {
        all += Self.passageWeight * Double(query.terms[number].documentFrequency)
        for (place, document) in documents.enumerated() {
          each[place] += Self.passageWeight * Double(hits[document]?.count { $0.matches(term: number) } ?? 0)
        }
      }
      guard all > 0 else { continue }
      for (place, document) in documents.enumerated() {
        sums[place] += words.evidence(each[place], of: all) - words.burden(of: document)
      }
    }
    return sums
  }

  private func pairLikelihoods(of query: Query, _ documents: [Int]) -> [Double] {
    var sums = documents.map { _ in 0.0 }
    for pair in Self.pairs(query) {
      let (each, all) = pairs.counts(of: pair, in: documents)
      guard all > 0 else { continue }
      for (place, document) in documents.enumerated() {
        sums[place] += pairs.evidence(each[place], of: all) - pairs.burden(of: document)
      }
    }
    return sums
  }

  /// A passage that holds a word counts like one question that does; half or twice as much does the same on the judged
  /// questions.
  private static let passageWeight = 1.0
  /// Different words of a passage and of what stands above it in its file, about.
  private static let passageLength = 100.0
  /// Dirichlet's mu.
  private static let smoothing = (words: 3000.0, pairs: 10000.0)

  /// The neighbours in a question, its beginning counting as a word.
  private static func pairs(_ query: Query) -> [UInt64] {
    zip([""] + query.sequence, query.sequence).map { key($0 + " " + $1) }
  }

  private func places(of term: String) -> ArraySlice<UInt32> {
    let key = Self.key(term)
    var (low, high) = (0, terms.count)
    while low < high {
      let middle = (low + high) / 2
      if terms[middle] < key { low = middle + 1 } else { high = middle }
    }
    guard low < terms.count, terms[low] == key else { return [] }
    return places[Int(starts[low])..<Int(starts[low + 1])]
  }

  /// FNV-1a, 64 bits (draft-eastlake-fnv): two terms of a library that share a key are not to be expected, and would make a
  /// question a little nearer than it is.
  private static func key(_ term: String) -> UInt64 {
    term.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }
}
