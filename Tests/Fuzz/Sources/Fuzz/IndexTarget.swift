import Retrieval

/// The input as an index file: as it is, and under forged checksums, without which almost everything is refused at once.
///
/// A forged index may give wrong answers; it must not trap, hang or read memory that is not its own.
enum IndexTarget {
  static func run(_ bytes: [UInt8]) {
    use(bytes)
    if let forged = forged(bytes) { use(forged) }
  }

  private static func use(_ bytes: [UInt8]) {
    guard let index = try? Index(bytes: bytes) else { return }
    _ = index.attachment
    for question in ["trust", "who keeps a broken promise early", "persnal powr", "what is it", "größer 東京"] {
      let result = index.search(question, limit: 20)
      for hit in result.hits {
        _ = index.explain(question, hit: hit)
        let passage = String(decoding: index.payload(at: hit.ordinal), as: UTF8.self)
        _ = Snippet.best(of: passage, for: result.query)
      }
    }
    for ordinal in 0..<min(index.recordCount, 20) {
      if let id = index.id(at: ordinal) { _ = index.ordinal(of: id) }
      _ = index.explain("trust", ordinal: ordinal)
    }
  }

  private static let headerLength = 176
  private static let sectionCount = 9

  /// Puts right what precedes the table of sections, then the checksums; nil where the table does not fit the bytes.
  private static func forged(_ bytes: [UInt8]) -> [UInt8]? {
    guard bytes.count >= headerLength else { return nil }
    var bytes = bytes
    bytes.replaceSubrange(..<16, with: SmallIndex.bytes[..<16])
    for place in 0..<8 { bytes[16 + place] = UInt8(truncatingIfNeeded: bytes.count >> (8 * place)) }
    var end = headerLength
    for section in 0..<sectionCount {
      let start = 24 + 16 * section
      let length = bytes[start..<start + 8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      guard length <= UInt64(bytes.count) else { return nil }
      end = (end + Int(length) + 7) / 8 * 8
    }
    guard end <= bytes.count else { return nil }
    return IndexLayout(bytes).resealed(bytes)
  }
}
