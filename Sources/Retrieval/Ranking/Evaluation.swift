/// One search: from a query to the passages that answer it best.
///
/// What is found is defined simply, and every shortcut below keeps to it: all passages are ordered by the sum of what their
/// terms give, in units, the smaller ordinal first among equals; the best `depth` get the bonus for the pairs that stand in
/// them; ordered again, the best `limit` are returned.
struct Evaluation {
  let file: IndexFile
  let query: Query
  let scale: ScoreScale
  let limit: Int
  /// One for each term of the query, nil for an unknown one.
  let terms: [TermPostings?]

  struct Found {
    var ordinal: Int
    var units: Int
  }

  /// The pairs whose words are both known.
  private let pairs: [(index: Int, first: Int, second: Int)]
  private let finder: PairFinder?
  /// What stands for each term in the streams; meaningless for an unknown one.
  let streamUnits: [UInt16]

  /// The best so far, in their order.
  private struct Ranking {
    let limit: Int
    private(set) var found: [Found] = []

    init(limit: Int) { self.limit = limit }

    /// What it takes to get in.
    var leastUnits: Int { found.count < limit ? 0 : found.last?.units ?? 0 }

    /// Complexity: linear in what it passes; linear in all for an order that the bonus hardly changes.
    mutating func insert(_ new: Found) {
      var place = found.count
      while place > 0, (found[place - 1].units, new.ordinal) < (new.units, found[place - 1].ordinal) { place -= 1 }
      guard place < limit else { return }
      if found.count == limit { found.removeLast() }
      found.insert(new, at: place)
    }
  }

  init(_ file: IndexFile, _ reading: QueryReader.Reading, limit: Int) {
    self.file = file
    query = reading.query
    self.limit = limit
    let scale = ScoreScale(reading.query, pairWeight: file.settings.pairWeight)
    self.scale = scale
    terms = zip(reading.entries, scale.multipliers).map { entry, multiplier in
      entry.map { TermPostings($0, file, multiplier: multiplier) }
    }
    pairs = reading.query.pairs.enumerated().compactMap { index, pair in
      scale.pairUnits[index] > 0 ? (index, pair.first, pair.second) : nil
    }
    let units = reading.entries.map { WordStreams.unit(term: $0?.number ?? 0, width: file.streamWidth) }
    streamUnits = units
    finder =
      pairs.isEmpty
      ? nil : PairFinder(pairs.map { (units[$0.first], units[$0.second]) }, file.streams, width: file.streamWidth)
  }

  func run(_ board: ScoreBoard) -> [Found] {
    guard limit > 0 else { return [] }
    let greatestBonus = scale.pairUnits.reduce(0, +)
    var candidates = Candidates(
      limit: limit, depth: greatestBonus > 0 ? file.settings.pairDepth : 0, greatestBonus: greatestBonus)
    for segment in 0..<Postings.segmentCount(file.recordCount) {
      SegmentSearch(terms, segment, length: Postings.length(ofSegment: segment, records: file.recordCount))
        .run(board, &candidates)
    }
    return rank(candidates.finish(), board)
  }

  /// Adds the bonus and orders again. Candidates come best first, so that once even the greatest bonus would not bring one among
  /// the best `limit`, none of the rest can get there either.
  private func rank(_ candidates: [(score: Int, ordinal: Int)], _ board: ScoreBoard) -> [Found] {
    var ranking = Ranking(limit: limit)
    let greatestBonus = scale.pairUnits.reduce(0, +)
    if finder != nil { board.keep(file.streams.prefetch(candidates.lazy.map(\.ordinal))) }
    for candidate in candidates {
      guard candidate.score + greatestBonus >= ranking.leastUnits else { break }
      let bonus = foundPairs(in: candidate.ordinal).reduce(0) { $0 + scale.pairUnits[$1] }
      ranking.insert(Found(ordinal: candidate.ordinal, units: candidate.score + bonus))
    }
    return ranking.found
  }

  /// Indices of the query's pairs that stand in a passage.
  func foundPairs(in ordinal: Int) -> [Int] {
    guard let finder else { return [] }
    let bits = finder.pairs(in: ordinal)
    if bits == 0 { return [] }
    return pairs.enumerated().compactMap { place, pair in
      guard bits & (1 << UInt32(place)) != 0 else { return nil }
      // Marks of one byte may coincide; never credit a pair to a passage that lacks one of its words.
      if file.streamWidth == 1, code(of: pair.first, in: ordinal) == 0 || code(of: pair.second, in: ordinal) == 0 {
        return nil
      }
      return pair.index
    }
  }

  /// The impact code of a term of the query in a passage, 0 if it does not occur there.
  func code(of term: Int, in ordinal: Int) -> UInt8 { terms[term]?.code(of: ordinal) ?? 0 }

  /// What a term of the query gives to a passage, in units.
  func units(of term: Int, in ordinal: Int) -> Int { terms[term].map { $0.units($0.code(of: ordinal)) } ?? 0 }
}
