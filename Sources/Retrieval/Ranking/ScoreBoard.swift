/// A score for each of the 65,536 passages of a segment, to which the postings of one term after the other are added.
/// The hot loops of a search are here.
///
/// A passage's number has 16 bits and the board 65,536 cells, so that no posting, sound or not, can lead outside it.
/// The views of a chunk are as long as its entries need, which `Postings.Chunk` has seen to. Isolation: one owner, one
/// thread at a time.
@safe
final class ScoreBoard {
  private let cells: UnsafeMutablePointer<Int16>
  /// The passages that were added to, with repetitions, where that is recorded.
  private let touched: UnsafeMutablePointer<UInt16>
  private var touchedCount = 0

  private var kept: UInt8 = 0

  /// At most so many additions are recorded.
  static let recordLimit = 1 << 14

  init() {
    unsafe cells = .allocate(capacity: Postings.segmentLength)
    unsafe cells.initialize(repeating: 0, count: Postings.segmentLength)
    unsafe touched = .allocate(capacity: Self.recordLimit)
    unsafe touched.initialize(repeating: 0, count: Self.recordLimit)
  }

  deinit {
    unsafe cells.deallocate()
    unsafe touched.deallocate()
  }

  subscript(passage: UInt16) -> Int { unsafe Int(cells[Int(passage)]) }

  /// Adds what a term gives to one passage.
  func add(_ code: UInt8, to passage: UInt16, multiplier: UInt16) {
    add(code, passage, multiplier)
    record(passage)
  }

  /// Adds what a term gives to each passage of a chunk, and records them if asked. Complexity: linear in the entries.
  func add(_ chunk: Postings.Chunk, multiplier: UInt16, isRecording: Bool) {
    switch (chunk.kind, isRecording) {
    case (.packed, true): addPacked(chunk, multiplier) { record($0) }
    case (.packed, false): addPacked(chunk, multiplier) { _ in }
    case (.gapped, true): addGapped(chunk, multiplier) { record($0) }
    case (.gapped, false): addGapped(chunk, multiplier) { _ in }
    case (.dense, true): addDense(chunk, multiplier) { record($0) }
    case (.dense, false): addDense(chunk, multiplier) { _ in }
    }
  }

  @inline(__always)
  private func add(_ code: UInt8, _ passage: UInt16, _ multiplier: UInt16) {
    unsafe cells[Int(passage)] &+= ScoreScale.units(code: code, multiplier: multiplier)
  }

  @inline(__always)
  private func record(_ passage: UInt16) {
    guard touchedCount < Self.recordLimit else { return }
    unsafe touched[touchedCount] = passage
    touchedCount &+= 1
  }

  @inline(__always)
  private func addPacked(_ chunk: Postings.Chunk, _ multiplier: UInt16, _ body: (UInt16) -> Void) {
    let (data, codes, usual) = unsafe (chunk.data.base, chunk.codes.base, chunk.usual.base)
    let (width, codeCount, usualCount) = (chunk.width, chunk.codes.count, chunk.usual.count)
    let mask: UInt32 = 1 &<< UInt32(truncatingIfNeeded: width) &- 1
    var (bit, number, codeIndex) = (0, UInt16.max, 0)
    for _ in 0..<chunk.entries {
      let word = unsafe UInt32(littleEndian: data.loadUnaligned(fromByteOffset: bit &>> 3, as: UInt32.self))
      let entry = word &>> UInt32(truncatingIfNeeded: bit & 7)
      bit &+= width &+ 1
      let distance = (entry &>> 1) & mask
      if distance == 0 {
        number &+= UInt16(truncatingIfNeeded: mask)
        continue
      }
      number &+= UInt16(truncatingIfNeeded: distance)
      var code: UInt8 = 0
      if entry & 1 == 1 {
        if codeIndex < codeCount { code = unsafe codes.load(fromByteOffset: codeIndex, as: UInt8.self) }
        codeIndex &+= 1
      } else if Int(number) < usualCount {
        code = unsafe usual.load(fromByteOffset: Int(number), as: UInt8.self)
      }
      add(code, number, multiplier)
      body(number)
    }
  }

