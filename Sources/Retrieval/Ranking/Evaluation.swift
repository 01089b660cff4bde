/// One search: from a query to the passages that answer it best.
///
/// What is found is defined simply, and every shortcut below keeps to it: all passages are ordered by the sum of what
/// their terms give, in units, the smaller ordinal first among equals; the best `RankingSettings.pairDepth` get the
/// bonus for the pairs that stand in them; ordered again, the best `limit` are returned. A smaller limit gives the
/// beginning of what a greater one gives.
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
    /// The terms that it holds, as bits by their places in the query, where they were seen in passing.
    var terms: UInt32?
    /// The pairs that it got the bonus for, likewise.
    var pairs: UInt32
  }

  /// The pairs whose words are both known, by their places in the query.
  private let pairs: [Int]
  private let matcher: StreamMatcher
  /// What stands for each term in the streams; nil for an unknown one.
  let streamUnits: [UInt16?]

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
    pairs = scale.pairUnits.indices.filter { scale.pairUnits[$0] > 0 }
    streamUnits = reading.entries.map { $0.map { WordStreams.unit(term: $0.number, width: file.streamWidth) } }
    matcher = StreamMatcher(
      terms: streamUnits, pairs: pairs.map { reading.query.pairs[$0] }, file.streams, width: file.streamWidth)
  }

  func run(_ board: ScoreBoard) -> [Found] {
    guard limit > 0 else { return [] }
    var candidates = Candidates(depth: max(limit, pairs.isEmpty ? 0 : file.settings.pairDepth))
    for segment in 0..<Postings.segmentCount(file.recordCount) {
      SegmentSearch(terms, segment, length: Postings.length(ofSegment: segment, records: file.recordCount))
        .run(board, &candidates)
    }
    return rank(candidates.finish(), board)
  }

  /// Adds the bonus and orders again. Candidates come best first, so that once even the greatest bonus would not bring
  /// one among the best `limit`, none of the rest can get there either.
  private func rank(_ candidates: [(score: Int, ordinal: Int)], _ board: ScoreBoard) -> [Found] {
    var ranking = Ranking(limit: limit)
    let greatestBonus = scale.pairUnits.reduce(0, +)
    if !pairs.isEmpty {
      board.keep(file.streams.prefetch(candidates.prefix(file.settings.pairDepth).lazy.map(\.ordinal)))
    }
    for (place, candidate) in candidates.enumerated() {
      guard candidate.score + greatestBonus >= ranking.leastUnits else { break }
      let match = place < file.settings.pairDepth ? match(candidate.ordinal) : (pairs: 0, terms: nil)
      ranking.insert(
        Found(
          ordinal: candidate.ordinal, units: candidate.score + bonus(match.pairs), terms: match.terms,
          pairs: match.pairs))
    }
    return ranking.found
  }

  private func bonus(_ found: UInt32) -> Int {
    found == 0 ? 0 : pairs.reduce(0) { $0 + (found & (1 << UInt32($1)) == 0 ? 0 : scale.pairUnits[$1]) }
  }

  /// The pairs of the query that stand in a passage, as bits by their places in the query, and its terms if a look at
  /// its words tells them exactly. Complexity: linear in the passage's words, and nothing if the query has no pairs.
  ///
  /// Marks of one byte may coincide: there no pair is credited to a passage that lacks one of its words.
  func match(_ ordinal: Int) -> (pairs: UInt32, terms: UInt32?) {
    if pairs.isEmpty { return (0, nil) }
    let seen = matcher.match(ordinal)
    let isExact = file.streamWidth == 2
    if seen.pairs == 0 { return (0, isExact ? seen.terms : nil) }
    var found: UInt32 = 0
    for (place, index) in pairs.enumerated() where seen.pairs & (1 << UInt32(place)) != 0 {
      let pair = query.pairs[index]
      if isExact || (code(of: pair.first, in: ordinal) > 0 && code(of: pair.second, in: ordinal) > 0) {
        found |= 1 << UInt32(index)
      }
    }
    return (found, isExact ? seen.terms : nil)
  }

  /// The terms of the query that a passage holds, as bits by their places.
  func terms(of found: Found) -> UInt32 {
    found.terms
      ?? terms.indices.reduce(0) { $0 | (code(of: $1, in: found.ordinal) > 0 ? 1 << UInt32($1) : 0) }
  }

  /// The impact code of a term of the query in a passage, 0 if it does not occur there.
  func code(of term: Int, in ordinal: Int) -> UInt8 { terms[term]?.code(of: ordinal) ?? 0 }
}
