/// From records to terms: for each term the records that hold it, ascending, with their impact codes.
struct Inversion {
  private(set) var ordinals: [UInt32]
  private(set) var codes: [UInt8]
  /// For each record the code of a term that stands once in its body and nowhere else.
  private(set) var usualCodes: [UInt8] = []
  let impacts: Impacts
  /// Where each term's records begin; one more for the end.
  private let starts: [Int]

  func range(of term: Int) -> Range<Int> { starts[term]..<starts[term + 1] }

  init(
    _ settings: RankingSettings, _ drafts: [IndexBuilder.Draft], _ order: [Int], _ units: [UInt32], termCount: Int
  ) {
    let impacts = Impacts(settings, lengths: drafts.map(\.lengths))
    self.impacts = impacts
    var counter = TermCounter(termCount: termCount)
    var (terms, codes, ends) = ([UInt32](), [UInt8](), [Int]())
    var counts = [Int](repeating: 0, count: termCount + 1)
    for record in order {
      let scale = impacts.scale(lengths: drafts[record].lengths)
      for (term, frequencies) in counter.count(units[drafts[record].units]) {
        terms.append(UInt32(term))
        codes.append(impacts.code(frequencies, scale))
        counts[term + 1] += 1
      }
      usualCodes.append(impacts.code(SIMD4(0, 0, 0, 1), scale))
      ends.append(terms.count)
    }
    for term in 0..<termCount { counts[term + 1] += counts[term] }
    starts = counts
    ordinals = Array(repeating: 0, count: terms.count)
    self.codes = Array(repeating: 0, count: terms.count)
    var entry = 0
    for (ordinal, end) in ends.enumerated() {
      while entry < end {
        let term = Int(terms[entry])
        ordinals[counts[term]] = UInt32(ordinal)
        self.codes[counts[term]] = codes[entry]
        counts[term] += 1
        entry += 1
      }
    }
  }
}

/// Counts the terms of one record after the other, by field.
private struct TermCounter {
  private var frequencies: [SIMD4<UInt32>]
  private var touched: [Int] = []

  init(termCount: Int) {
    frequencies = Array(repeating: SIMD4(), count: termCount)
  }

  /// Each term of the record once, in the order of first sight, and how often each field holds it.
  mutating func count(_ units: ArraySlice<UInt32>) -> [(term: Int, frequencies: SIMD4<UInt32>)] {
    touched.removeAll(keepingCapacity: true)
    var field = 0
    for unit in units {
      guard let term = Vocabulary.term(of: unit) else {
        field = Int(unit) & 3
        continue
      }
      if frequencies[term] == SIMD4() { touched.append(term) }
      frequencies[term][field] += 1
    }
    return touched.map { term in
      defer { frequencies[term] = SIMD4() }
      return (term, frequencies[term])
    }
  }
}
