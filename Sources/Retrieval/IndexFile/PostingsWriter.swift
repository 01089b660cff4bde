/// Writes what `Postings` reads.
struct PostingsWriter {
  private var writer = ByteWriter()
  private let records: Int
  private let usual: [UInt8]

  /// `usual`: the usual code of each record.
  init(usual: [UInt8]) {
    self.usual = usual
    records = usual.count
  }

  var bytes: [UInt8] { writer.bytes + [UInt8](repeating: 0, count: Postings.slack) }

  /// Appends the list of one term and returns its length in bytes. Ordinals ascend.
  mutating func append(ordinals: ArraySlice<UInt32>, codes: ArraySlice<UInt8>) -> Int {
    let start = writer.bytes.count
    if ordinals.count <= Postings.sparseLimit {
      appendSparse(ordinals, codes)
    } else {
      appendChunks(ordinals, codes)
    }
    return writer.bytes.count - start
  }

  private mutating func appendSparse(_ ordinals: ArraySlice<UInt32>, _ codes: ArraySlice<UInt8>) {
    var previous = -1
    for (ordinal, code) in zip(ordinals, codes) {
      let isUsual = code == usual[Int(ordinal)]
      writer.append(varint: (Int(ordinal) - previous) << 1 | (isUsual ? 0 : 1))
      if !isUsual { writer.append(code) }
      previous = Int(ordinal)
    }
  }

  private mutating func appendChunks(_ ordinals: ArraySlice<UInt32>, _ codes: ArraySlice<UInt8>) {
    var parts: [Part] = []
    for (ordinal, code) in zip(ordinals, codes) {
      let segment = Int(ordinal >> 16)
      if parts.last?.segment != segment { parts.append(Part(segment: segment)) }
      parts[parts.count - 1].append(UInt16(truncatingIfNeeded: ordinal), code, isUsual: code == usual[Int(ordinal)])
    }
    writer.append(varint: parts.count)
    var previous = -1
    for part in parts {
      writer.append(varint: part.segment - previous - 1)
      part.write(to: &writer, length: Postings.length(ofSegment: part.segment, records: records))
      previous = part.segment
    }
  }
}

/// The postings of one term in one segment, on their way into a chunk.
private struct Part {
  let segment: Int
  private var postings: [Posting] = []
  private var greatest: UInt8 = 0

  struct Posting {
    var number: UInt16
    var code: UInt8
    var isUsual: Bool
  }

  init(segment: Int) { self.segment = segment }

  mutating func append(_ number: UInt16, _ code: UInt8, isUsual: Bool) {
    postings.append(Posting(number: number, code: code, isUsual: isUsual))
    greatest = max(greatest, code)
  }

  /// Writes the chunk without its segment; `length` is that of the segment.
  func write(to writer: inout ByteWriter, length: Int) {
    if length * 4 <= postings.count * 2 * 5 {
      writeDense(to: &writer, length: length)
    } else if postings.count * 64 >= length {
      writeGapped(to: &writer)
    } else {
      writePacked(to: &writer)
    }
  }

  private func writeHead(_ kind: Postings.Kind, entries: Int, to writer: inout ByteWriter) {
    writer.append(varint: entries << 2 | kind.rawValue)
    writer.append(greatest)
  }

  private func writeDense(to writer: inout ByteWriter, length: Int) {
    writeHead(.dense, entries: length, to: &writer)
    var dense = [UInt8](repeating: 0, count: length)
    for posting in postings { dense[Int(posting.number)] = posting.code }
    writer.append(dense)
  }

  /// A posting, or a filler, and its distance from the one before.
  private struct Entry {
    var distance: Int
    var posting: Posting?
  }

  private func entries(largestDistance: Int) -> [Entry] {
    var entries: [Entry] = []
    entries.reserveCapacity(postings.count + postings.count / 8)
    var previous = -1
    for posting in postings {
      var distance = Int(posting.number) - previous
      while distance > largestDistance {
        entries.append(Entry(distance: largestDistance))
        distance -= largestDistance
      }
      entries.append(Entry(distance: distance, posting: posting))
      previous = Int(posting.number)
    }
    return entries
  }

  /// Writes the directory: for each block but the first the number before it, what `more` adds, and its greatest code.
  private func writeDirectory(
    _ entries: [Entry], to writer: inout ByteWriter, more: (inout ByteWriter, ArraySlice<Entry>) -> Void
  ) {
    var number = UInt16.max
    for start in stride(from: 0, to: entries.count, by: Postings.blockLength) {
      let block = entries[start..<min(entries.count, start + Postings.blockLength)]
      if start > 0 {
        writer.append(word: number)
        more(&writer, entries[..<start])
        writer.append(block.reduce(0) { max($0, $1.posting?.code ?? 0) })
      }
      for entry in block { number &+= UInt16(truncatingIfNeeded: entry.distance) }
    }
  }

  private func writeGapped(to writer: inout ByteWriter) {
    let entries = entries(largestDistance: Postings.largestGap)
    writeHead(.gapped, entries: entries.count, to: &writer)
    writeDirectory(entries, to: &writer) { _, _ in }
    for entry in entries {
      writer.append(word: UInt16(entry.distance << Postings.codeBits) | UInt16(entry.posting?.code ?? 0))
    }
  }

  private func writePacked(to writer: inout ByteWriter) {
    let width = bestWidth
    let entries = entries(largestDistance: 1 << width - 1)
    let coded = postings.filter { !$0.isUsual }
    writeHead(.packed, entries: entries.count, to: &writer)
    writer.append(UInt8(width))
    writer.append(varint: coded.count)
    var (seen, codesSeen) = (0, 0)
    writeDirectory(entries, to: &writer) { writer, before in
      codesSeen += before[seen...].count { $0.posting.map { !$0.isUsual } ?? false }
      seen = before.endIndex
      writer.append(word: UInt16(truncatingIfNeeded: codesSeen))
    }
    var (bits, count): (UInt64, UInt64) = (0, 0)
    for entry in entries {
      let field = entry.posting.map { UInt64(entry.distance) << 1 | ($0.isUsual ? 0 : 1) } ?? 0
      bits |= field << count
      count += UInt64(width + 1)
      while count >= 8 {
        writer.append(UInt8(truncatingIfNeeded: bits))
        bits >>= 8
        count -= 8
      }
    }
    if count > 0 { writer.append(UInt8(truncatingIfNeeded: bits)) }
    writer.append(coded.map(\.code))
  }

  /// The width with which the entries, fillers included, take the fewest bits.
  private var bestWidth: Int {
    func bits(_ width: Int) -> Int {
      var (entries, previous) = (0, -1)
      for posting in postings {
        entries += (Int(posting.number) - previous + (1 << width) - 2) / (1 << width - 1)
        previous = Int(posting.number)
      }
      return entries * (width + 1)
    }
    // The bits of the average distance, and what is near: further off it can only get worse.
    let average = Postings.segmentLength / max(1, postings.count)
    let middle = Int.bitWidth - average.leadingZeroBitCount
    let candidates = (middle - 1...middle + 3).clamped(to: Postings.packedWidths)
    return candidates.min { (bits($0), $0) < (bits($1), $1) } ?? 16
  }
}
