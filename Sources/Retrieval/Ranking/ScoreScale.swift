/// How real scores become the whole numbers that a search adds: one scale for each question, so that the best that any
/// passage could reach without the pair bonus is a little less than 32,768 and fits 16 bits however many terms there
/// are.
///
/// A term that occurs n times in the question and has impact code c in a passage gives (c x multiplier) / 256, rounded
/// down, where the multiplier is idf x n on the question's scale. Sums of whole numbers do not depend on their order,
/// so that every way of searching finds the same scores.
struct ScoreScale {
  /// 127 x 256: keeps multipliers within 16 bits.
  static let greatest = 32_512.0

  /// Units for each 1.0 of score.
  let unitsPerPoint: Double
  /// One for each term of the query; 0 for an unknown term.
  let multipliers: [UInt16]
  /// What each pair adds, in units.
  let pairUnits: [Int]

  init(_ query: Query, pairWeight: Double) {
    func weight(_ term: Query.Term) -> Double {
      term.isKnown ? term.inverseDocumentFrequency * Double(term.count) : 0
    }
    let sum = query.terms.reduce(0) { $0 + weight($1) }
    let unitsPerPoint = sum > 0 ? Self.greatest / sum : 0
    self.unitsPerPoint = unitsPerPoint
    multipliers = query.terms.map {
      UInt16(max(0, min(65_535, (weight($0) * unitsPerPoint * 256 / 127).rounded(.down))))
    }
    pairUnits = query.pairs.map { pair in
      let (first, second) = (query.terms[pair.first], query.terms[pair.second])
      guard first.isKnown, second.isKnown else { return 0 }
      let rarer = max(first.inverseDocumentFrequency, second.inverseDocumentFrequency)
      return Int((pairWeight * rarer * unitsPerPoint).rounded())
    }
  }

  /// What a term gives.
  @inline(__always)
  static func units(code: UInt8, multiplier: UInt16) -> Int16 {
    Int16(truncatingIfNeeded: (UInt32(code) << 8 &* UInt32(multiplier)) >> 16)
  }

  func points(_ units: Int) -> Double { unitsPerPoint > 0 ? Double(units) / unitsPerPoint : 0 }
}
