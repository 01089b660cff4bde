/// The words of each record in their order without stop words: what tells which of them are neighbours, and in which
/// field a term stands.
///
/// A stream is a run of units of one width, 2 bytes where the index has at most 65,532 terms and 1 byte where it has
/// more. A unit below 4 opens a field (`Field.rawValue`) or, within one, a new line. Any other stands for a word: with
/// 2 bytes it is the number of the term + 4, which is exact; with 1 byte it is one of 252 marks that the term is hashed
/// to, which tells two given terms of a passage from a coincidence of marks in all but about one case in 125, and takes
/// a third of the space.
struct WordStreams: Sendable {
  static let tags = 4
  static let largestExactCount = 65_536 - tags

  private let ends: ByteView
  private let units: ByteView
  private let width: Int

  init(_ view: ByteView, count: Int, width: Int) {
    ends = view.slice(0, 4 * count)
    units = view.slice(4 * count, Int.max)
    self.width = width
  }

  static func width(termCount: Int) -> Int { termCount <= largestExactCount ? 2 : 1 }

  /// The unit that stands for a term.
  static func unit(term number: Int, width: Int) -> UInt16 {
    if width == 2 { return UInt16(truncatingIfNeeded: number + tags) }
    // Fibonacci hashing (Knuth, The Art of Computer Programming 3, section 6.4) spreads neighbouring numbers.
    let mixed = UInt32(truncatingIfNeeded: number) &* 2_654_435_769
    return UInt16((UInt64(mixed) * 252) >> 32) + UInt16(tags)
  }

  /// Asks for the memory of several streams at once rather than one after the other: where they lie far apart, waiting
  /// for each in turn would take longer than reading all of them.
  func prefetch(_ ordinals: some Sequence<Int>) -> UInt8 {
    var sum: UInt8 = 0
    for stream in ordinals.map(stream) { sum ^= stream.touch() }
    return sum
  }

  /// The units of one record as they lie in memory.
  func stream(_ ordinal: Int) -> ByteView {
    let end = Int(ends.word32(at: 4 * ordinal))
    let start = ordinal == 0 ? 0 : Int(ends.word32(at: 4 * ordinal - 4))
    return units.slice(start, end - start)
  }

  func unit(_ index: Int, of stream: ByteView) -> UInt16 {
    width == 2 ? stream.word16(at: 2 * index) : UInt16(stream[index])
  }

  func length(of stream: ByteView) -> Int { stream.count / width }

  /// How often each field of a record holds a term.
  func frequencies(of unit: UInt16, in ordinal: Int) -> [Field: Int] {
    let stream = stream(ordinal)
    var frequencies: [Field: Int] = [:]
    var field = Field.title
    for index in 0..<length(of: stream) {
      let next = self.unit(index, of: stream)
      if next == unit {
        frequencies[field, default: 0] += 1
      } else if next < Self.tags {
        field = Field(rawValue: UInt8(next)) ?? field
      }
    }
    return frequencies
  }

  /// How many words each field of a record has.
  func lengths(of ordinal: Int) -> [Field: Int] {
    let stream = stream(ordinal)
    var lengths: [Field: Int] = [:]
    var field = Field.title
    for index in 0..<length(of: stream) {
      let next = unit(index, of: stream)
      if next >= Self.tags {
        lengths[field, default: 0] += 1
      } else {
        field = Field(rawValue: UInt8(next)) ?? field
      }
    }
    return lengths
  }

  /// Offset of the first fault, nil if there is none.
  func fault(count: Int) -> Int? {
    guard ends.count == 4 * count else { return 0 }
    var previous = 0
    for ordinal in 0..<count {
      let end = Int(ends.word32(at: 4 * ordinal))
      guard end >= previous, (end - previous).isMultiple(of: width) else { return 4 * ordinal }
      previous = end
    }
    return previous == units.count ? nil : ends.count
  }
}
