extension Postings {
  /// The postings of one term in one segment. Layout: `Postings`.
  struct Chunk {
    var segment: Int
    var kind: Kind
    /// Packed or gapped: entries with fillers; dense: the segment's passages.
    var entries: Int
    var greatestCode: UInt8
    /// Packed: bits of a distance.
    var width = 0
    var directory: ByteView
    /// The entries or, if dense, the codes.
    var data: ByteView
    /// Packed: the codes that are not usual.
    var codes: ByteView
    /// The usual codes of the segment's passages.
    var usual: ByteView

    init?(_ cursor: inout ByteCursor, after previous: Int, records: Int, usual: ByteView) {
      segment = previous + 1 + cursor.varint()
      let head = cursor.varint()
      greatestCode = cursor.byte()
      guard segment < segmentCount(records), let kind = Kind(rawValue: head & 3) else { return nil }
      self.kind = kind
      entries = head >> 2
      if kind == .packed { width = Int(cursor.byte()) }
      let codeCount = kind == .packed ? cursor.varint() : 0
      directory = cursor.slice(kind == .dense ? 0 : max(0, Self.blocks(entries) - 1) * Self.stride(kind))
      data = cursor.slice(Self.length(kind, entries: entries, width: width))
      codes = cursor.slice(codeCount)
      self.usual = usual.slice(segment * segmentLength, segmentLength)
      if cursor.isOverrun || (kind == .packed && !packedWidths.contains(width)) { return nil }
    }

    static func blocks(_ entries: Int) -> Int { (entries + blockLength - 1) / blockLength }

    /// Bytes of a block in the directory.
    static func stride(_ kind: Kind) -> Int { kind == .packed ? 5 : 3 }

    /// Bytes that the entries take.
    static func length(_ kind: Kind, entries: Int, width: Int) -> Int {
      switch kind {
      case .packed: (entries * (width + 1) + 7) / 8
      case .gapped: entries * 2
      case .dense: entries
      }
    }

    /// The distance and whether a code follows, of an entry of a packed chunk.
    @inline(__always)
    func packedEntry(_ index: Int) -> (distance: UInt16, isCoded: Bool) {
      let bit = index &* (width + 1)
      let entry = data.wide32(at: bit &>> 3) &>> UInt32(truncatingIfNeeded: bit & 7)
      let distance = (entry &>> 1) & (1 &<< UInt32(truncatingIfNeeded: width) &- 1)
      return (UInt16(truncatingIfNeeded: distance), entry & 1 == 1)
    }

    /// The code of a passage, 0 if the term does not occur there. Complexity: logarithmic, then one block.
    func code(of passage: UInt16) -> UInt8 {
      if kind == .dense { return data[Int(passage)] }
      return code(of: passage, inBlock: block(of: passage))
    }

    /// The block in which a passage would stand.
    func block(of passage: UInt16) -> Int {
      var (low, high) = (0, directory.count / Self.stride(kind))
      while low < high {
        let middle = (low + high) / 2
        if directory.word16(at: Self.stride(kind) * middle) < passage { low = middle + 1 } else { high = middle }
      }
      return low
    }

    /// The greatest code of a block, or of the chunk in place of its first block's.
    func greatestCode(ofBlock block: Int) -> UInt8 {
      block == 0 ? greatestCode : directory[Self.stride(kind) * block - 1]
    }

    func code(of passage: UInt16, inBlock block: Int) -> UInt8 {
      let start = Self.stride(kind) * (block - 1)
      let number = block == 0 ? UInt16.max : directory.word16(at: start)
      let range = block * blockLength..<min(entries, (block + 1) * blockLength)
      if kind == .gapped { return gappedCode(of: passage, after: number, in: range) }
      return packedCode(
        of: passage, after: number, in: range, codeIndex: block == 0 ? 0 : Int(directory.word16(at: start + 2)))
    }

    private func gappedCode(of passage: UInt16, after previous: UInt16, in range: Range<Int>) -> UInt8 {
      guard range.upperBound * 2 <= data.count else { return 0 }
      var number = previous
      for index in range {
        let entry = unsafe UInt16(
          littleEndian: data.base.loadUnaligned(fromByteOffset: 2 &* index, as: UInt16.self))
        number &+= entry &>> UInt16(codeBits)
        // A filler may end at the same number only if the term does not occur there, and has code 0.
        if number >= passage { return number == passage ? UInt8(truncatingIfNeeded: entry) & largestCode : 0 }
      }
      return 0
    }

    private func packedCode(
      of passage: UInt16, after previous: UInt16, in range: Range<Int>, codeIndex: Int
    ) -> UInt8 {
      var (number, codeIndex, bit) = (previous, codeIndex, range.lowerBound &* (width &+ 1))
      let mask: UInt32 = 1 &<< UInt32(truncatingIfNeeded: width) &- 1
      guard (range.upperBound * (width + 1) + 7) / 8 <= data.count else { return 0 }
      for _ in range {
        let word = unsafe UInt32(littleEndian: data.base.loadUnaligned(fromByteOffset: bit &>> 3, as: UInt32.self))
        let entry = word &>> UInt32(truncatingIfNeeded: bit & 7)
        let distance = (entry &>> 1) & mask
        number &+= UInt16(truncatingIfNeeded: distance == 0 ? mask : distance)
        if number >= passage {
          if number > passage || distance == 0 { return 0 }
          return entry & 1 == 1 ? codes[codeIndex] : usual[Int(passage)]
        }
        codeIndex &+= Int(entry & 1)
        bit &+= width &+ 1
      }
      return 0
    }
  }
}