  @inline(__always)
  private func addGapped(_ chunk: Postings.Chunk, _ multiplier: UInt16, _ body: (UInt16) -> Void) {
    let entries = unsafe chunk.data.base
    var number = UInt16.max
    for index in 0..<chunk.entries {
      let entry = unsafe UInt16(littleEndian: entries.loadUnaligned(fromByteOffset: 2 &* index, as: UInt16.self))
      number &+= entry &>> UInt16(Postings.codeBits)
      add(UInt8(truncatingIfNeeded: entry) & Postings.largestCode, number, multiplier)
      body(number)
    }
  }

  @inline(__always)
  private func addDense(_ chunk: Postings.Chunk, _ multiplier: UInt16, _ body: (UInt16) -> Void) {
    let codes = unsafe chunk.data.base
    for number in 0..<min(chunk.entries, Postings.segmentLength) {
      let code = unsafe codes.load(fromByteOffset: number, as: UInt8.self)
      unsafe cells[number] &+= ScoreScale.units(code: code, multiplier: multiplier)
      body(UInt16(truncatingIfNeeded: number))
    }
  }

  private static let step = 64

  /// The greatest score of each 64 passages up to `length`. Complexity: linear in `length`, several passages at a step.
  func greatestScores(_ length: Int) -> [Int16] {
    // Cells beyond `length` are 0.
    (0..<(length + Self.step - 1) / Self.step).map { block in
      var greatest: Int16 = 0
      for passage in block &* Self.step..<(block &+ 1) &* Self.step { greatest = unsafe max(greatest, cells[passage]) }
      return greatest
    }
  }

  /// Calls `body` with each passage whose score is at least `least`, in ascending order; `body` returns what is asked
  /// from then on. `greatest` is what `greatestScores` has returned; 64 passages of which none has such a score are
  /// passed over.
  @inline(__always)
  func scan(_ greatest: [Int16], least: Int, _ body: (Int, Int) -> Int) {
    var least = Self.bounded(least)
    for (block, score) in greatest.enumerated() where score >= least {
      for passage in block &* Self.step..<(block &+ 1) &* Self.step {
        let score = unsafe cells[passage]
        if score >= least { least = Self.bounded(body(passage, Int(score))) }
      }
    }
  }

  private static func bounded(_ threshold: Int) -> Int16 { Int16(max(1, min(threshold, Int(Int16.max)))) }

  /// Calls `body` with each recorded passage and its score, and sets the score to 0, so that each passage is seen once.
  @inline(__always)
  func drain(_ body: (Int, Int) -> Void) {
    for index in 0..<touchedCount {
      let passage = unsafe Int(touched[index])
      let score = unsafe cells[passage]
      if score > 0 {
        unsafe cells[passage] = 0
        body(passage, Int(score))
      }
    }
    touchedCount = 0
  }

  /// The scores of the recorded passages, each once; negative ones do not occur.
  func recordedScores() -> [Int16] {
    var scores: [Int16] = []
    scores.reserveCapacity(touchedCount)
    forEachRecorded { _, score in scores.append(score) }
    return scores
  }

  /// The recorded passages with at least this score, each once; nil if they are more than `limit`.
  func recorded(least: Int, limit: Int) -> [UInt16]? {
    var passages: [UInt16] = []
    let least = Self.bounded(least)
    forEachRecorded { passage, score in
      if score >= least, passages.count <= limit { passages.append(passage) }
    }
    return passages.count <= limit ? passages : nil
  }

  /// Visits each recorded passage once: a score that was seen is turned negative until all are through.
  @inline(__always)
  private func forEachRecorded(_ body: (UInt16, Int16) -> Void) {
    for index in 0..<touchedCount {
      let passage = unsafe touched[index]
      let score = unsafe cells[Int(passage)]
      if score > 0 {
        body(passage, score)
        unsafe cells[Int(passage)] = -score
      }
    }
    for index in 0..<touchedCount {
      let passage = unsafe Int(touched[index])
      let score = unsafe cells[passage]
      if score < 0 { unsafe cells[passage] = 0 &- score }
    }
  }

  /// Sets the scores of the recorded passages to 0.
  func clearRecorded() {
    for index in 0..<touchedCount { unsafe cells[Int(touched[index])] = 0 }
    touchedCount = 0
  }

  /// Takes a byte and does nothing with it, so that reading it is not left out as useless.
  func keep(_ byte: UInt8) { kept = byte }

  /// Sets the first `length` scores to 0.
  func clear(_ length: Int) {
    unsafe cells.update(repeating: 0, count: min(length, Postings.segmentLength))
    touchedCount = 0
  }
}
