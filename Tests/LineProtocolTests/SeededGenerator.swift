/// SplitMix64 (Steele, Lea, Flood 2014): the same seed gives the same test.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }

  /// Bytes that come near to what the parsers look for: pieces of telnet, JSON, commands and UTF-8 among noise.
  mutating func hostileBytes(count: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count {
      switch Int.random(in: 0..<12, using: &self) {
      case 0: bytes.append(UInt8.random(in: 0...255, using: &self))
      case 1: bytes += [255, UInt8.random(in: 236...255, using: &self)]
      case 2: bytes += [255, 250, [31, 24, 34, 39].randomElement(using: &self) ?? 31]
      case 3: bytes += [255, 240]
      case 4: bytes += [[0x0A], [0x0D, 0x0A], [0x0D, 0x00], [0x0D], [0x00]].randomElement(using: &self) ?? []
      case 5: bytes += Array((Self.pieces.randomElement(using: &self) ?? "").utf8)
      case 6: bytes += Array(String(Self.scalar(using: &self)).utf8)
      case 7: bytes += [UInt8](repeating: 0x41, count: Int.random(in: 0...70, using: &self))
      default: bytes.append(UInt8.random(in: 0x20...0x7E, using: &self))
      }
    }
    return bytes
  }

  private static let pieces = [
    "/help", "/width ", "/prompt on\n", "/color on\n", "/quit", "{\"ask\":\"", "\"}", "\",\"id\":\"", "\\u", "\\ud83d",
    "{", "}", ":", "GET / HTTP/1.1", "0", "99999999999999999999", " ", "\u{FEFF}", "\u{202E}", "\u{301}",
  ]

  private static func scalar(using generator: inout SeededGenerator) -> Unicode.Scalar {
    Unicode.Scalar(UInt32.random(in: 0...0x10FFFF, using: &generator)) ?? "\u{FFFD}"
  }
}
