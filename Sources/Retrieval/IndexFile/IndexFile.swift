/// The index as one immutable run of bytes.
///
/// Numbers are little-endian, real numbers IEEE 754 binary64, lengths in bytes.
///
///     offset  length  header
///          0       8  89 'P' 'S' 'G' 0D 0A 1A 0A: not text, and damaged by anything that treats it as text
///          8       4  version of this format: 2
///         12       4  number of sections: 9
///         16       8  length of the file
///         24     144  for each section in the order below: its length (8), its checksum (8; see `Checksum`)
///        168       8  checksum of bytes 0 to 167
///        176          the sections, each filled up with zeros to a multiple of 8
///
/// 1. settings: version of the analysis (4), number of records N (4), bytes for each word of the streams, 1 or 2 (4),
///    `RankingSettings.pairDepth` (4), `saturation` (8), `pairWeight` (8), then `weight` (8) and `lengthNormalization`
///    (8) of title, aliases, questions and body, then the average length of each of these fields in words (8 each)
/// 2. attachment: bytes of the caller
/// 3. identifiers: the ids of the records as `SortedStrings` without numbers; a record's ordinal is its place here
/// 4. terms: their number T (4); for each block of 16 the offset of its first list in section 6 (4 each); then the
///    terms as `SortedStrings` with two numbers: 2 x passages that hold the term + 1 if the term is itself a word of
///    the text, and the length of its list. A stop word stands with a leading byte 1, which no other term has
/// 5. words: other words of the text, without digits, as `SortedStrings` with the number of the term that each belongs to
/// 6. postings: the lists of the terms, one after the other, as in `Postings`; then 8 zeros
/// 7. usual codes: for each record the impact code of a term that stands once in its body and nowhere else (1 each)
/// 8. streams: for each record the end of its stream (4 each, counted behind this table); the streams, as in
///    `WordStreams`
/// 9. payloads: empty if no record has one, else for each record the end of its payload (8 each, counted behind this
///    table); the payloads
///
/// The same records, settings and attachment always give the same bytes, in whatever order the records came. Everything
/// is checked when an index is opened: checksums first, then that every number stays within what it points into, so
/// that a file with a forged checksum may give wrong answers but cannot make a search read or write outside its memory.
struct IndexFile: Sendable {
  static let magic: [UInt8] = [0x89, 0x50, 0x53, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
  static let version: UInt32 = 2
  static let sections: [IndexError.Section] = Array(IndexError.Section.allCases.dropFirst())
  static let headerLength = 24 + 16 * sections.count + 8
  static let alignment = 8
  /// 256 segments; also keeps every 32-bit offset that grows with the records far from its end.
  static let largestRecordCount = 1 << 24

  let settings: RankingSettings
  let averageLengths: SIMD4<Double>
  let recordCount: Int
  let streamWidth: Int
  let attachment: ByteView
  let identifiers: SortedStrings
  let lexicon: Lexicon
  let words: SortedStrings
  let postings: ByteView
  let usualCodes: ByteView
  let streams: WordStreams
  let payloads: Payloads

  /// Opens and checks an index.
  ///
  /// Complexity: every byte is read twice, about a millisecond for each megabyte.
  init(_ view: ByteView) throws(IndexError) {
    let parts = try Self.parts(of: view)
    let settings = try SettingsSection(parts[0])
    self.settings = settings.ranking
    averageLengths = settings.averageLengths
    recordCount = settings.recordCount
    streamWidth = settings.streamWidth
    attachment = parts[1].view
    identifiers = SortedStrings(parts[2].view, numbers: 0)
    lexicon = Lexicon(parts[3].view)
    words = SortedStrings(parts[4].view, numbers: 1)
    postings = parts[5].view
    usualCodes = parts[6].view
    streams = WordStreams(parts[7].view, count: recordCount, width: streamWidth)
    payloads = Payloads(parts[8].view, count: recordCount)
    try check(parts)
  }

  /// A section and where it begins in the file.
  struct Part {
    var section: IndexError.Section
    var view: ByteView
    var offset: Int

    func damaged(at local: Int) -> IndexError { .damaged(section, offset: offset + local) }

    /// Throws if a check has found a fault.
    func require(_ fault: Int?) throws(IndexError) {
      if let fault { throw damaged(at: fault) }
    }
  }

  private static func parts(of view: ByteView) throws(IndexError) -> [Part] {
    guard view.slice(0, 8).bytes == magic else { throw .notAnIndex }
    guard view.word32(at: 8) == version else { throw .otherVersion(found: view.word32(at: 8), expected: version) }
    guard view.count >= headerLength, view.word64(at: 16) == UInt64(view.count) else {
      throw .wrongLength(declared: view.word64(at: 16), actual: view.count)
    }
    guard view.word32(at: 12) == UInt32(sections.count),
      Checksum.of(view.slice(0, headerLength - 8)) == view.word64(at: headerLength - 8)
    else { throw .damaged(.header, offset: 0) }
    var parts: [Part] = []
    var offset = headerLength
    for (index, section) in sections.enumerated() {
      guard let length = Int(exactly: view.word64(at: 24 + 16 * index)), length <= view.count - offset else {
        throw .damaged(.header, offset: 24 + 16 * index)
      }
      let part = Part(section: section, view: view.slice(offset, length), offset: offset)
      guard Checksum.of(part.view) == view.word64(at: 32 + 16 * index) else { throw part.damaged(at: 0) }
      let end = offset + length
      offset = (end + alignment - 1) / alignment * alignment
      for padding in end..<offset where view[padding] != 0 { throw part.damaged(at: padding - part.offset) }
      parts.append(part)
    }
    guard offset == view.count else { throw .damaged(.header, offset: 24) }
    return parts
  }

  /// Puts sections together, given in their order.
  static func assemble(_ sections: [[UInt8]]) -> [UInt8] {
    var body = ByteWriter()
    var table = ByteWriter()
    for section in sections {
      table.append(word: UInt64(section.count))
      table.append(word: checksum(section))
      body.append(section)
      while !body.bytes.count.isMultiple(of: alignment) { body.append(0) }
    }
    var header = ByteWriter()
    header.append(magic)
    header.append(word: version)
    header.append(word: UInt32(sections.count))
    header.append(word: UInt64(headerLength + body.bytes.count))
    header.append(table.bytes)
    header.append(word: checksum(header.bytes))
    header.append(body.bytes)
    return header.bytes
  }

  private static func checksum(_ bytes: [UInt8]) -> UInt64 {
    ByteView.with(bytes) { Checksum.of($0) }
  }
}
