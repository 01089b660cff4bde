/// The checks beyond checksums: what a search relies on.
extension IndexFile {
  func check(_ parts: [Part]) throws(IndexError) {
    try parts[2].require(identifiers.count == recordCount ? identifiers.fault(in: parts[2].view) : 0)
    try parts[6].require(usualCodes.count == recordCount ? nil : 0)
    for record in 0..<recordCount where !(1...Postings.largestCode).contains(usualCodes[record]) {
      throw parts[6].damaged(at: record)
    }
    try parts[5].require(postings.count >= Postings.slack ? nil : 0)
    var listFault: Int?
    let lexiconFault = lexicon.fault(in: parts[3].view, postings: postings, records: recordCount) { entry in
      if isSound(entry) { return true }
      listFault = entry.postings.lowerBound
      return false
    }
    try parts[5].require(listFault)
    try parts[3].require(lexiconFault)
    let terms = lexicon.count
    guard streamWidth == WordStreams.width(termCount: terms) else { throw parts[0].damaged(at: 8) }
    try parts[4].require(words.fault(in: parts[4].view) { entry, word in entry.first < terms && !word.isEmpty })
    try parts[7].require(streams.fault(count: recordCount))
    try parts[8].require(payloads.fault(count: recordCount))
  }

  /// Whether the list of a term is what its entry says: as many passages, all of them there, ascending, codes in range
  /// and greatest codes right.
  private func isSound(_ entry: Lexicon.Entry) -> Bool {
    let list = postings.slice(entry.postings.lowerBound, entry.postings.count)
    if entry.documentFrequency <= Postings.sparseLimit { return isSound(sparse: list, entry.documentFrequency) }
    let chunks = Postings.chunks(list, records: recordCount, usual: usualCodes)
    guard let last = chunks.last, last.end == list.end else { return false }
    var (segment, count) = (-1, 0)
    for chunk in chunks {
      guard chunk.segment > segment, let passages = passages(in: chunk) else { return false }
      segment = chunk.segment
      count += passages
    }
    return count == entry.documentFrequency
  }

  private func isSound(sparse list: ByteView, _ count: Int) -> Bool {
    var cursor = ByteCursor(list)
    var ordinal = -1
    for _ in 0..<count {
      let head = cursor.varint()
      ordinal += head >> 1
      guard head > 1, ordinal < recordCount else { return false }
      if head & 1 == 1, !(1...Postings.largestCode).contains(cursor.byte()) { return false }
    }
    return cursor.offset == list.count && !cursor.isOverrun
  }

  /// The number of passages in a chunk, nil if it is unsound.
  private func passages(in chunk: Postings.Chunk) -> Int? {
    let length = Postings.length(ofSegment: chunk.segment, records: recordCount)
    if chunk.kind != .dense { return entries(in: chunk, length) }
    guard chunk.entries == length else { return nil }
    var (count, greatest) = (0, UInt8(0))
    for index in 0..<length {
      let code = chunk.data[index]
      greatest = max(greatest, code)
      if code > 0 { count += 1 }
    }
    return greatest == chunk.greatestCode && greatest <= Postings.largestCode ? count : nil
  }

  /// The same for a packed or gapped chunk: walks through its entries and compares them with its directory.
  private func entries(in chunk: Postings.Chunk, _ length: Int) -> Int? {
    var walk = (number: -1, codes: 0, passages: 0, greatest: UInt8(0))
    let stride = Postings.Chunk.stride(chunk.kind)
    let filler = chunk.kind == .packed ? 1 << chunk.width - 1 : Postings.largestGap
    for block in 0..<Postings.Chunk.blocks(chunk.entries) {
      let place = stride * (block - 1)
      if block > 0 {
        guard Int(chunk.directory.word16(at: place)) == walk.number else { return nil }
        if chunk.kind == .packed, Int(chunk.directory.word16(at: place + 2)) != walk.codes { return nil }
      }
      var greatest: UInt8 = 0
      for index in block * Postings.blockLength..<min(chunk.entries, (block + 1) * Postings.blockLength) {
        let entry = chunk.entry(index, codeIndex: walk.codes)
        walk.number += entry.distance == 0 ? filler : entry.distance
        guard walk.number < length, entry.distance > 0 || (chunk.kind == .packed && !entry.isCoded) else { return nil }
        if entry.isCoded { walk.codes += 1 }
        guard let code = entry.code ?? chunk.usualCode(walk.number, for: entry) else { continue }
        guard (1...Postings.largestCode).contains(code) else { return nil }
        walk.passages += 1
        greatest = max(greatest, code)
      }
      if block > 0, chunk.greatestCode(ofBlock: block) != greatest { return nil }
      walk.greatest = max(walk.greatest, greatest)
    }
    return walk.greatest == chunk.greatestCode && walk.codes == chunk.codes.count ? walk.passages : nil
  }
}

extension Postings.Chunk {
  /// The address behind the chunk.
  fileprivate var end: UInt { kind == .packed ? codes.end : data.end }

  /// An entry; its code is nil for a filler and for a usual code.
  fileprivate func entry(_ index: Int, codeIndex: Int) -> (distance: Int, code: UInt8?, isCoded: Bool) {
    if kind == .gapped {
      let entry = data.word16(at: 2 * index)
      let code = UInt8(truncatingIfNeeded: entry) & Postings.largestCode
      return (Int(entry >> UInt16(Postings.codeBits)), code > 0 ? code : nil, false)
    }
    let entry = packedEntry(index)
    return (Int(entry.distance), entry.isCoded ? codes[codeIndex] : nil, entry.isCoded)
  }

  /// The usual code of the passage, if the entry stands for it.
  fileprivate func usualCode(_ number: Int, for entry: (distance: Int, code: UInt8?, isCoded: Bool)) -> UInt8? {
    kind == .packed && entry.distance > 0 ? usual[number] : nil
  }
}
