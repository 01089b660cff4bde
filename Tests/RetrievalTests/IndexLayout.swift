import Synchronization

/// Finds the sections of an index by the layout that its format documents, and puts checksums right after a change:
/// written from the documentation, so that it also holds the format to it.
struct IndexLayout {
  private static let count = 9
  private(set) var sections: [Range<Int>] = []

  init(_ bytes: [UInt8]) {
    var offset = 24 + 16 * Self.count + 8
    for section in 0..<Self.count {
      let length = Int(Self.word(bytes, at: 24 + 16 * section))
      sections.append(offset..<offset + length)
      offset = (offset + length + 7) / 8 * 8
    }
  }

  func resealed(_ bytes: [UInt8]) -> [UInt8] {
    var sealed = bytes
    for (number, range) in sections.enumerated() {
      Self.put(XXH64.hash(Array(bytes[range])), into: &sealed, at: 32 + 16 * number)
    }
    let end = 24 + 16 * Self.count
    Self.put(XXH64.hash(Array(sealed[..<end])), into: &sealed, at: end)
    return sealed
  }

  private static func word(_ bytes: [UInt8], at offset: Int) -> UInt64 {
    (0..<8).reduce(0) { $0 | UInt64(bytes[offset + $1]) << UInt64(8 * $1) }
  }

  private static func put(_ word: UInt64, into bytes: inout [UInt8], at offset: Int) {
    for index in 0..<8 { bytes[offset + index] = UInt8(truncatingIfNeeded: word >> UInt64(8 * index)) }
  }
}

/// XXH64 with seed 0, from its specification.
enum XXH64 {
  private static let primes: [UInt64] = [
    11_400_714_785_074_694_791, 14_029_467_366_897_019_727, 1_609_587_929_392_839_161, 9_650_029_242_287_828_579,
    2_870_177_450_012_600_261,
  ]

  static func hash(_ bytes: [UInt8]) -> UInt64 {
    var rest = bytes[...]
    var hash: UInt64
    if bytes.count >= 32 {
      var lanes = [primes[0] &+ primes[1], primes[1], 0, 0 &- primes[0]]
      while rest.count >= 32 {
        for lane in 0..<4 { lanes[lane] = round(lanes[lane], take(&rest, 8)) }
      }
      hash = zip(lanes, [1, 7, 12, 18]).reduce(0) { $0 &+ rotate($1.0, UInt64($1.1)) }
      for lane in lanes { hash = (hash ^ round(0, lane)) &* primes[0] &+ primes[3] }
    } else {
      hash = primes[4]
    }
    hash &+= UInt64(bytes.count)
    while rest.count >= 8 { hash = rotate(hash ^ round(0, take(&rest, 8)), 27) &* primes[0] &+ primes[3] }
    if rest.count >= 4 { hash = rotate(hash ^ (take(&rest, 4) &* primes[0]), 23) &* primes[1] &+ primes[2] }
    while !rest.isEmpty { hash = rotate(hash ^ (take(&rest, 1) &* primes[4]), 11) &* primes[0] }
    hash = (hash ^ (hash >> 33)) &* primes[1]
    hash = (hash ^ (hash >> 29)) &* primes[2]
    return hash ^ (hash >> 32)
  }

  private static func take(_ bytes: inout ArraySlice<UInt8>, _ count: Int) -> UInt64 {
    defer { bytes = bytes.dropFirst(count) }
    return bytes.prefix(count).reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  private static func round(_ lane: UInt64, _ input: UInt64) -> UInt64 {
    rotate(lane &+ input &* primes[1], 31) &* primes[0]
  }

  private static func rotate(_ value: UInt64, _ bits: UInt64) -> UInt64 { value << bits | value >> (64 - bits) }
}

/// Counts calls from any thread.
final class ReleaseCounter: Sendable {
  private let calls = Atomic(0)

  var count: Int { calls.load(ordering: .sequentiallyConsistent) }

  func increment() { calls.add(1, ordering: .sequentiallyConsistent) }
}
