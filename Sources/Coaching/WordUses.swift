import Foundation

/// How often each document's questions use a word (or whatever else stands for itself: a pair of words), and how likely a
/// question is from that.
///
/// The query likelihood with Dirichlet's smoothing (Zhai and Lafferty, "A study of smoothing methods for language models", SIGIR
/// 2001): the words of a document's questions are taken as a sample, and each word is given its share of the sample, pulled towards its
/// share in all documents by as much as `smoothing` further words would pull.
///
/// Flat arrays, because a large library names very many.
struct WordUses: Sendable {
  /// Dirichlet's mu, in words.
  let smoothing: Double
  /// Keys of the words, ascending.
  private var keys: [UInt64] = []
  /// For each key, where its documents begin; one more for the end.
  private var starts: [UInt32] = [0]
  /// Places in the catalogue, ascending for each key, and how many questions use the word.
  private var documents: [Int32] = []
  private var counts: [Float] = []
  /// For each document, all its uses together.
  private var lengths: [Double]
  private var total = 0.0

  /// Uses as they are collected: one for each word of each question.
  typealias Use = (key: UInt64, document: Int32)

  /// - Parameters:
  ///   - lengths: for each document, uses that are not among those given.
  init(_ uses: [Use], lengths: [Double], smoothing: Double) {
    self.smoothing = smoothing
    self.lengths = lengths
    for use in uses.sorted(by: { ($0.key, $0.document) < ($1.key, $1.document) }) {
      self.lengths[Int(use.document)] += 1
      if keys.last == use.key, documents.last == use.document {
        counts[counts.count - 1] += 1
        continue
      }
      if keys.last != use.key {
        keys.append(use.key)
        starts.append(starts[starts.count - 1])
      }
      starts[starts.count - 1] += 1
      documents.append(use.document)
      counts.append(1)
    }
    total = self.lengths.reduce(0, +)
  }

  /// How many questions of each of some documents use a word, and how many of all.
  ///
  /// Complexity: logarithmic in the words, and linear in the documents that use it or logarithmic in them for each that is wanted.
  func counts(of key: UInt64, in wanted: [Int]) -> (each: [Double], all: Double) {
    let range = self.range(of: key)
    let all = range.reduce(0) { $0 + Double(counts[$1]) }
    let each = wanted.map { document in
      let found = Self.lowerBound(in: range) { documents[$0] < document }
      return found < range.upperBound && documents[found] == document ? Double(counts[found]) : 0
    }
    return (each, all)
  }

  /// What a word adds to the logarithm of the ratio between the likelihood in a document and that in all.
  /// - Parameters:
  ///   - count: how often the document uses the word.
  ///   - all: how often all documents do, above 0.
  func evidence(_ count: Double, of all: Double) -> Double {
    log1p(count * max(1, total) / (smoothing * all))
  }

  /// What each word of a question takes from that logarithm, because the document uses many words.
  func burden(of document: Int) -> Double { log1p(lengths[document] / smoothing) }

  private func range(of key: UInt64) -> Range<Int> {
    let found = Self.lowerBound(in: keys.indices) { keys[$0] < key }
    return found < keys.count && keys[found] == key ? Int(starts[found])..<Int(starts[found + 1]) : 0..<0
  }

  /// The first of a range that does not come before what is looked for.
  private static func lowerBound(in range: Range<Int>, isBefore: (Int) -> Bool) -> Int {
    var (low, high) = (range.lowerBound, range.upperBound)
    while low < high {
      let middle = (low + high) / 2
      if isBefore(middle) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
