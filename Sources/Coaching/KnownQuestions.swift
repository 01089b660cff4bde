import Corpus
import Foundation
import Retrieval

/// The questions, aliases and titles that the documents themselves name, for telling which document a person's question is
/// about: how near one of them comes, and how likely the question's words are among those of a document.
///
/// A document's own questions are also a field of the index; there they are one bag of words. A question that resembles a
/// single one of them is worth more than one that picks its words from many; and a word that stands in many questions of one
/// document and in few of others says more than its frequency in a passage can.
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
  /// The words of each document, and of all: those of its questions, and its passages' as they count here.
  private let lengths: [Float]
  private let length: Double

  /// Complexity: one analysis for each question, alias and title, some 10 µs; and n log n in their terms.
  init(_ catalogue: Catalogue, _ index: Index) {
    var questions: [Question] = []
    var uses: [(term: UInt64, place: UInt32)] = []
    var lengths: [Float] = []
    for (document, entry) in catalogue.entries.enumerated() {
      let before = uses.count
      for question in entry.questions + entry.furtherQuestions + entry.aliases + [entry.title] {
        let asked = index.query(question).terms
        for term in asked { uses.append((Self.key(term.term), UInt32(clamping: questions.count))) }
        let weight = asked.reduce(0) { $0 + $1.inverseDocumentFrequency }
        questions.append(Question(document: Int32(clamping: document), weight: Float(weight)))
      }
      let ofPassages = Self.passageWeight * Self.passageLength * Double(entry.passages.count)
      lengths.append(Float(Double(uses.count - before) + ofPassages))
    }
    self.lengths = lengths
    length = Double(uses.count) + Self.passageWeight * Self.passageLength * Double(index.recordCount)
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
    /// How much likelier the question is from this document's words than from those of all documents: the logarithm of the
    /// ratio, by the query likelihood with Dirichlet's smoothing (Zhai and Lafferty, "A study of smoothing methods for
    /// language models", SIGIR 2001). Below 0 when it is less likely.
    var likelihood = 0.0
  }

  /// The resemblance of each document that shares a term, by its place in the catalogue.
  ///
  /// Complexity: linear in the known questions that share a term, and in the hits.
  /// - Parameter hits: the passages found, by their documents' places.
  func resemblance(of query: Query, hits: [Int: [Hit]]) -> [Int: Resemblance] {
    var shared: [UInt32: Double] = [:]
    var likelihoods = hits.mapValues { _ in 0.0 }
    for (number, term) in query.terms.enumerated() where term.isKnown {
      let places = places(of: term.term)
      var counts = hits.mapValues { Self.passageWeight * Double($0.count { $0.matches(term: number) }) }
      for place in places {
        shared[place, default: 0] += term.inverseDocumentFrequency
        counts[Int(questions[Int(place)].document), default: 0] += 1
      }
      let everywhere = Double(places.count) + Self.passageWeight * Double(term.documentFrequency)
      let expected = Self.smoothing * everywhere / max(1, length)
      for (document, count) in counts where count > 0 {
        likelihoods[document, default: 0] += Double(term.count) * log1p(count / expected)
      }
    }
    let words = Double(query.terms.reduce(0) { $0 + ($1.isKnown ? $1.count : 0) })
    var resemblances: [Int: Resemblance] = [:]
    for (document, likelihood) in likelihoods {
      resemblances[document] = Resemblance(
        likelihood: likelihood - words * log1p(Double(lengths[document]) / Self.smoothing))
    }
    let asked = query.terms.reduce(0) { $0 + $1.inverseDocumentFrequency }
    for (place, weight) in shared where weight > 0 {
      let question = questions[Int(place)]
      let nearness = min(1, 2 * weight / (asked + Double(question.weight)))
      let document = Int(question.document)
      if nearness > resemblances[document, default: Resemblance()].nearness {
        resemblances[document, default: Resemblance()].nearness = nearness
      }
    }
    return resemblances
  }

  /// A passage that holds a word counts like one question that does; half or twice as much does the same on the judged
  /// questions.
  private static let passageWeight = 1.0
  /// Different words of a passage and of what stands above it in its file, about.
  private static let passageLength = 100.0
  /// Dirichlet's mu, in words; 1000 does nearly as well on the judged questions.
  private static let smoothing = 3000.0

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
