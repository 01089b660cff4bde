/// The search of one segment of up to 65,536 passages.
///
/// Two ways, chosen for each question and segment by what the chunks say of themselves:
///
/// - adding: the impacts of all terms, term after term, into the board, which is then scanned. A term costs as much as
///   it has passages, at about a nanosecond for each; the scan a twentieth of that for each passage of the segment.
/// - pruning (MaxScore: Turtle and Flood, "Query evaluation: strategies and optimizations", IPM 1995; with maxima of
///   blocks after Ding and Suel, "Faster top-k document retrieval using block-max indexes", SIGIR 2011): terms are
///   taken in the order of what they can give at most. As soon as all that are left could not together lift a passage
///   that holds none of the terms taken so far to the score that matters, only passages seen so far are of interest,
///   and the frequent terms left are looked up for these alone, unless so many are still in the race that adding is
///   cheaper.
///
/// The score that matters comes from the segments before and, within the segment, from what the first terms have given:
/// sums can only grow. Both ways give the same candidates, since every one of them is scored in full.
struct SegmentSearch {
  /// What a term of the question has in this segment.
  private struct Part {
    var chunk: Postings.Chunk
    var multiplier: UInt16
    /// What it gives a passage at most.
    var bound: Int
  }

  /// Looking a passage up in a chunk costs about as much as adding so many; in a dense one much less.
  private static let lookupCost = 48
  private static let denseLookupCost = 4
  /// A dense chunk is added so much faster than any other.
  private static let denseSpeed = 8
  /// With fewer postings left to add there is nothing to be saved.
  private static let leastSaving = 4096
  /// With fewer, ranking what was seen so far costs more than it saves.
  private static let leastSavingToRank = 24_576

  private let base: Int
  private let length: Int
  /// Greatest bound first.
  private var parts: [Part] = []
  private var sparse: [(posting: Postings.Posting, multiplier: UInt16)] = []

  init(_ terms: [TermPostings?], _ segment: Int, length: Int) {
    base = segment * Postings.segmentLength
    self.length = length
    for case let term? in terms {
      if let chunk = term.chunk(of: segment) {
        parts.append(Part(chunk: chunk, multiplier: term.multiplier, bound: term.units(chunk.greatestCode)))
      }
      for posting in term.sparse where posting.ordinal / Postings.segmentLength == segment {
        sparse.append((posting, term.multiplier))
      }
    }
    parts.sort { $0.bound > $1.bound }
  }

  func run(_ board: ScoreBoard, _ candidates: inout Candidates) {
    let first = recordable
    for part in parts[..<first] { board.add(part.chunk, multiplier: part.multiplier, isRecording: true) }
    for (posting, multiplier) in sparse {
      board.add(posting.code, to: UInt16(truncatingIfNeeded: posting.ordinal), multiplier: multiplier)
    }
    let rest = parts[first...]
    if rest.isEmpty {
      board.drain { passage, score in candidates.offer(score: score, ordinal: base + passage) }
    } else if !prune(rest, board, &candidates) {
      add(rest, board, &candidates)
    }
  }

  /// How many of the parts have few enough passages together that recording each is cheaper than a scan.
  private var recordable: Int {
    var entries = sparse.count
    let affordable = min(ScoreBoard.recordLimit, length / 16)
    return parts.firstIndex { part in
      entries += part.chunk.entries
      return entries > affordable
    } ?? parts.count
  }

  private func add(_ rest: ArraySlice<Part>, _ board: ScoreBoard, _ candidates: inout Candidates) {
    for part in rest { board.add(part.chunk, multiplier: part.multiplier, isRecording: false) }
    let greatest = board.greatestScores(length)
    // Each of these scores belongs to another passage, so that the best of them tell what it takes to be among the
    // best.
    let least = candidates.threshold > 1 ? candidates.threshold : candidates.floor(of: greatest)
    board.scan(greatest, least: least) { passage, score in
      candidates.offer(score: score, ordinal: base + passage)
      return max(least, candidates.threshold)
    }
    board.clear(length)
  }

  /// Completes the passages seen so far that can still matter, if none of the others can and it is worth the while;
  /// otherwise returns false and leaves the board as it was.
  private func prune(_ rest: ArraySlice<Part>, _ board: ScoreBoard, _ candidates: inout Candidates) -> Bool {
    let savings = rest.reduce(0) { $0 + $1.chunk.entries / ($1.chunk.kind == .dense ? Self.denseSpeed : 1) }
    guard savings >= Self.leastSaving else { return false }
    let open = rest.reduce(0) { $0 + $1.bound }
    var threshold = candidates.threshold
    if open >= threshold, savings >= Self.leastSavingToRank {
      threshold = max(threshold, candidates.floor(of: board.recordedScores()))
    }
    guard open < threshold else { return false }
    let cost = rest.reduce(0) { $0 + ($1.chunk.kind == .dense ? Self.denseLookupCost : Self.lookupCost) }
    guard let survivors = board.recorded(least: threshold - open, limit: savings / cost) else { return false }
    for passage in survivors {
      if let score = complete(passage, board[passage], rest, open, threshold) {
        candidates.offer(score: score, ordinal: base + Int(passage))
      }
    }
    board.clearRecorded()
    return true
  }

  /// The full score of a passage, nil if it cannot reach `threshold`. `open` is what `rest` can give at most.
  private func complete(
    _ passage: UInt16, _ score: Int, _ rest: ArraySlice<Part>, _ open: Int, _ threshold: Int
  ) -> Int? {
    var (score, open) = (score, open)
    for part in rest {
      guard score + open >= threshold else { return nil }
      open -= part.bound
      if part.chunk.kind != .dense {
        let block = part.chunk.block(of: passage)
        let bound = units(part.chunk.greatestCode(ofBlock: block), part)
        if score + bound + open < threshold { return nil }
        score += units(part.chunk.code(of: passage, inBlock: block), part)
      } else {
        score += units(part.chunk.code(of: passage), part)
      }
    }
    return score
  }

  private func units(_ code: UInt8, _ part: Part) -> Int {
    Int(ScoreScale.units(code: code, multiplier: part.multiplier))
  }
}
