/// The passages that hold one term, each with its impact: the term's saturated frequency, as a code from 1 to 127.
///
/// Passages are numbered from 0 by their ids; 65,536 consecutive ones are a segment, within which a passage is a 16-bit
/// number. Most terms stand once in a passage's body and nowhere else; their code then depends on the passage alone, is
/// kept once for each passage (section 7 of `IndexFile`), and is called usual. Layout of a list, numbers little-endian:
///
/// - up to 16 passages: for each 2 x the distance from the one before (the first counts from -1), + 1 if its code is
///   not the usual one (varint), and then that code (1 byte);
/// - more: the number of chunks (varint), then a chunk for each segment in which the term occurs: segments skipped
///   since the last chunk (varint); 4 x entries + kind (varint); the greatest code in the chunk (1 byte); the data of
///   its kind:
///   - kind 0, packed: bits of a distance W, 2 to 16 (1 byte); codes that are not usual (varint); for each block of 64
///     entries but the first the number of the passage before its first (2), how many of those codes come before it
///     (2), its greatest code (1); the entries, W + 1 bits each from the least significant bit of each byte on:
///     2 x distance from the passage before + 1 if the code is not usual, or distance 0 to step over 2^W - 1 passages
///     where the next is further away than that; zero bits up to a whole byte; the codes that are not usual (1 each);
///   - kind 1, gapped: for each block of 64 entries but the first the number of the passage before its first (2) and
///     its greatest code (1); then the entries (2 bytes each): 128 x distance from the passage before + code. A
///     distance above 511 is bridged by fillers, entries of distance 511 and code 0;
///   - kind 2, dense: a code for each passage of the segment, 0 where the term does not occur.
///
/// Packed is small, gapped is fast, dense is fastest. A chunk is dense where that takes at most five quarters of the
/// bytes of gapped, else gapped where one passage in 64 or more holds the term, else packed.
enum Postings {
  static let segmentLength = 1 << 16
  static let sparseLimit = 16
  static let blockLength = 64
  static let codeBits = 7
  static let largestCode: UInt8 = 127
  static let largestGap = 511
  static let packedWidths = 2...16
  /// A section of postings ends with zeros, so that a word may be read where only its first byte is meant.
  static let slack = 8

  static func segmentCount(_ records: Int) -> Int { (records + segmentLength - 1) / segmentLength }

  /// How many passages a segment has; only the last has fewer than 65,536.
  static func length(ofSegment segment: Int, records: Int) -> Int {
    min(segmentLength, records - segment * segmentLength)
  }

  enum Kind: Int {
    case packed, gapped, dense
  }

  /// One passage and its code.
  struct Posting {
    var ordinal: Int
    var code: UInt8
  }

  /// The list of a term with at most `sparseLimit` passages.
  static func sparse(_ view: ByteView, count: Int, usual: ByteView) -> [Posting] {
    var cursor = ByteCursor(view)
    var ordinal = -1
    return (0..<count).map { _ in
      let head = cursor.varint()
      ordinal &+= head >> 1
      return Posting(ordinal: ordinal, code: head & 1 == 1 ? cursor.byte() : usual[ordinal])
    }
  }

  /// The chunks of a longer list. Stops where the bytes make no sense.
  static func chunks(_ view: ByteView, records: Int, usual: ByteView) -> [Chunk] {
    var cursor = ByteCursor(view)
    let count = cursor.varint()
    var segment = -1
    var chunks: [Chunk] = []
    chunks.reserveCapacity(min(count, segmentCount(records)))
    while chunks.count < count, let chunk = Chunk(&cursor, after: segment, records: records, usual: usual) {
      segment = chunk.segment
      chunks.append(chunk)
    }
    return chunks
  }
}
