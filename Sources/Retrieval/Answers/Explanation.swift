/// Why a passage has its score: parts in units that add up to `Hit.units` exactly.
public struct Explanation: Sendable, Equatable {
  /// What one term gave, for each term of the query that the passage holds.
  public struct TermPart: Sendable, Equatable {
    /// Its place in `Query.terms`.
    public var term: Int
    public var units: Int
    /// The same as a score (see `Hit.score`).
    public var score: Double
    /// The units divided among the fields by their weighted frequencies. In an index with more than 65,532 terms,
    /// another word of the passage may now and then be counted as an occurrence (see `WordStreams`); the sum is right
    /// in any case. Empty for a stop word, of which the index does not know where in a passage it stands.
    public var fields: [Field: Int]
  }

  /// What a pair of neighbouring words gave.
  public struct PairPart: Sendable, Equatable {
    public var pair: Query.Pair
    public var units: Int
    public var score: Double
  }

  public var ordinal: Int
  /// The sum of all parts.
  public var units: Int
  public var score: Double
  public var terms: [TermPart]
  public var pairs: [PairPart]
}

extension Evaluation {
  /// The parts of a passage's score; `pairs` are those of the query that count.
  func explanation(of ordinal: Int, pairs found: UInt32) -> Explanation {
    let weights = FieldWeights(file, ordinal: ordinal)
    let termParts: [Explanation.TermPart] = terms.indices.compactMap { index in
      let code = code(of: index, in: ordinal)
      guard code > 0, let term = terms[index], let unit = streamUnits[index] else { return nil }
      let units = term.units(code)
      return Explanation.TermPart(
        term: index, units: units, score: scale.points(units), fields: weights.divide(units, unit: unit))
    }
    let pairParts = query.pairs.indices.filter { found & (1 << UInt32($0)) != 0 }.map { index in
      Explanation.PairPart(
        pair: query.pairs[index], units: scale.pairUnits[index], score: scale.points(scale.pairUnits[index]))
    }
    let units = termParts.reduce(0) { $0 + $1.units } + pairParts.reduce(0) { $0 + $1.units }
    return Explanation(
      ordinal: ordinal, units: units, score: scale.points(units), terms: termParts, pairs: pairParts)
  }
}

/// Divides a term's units among the fields of one passage.
private struct FieldWeights {
  private let streams: WordStreams
  private let ordinal: Int
  /// What one occurrence counts in each field.
  private let scale: SIMD4<Double>

  init(_ file: IndexFile, ordinal: Int) {
    streams = file.streams
    self.ordinal = ordinal
    var lengths = SIMD4<UInt32>()
    for (field, length) in file.streams.lengths(of: ordinal) { lengths[Int(field.rawValue)] = UInt32(length) }
    scale = Impacts(file.settings, averages: file.averageLengths).scale(lengths: lengths)
  }

  /// Whole units that add up; what rounding leaves goes to the field with the greatest part. Empty for stop words, which are
  /// not in the streams.
  func divide(_ units: Int, unit: UInt16) -> [Field: Int] {
    let parts = streams.frequencies(of: unit, in: ordinal)
      .mapValues(Double.init)
      .reduce(into: [Field: Double]()) { $0[$1.key] = $1.value * scale[Int($1.key.rawValue)] }
    let sum = Field.allCases.reduce(0) { $0 + (parts[$1] ?? 0) }
    guard sum > 0 else { return [:] }
    var divided = parts.mapValues { Int((Double(units) * $0 / sum).rounded(.down)) }
    let greatest = Field.allCases.max { (parts[$0] ?? 0) < (parts[$1] ?? 0) } ?? .body
    divided[greatest, default: 0] += units - divided.values.reduce(0, +)
    return divided.filter { $0.value > 0 }
  }
}
