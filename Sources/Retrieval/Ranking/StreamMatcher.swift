/// Finds which terms of a query stand in a passage, and which of its pairs stand side by side, in one pass over its
/// words.
///
/// Each unit of a stream is looked up in tables that hold one bit for each term of the query; hardly any unit has one,
/// so that most of a stream is passed over at a unit in a nanosecond.
struct StreamMatcher {
  /// What was found, as bits: terms by their place in the query, pairs by their place among the pairs looked for.
  struct Match {
    var terms: UInt32 = 0
    var pairs: UInt32 = 0
  }

  /// For the low and, from 256 on, the high byte of a unit the terms that it may stand for.
  private var bits: [UInt32]
  /// For each pair looked for the bits of its two terms.
  private let pairs: [(first: UInt32, second: UInt32)]
  /// All terms that begin a pair.
  private let firsts: UInt32
  private let isWide: Bool
  private let streams: WordStreams

  /// At most 32 terms, nil for those that are unknown, and 32 pairs.
  init(terms: [UInt16?], pairs: [Query.Pair], _ streams: WordStreams, width: Int) {
    isWide = width == 2
    self.streams = streams
    self.pairs = pairs.map { (Self.bit($0.first), Self.bit($0.second)) }
    firsts = self.pairs.reduce(0) { $0 | $1.first }
    bits = Array(repeating: 0, count: 512)
    for (index, unit) in terms.enumerated() {
      guard let unit else { continue }
      bits[Int(unit & 0xFF)] |= Self.bit(index)
      bits[256 + Int(unit >> 8)] |= Self.bit(index)
    }
  }

  /// Complexity: linear in the words of the passage.
  func match(_ ordinal: Int) -> Match {
    let stream = streams.stream(ordinal)
    return unsafe bits.withUnsafeBufferPointer { bits in
      unsafe isWide ? wide(stream, bits) : narrow(stream, bits)
    }
  }

  private func wide(_ stream: ByteView, _ bits: UnsafeBufferPointer<UInt32>) -> Match {
    var (match, previous): (Match, UInt32) = (Match(), 0)
    for index in 0..<(stream.count / 2) {
      let unit = unsafe UInt16(
        littleEndian: stream.base.loadUnaligned(fromByteOffset: 2 &* index, as: UInt16.self))
      var terms = unsafe bits[Int(unit & 0xFF)]
      if terms != 0 {
        terms &= unsafe bits[256 &+ Int(unit &>> 8)]
        add(terms, after: previous, to: &match)
      }
      previous = terms
    }
    return match
  }

  private func narrow(_ stream: ByteView, _ bits: UnsafeBufferPointer<UInt32>) -> Match {
    var (match, previous): (Match, UInt32) = (Match(), 0)
    for index in 0..<stream.count {
      let terms = unsafe bits[Int(stream.base.load(fromByteOffset: index, as: UInt8.self))]
      if terms != 0 { add(terms, after: previous, to: &match) }
      previous = terms
    }
    return match
  }

  /// Takes note of the terms that a unit stands for, and of the pairs that they end.
  @inline(__always)
  private func add(_ terms: UInt32, after previous: UInt32, to match: inout Match) {
    match.terms |= terms
    guard previous & firsts != 0 else { return }
    var bit: UInt32 = 1
    for pair in pairs {
      if previous & pair.first != 0, terms & pair.second != 0 { match.pairs |= bit }
      bit &<<= 1
    }
  }

  private static func bit(_ place: Int) -> UInt32 { 1 &<< UInt32(truncatingIfNeeded: place) }
}
