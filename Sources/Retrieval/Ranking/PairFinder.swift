/// Finds which pairs of a query stand side by side in a passage.
///
/// Each unit of a stream is looked up by its bytes in tables that hold one bit for each pair: the pairs that begin with it, and
/// those that end with it. A pair stands where it begins with one unit and ends with the next.
struct PairFinder {
  private var begins: [UInt32]
  private var ends: [UInt32]
  private let isWide: Bool
  private let streams: WordStreams

  /// At most 32 pairs.
  init(_ pairs: [(first: UInt16, second: UInt16)], _ streams: WordStreams, width: Int) {
    isWide = width == 2
    self.streams = streams
    begins = Array(repeating: 0, count: 512)
    ends = Array(repeating: 0, count: 512)
    for (index, pair) in pairs.enumerated() {
      Self.set(&begins, pair.first, index)
      Self.set(&ends, pair.second, index)
    }
  }

  private static func set(_ table: inout [UInt32], _ unit: UInt16, _ index: Int) {
    table[Int(unit & 0xFF)] |= 1 << UInt32(index)
    table[256 + Int(unit >> 8)] |= 1 << UInt32(index)
  }

  /// The pairs that stand in a passage, as bits. Complexity: linear in its words.
  func pairs(in ordinal: Int) -> UInt32 {
    let stream = streams.stream(ordinal)
    return unsafe begins.withUnsafeBufferPointer { begins in
      unsafe ends.withUnsafeBufferPointer { ends in
        unsafe isWide ? Self.wide(stream, begins, ends) : Self.narrow(stream, begins, ends)
      }
    }
  }

  private static func wide(
    _ stream: ByteView, _ begins: UnsafeBufferPointer<UInt32>, _ ends: UnsafeBufferPointer<UInt32>
  ) -> UInt32 {
    var (found, previous): (UInt32, UInt32) = (0, 0)
    for index in 0..<(stream.count / 2) {
      let unit = unsafe UInt16(
        littleEndian: stream.base.loadUnaligned(fromByteOffset: 2 &* index, as: UInt16.self))
      let (low, high) = (Int(unit & 0xFF), 256 &+ Int(unit &>> 8))
      found |= unsafe previous & ends[low] & ends[high]
      previous = unsafe begins[low] & begins[high]
    }
    return found
  }

  private static func narrow(
    _ stream: ByteView, _ begins: UnsafeBufferPointer<UInt32>, _ ends: UnsafeBufferPointer<UInt32>
  ) -> UInt32 {
    var (found, previous): (UInt32, UInt32) = (0, 0)
    for index in 0..<stream.count {
      let unit = unsafe Int(stream.base.load(fromByteOffset: index, as: UInt8.self))
      found |= unsafe previous & ends[unit]
      previous = unsafe begins[unit]
    }
    return found
  }
}
