/// The search of one segment of up to 65,536 passages.
struct SegmentSearch {
  private let segment: Int
  private let length: Int
  private var chunks: [(chunk: Postings.Chunk, multiplier: UInt16)] = []
  private var sparse: [(posting: Postings.Posting, multiplier: UInt16)] = []

  init(_ terms: [TermPostings?], _ segment: Int, length: Int) {
    self.segment = segment
    self.length = length
    for case let term? in terms {
      if let chunk = term.chunk(of: segment) { chunks.append((chunk, term.multiplier)) }
      for posting in term.sparse where posting.ordinal / Postings.segmentLength == segment {
        sparse.append((posting, term.multiplier))
      }
    }
  }

  func run(_ board: ScoreBoard, _ candidates: inout Candidates) {
    let entries = chunks.reduce(sparse.count) { $0 + $1.chunk.entries }
    // Recording each passage costs about what looking at sixteen of the board does.
    let isRecording = entries <= ScoreBoard.recordLimit && entries * 16 < length
    for (chunk, multiplier) in chunks { board.add(chunk, multiplier: multiplier, isRecording: isRecording) }
    for (posting, multiplier) in sparse {
      board.add(posting.code, to: UInt16(truncatingIfNeeded: posting.ordinal), multiplier: multiplier)
    }
    let base = segment * Postings.segmentLength
    if isRecording {
      board.drain { passage, score in candidates.offer(score: score, ordinal: base + passage) }
    } else {
      board.scan(length, least: candidates.threshold) { passage, score in
        candidates.offer(score: score, ordinal: base + passage)
        return candidates.threshold
      }
      board.clear(length)
    }
  }
}
