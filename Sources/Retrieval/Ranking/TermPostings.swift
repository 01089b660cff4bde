/// The postings of one query term, ready to be searched segment by segment, and what it can give at most.
struct TermPostings {
  let multiplier: UInt16
  /// For a term with few passages.
  let sparse: [Postings.Posting]
  /// For any other, by segment.
  let chunks: [Postings.Chunk]

  init(_ entry: Lexicon.Entry, _ file: IndexFile, multiplier: UInt16) {
    self.multiplier = multiplier
    let list = file.postings.slice(entry.postings.lowerBound, entry.postings.count)
    let isSparse = entry.documentFrequency <= Postings.sparseLimit
    sparse = isSparse ? Postings.sparse(list, count: entry.documentFrequency, usual: file.usualCodes) : []
    chunks = isSparse ? [] : Postings.chunks(list, records: file.recordCount, usual: file.usualCodes)
  }

  func units(_ code: UInt8) -> Int { Int(ScoreScale.units(code: code, multiplier: multiplier)) }

  /// The chunk of a segment. Complexity: logarithmic.
  func chunk(of segment: Int) -> Postings.Chunk? {
    var (low, high) = (0, chunks.count)
    while low < high {
      let middle = (low + high) / 2
      if chunks[middle].segment < segment { low = middle + 1 } else { high = middle }
    }
    return low < chunks.count && chunks[low].segment == segment ? chunks[low] : nil
  }

  /// The code of a passage, 0 if it does not hold the term.
  func code(of ordinal: Int) -> UInt8 {
    if !sparse.isEmpty { return sparse.first { $0.ordinal == ordinal }?.code ?? 0 }
    return chunk(of: ordinal / Postings.segmentLength)?.code(of: UInt16(truncatingIfNeeded: ordinal)) ?? 0
  }
}
