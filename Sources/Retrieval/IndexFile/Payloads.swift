/// The payloads of the records. Layout: section 8 of `IndexFile`.
struct Payloads: Sendable {
  private let ends: ByteView
  private let data: ByteView
  private let isEmpty: Bool

  init(_ view: ByteView, count: Int) {
    isEmpty = view.count == 0
    ends = view.slice(0, 8 * count)
    data = view.slice(8 * count, Int.max)
  }

  func payload(_ ordinal: Int) -> ByteView {
    guard !isEmpty, let end = Int(exactly: ends.word64(at: 8 * ordinal)) else { return data.slice(0, 0) }
    let start = ordinal == 0 ? 0 : Int(truncatingIfNeeded: ends.word64(at: 8 * ordinal - 8))
    return data.slice(start, end &- start)
  }

  /// Offset of the first fault, nil if there is none.
  func fault(count: Int) -> Int? {
    if isEmpty { return nil }
    guard ends.count == 8 * count else { return 0 }
    var previous: UInt64 = 0
    for ordinal in 0..<count {
      let end = ends.word64(at: 8 * ordinal)
      guard end >= previous, end <= UInt64(data.count) else { return 8 * ordinal }
      previous = end
    }
    return previous == UInt64(data.count) ? nil : ends.count
  }
}
