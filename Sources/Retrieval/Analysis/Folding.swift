/// What one character outside ASCII means for words: letters lose case and accents, so that "Naïve" and "naive" are one
/// word.
enum Folding {
  enum Kind {
    /// Part of a word; its folded bytes were appended.
    case letter
    /// A word by itself: scripts that are written without spaces.
    case ideograph
    /// Joins letters, as in "isn’t".
    case apostrophe
    /// Neither seen nor heard: soft hyphen, zero-width joiners, combining accents.
    case ignored
    case separator
  }

  /// Appends the folded form of `scalar`, if it is a letter or a digit, and tells what it is.
  static func fold(_ scalar: Unicode.Scalar, into word: inout [UInt8]) -> Kind {
    switch scalar.value {
    case 0xC0...0x17F: return append(latin[Int(scalar.value - 0xC0)], to: &word)
    case 0xFB00...0xFB06: return append(ligatures[Int(scalar.value - 0xFB00)], to: &word)
    case 0x2019, 0x02BC: return .apostrophe
    case 0xAD, 0x300...0x36F, 0x200C, 0x200D, 0x2060, 0xFE00...0xFE0F, 0xFEFF: return .ignored
    case 0xFF01...0xFF5E: return full(width: UInt8(truncatingIfNeeded: scalar.value - 0xFEE0), to: &word)
    default: return other(scalar, to: &word)
    }
  }

  private static func append(_ folded: [UInt8], to word: inout [UInt8]) -> Kind {
    guard !folded.isEmpty else { return .separator }
    word.append(contentsOf: folded)
    return .letter
  }

  /// The full-width forms U+FF01 to U+FF5E repeat ASCII.
  private static func full(width byte: UInt8, to word: inout [UInt8]) -> Kind {
    guard let folded = ascii(byte) else { return .separator }
    word.append(folded)
    return .letter
  }

  private static func other(_ scalar: Unicode.Scalar, to word: inout [UInt8]) -> Kind {
    if scalar.properties.isIdeographic || (0x3040...0x30FF).contains(scalar.value) {
      word.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      return .ideograph
    }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .titlecaseLetter:
      word.append(contentsOf: scalar.properties.lowercaseMapping.utf8)
      return .letter
    case .lowercaseLetter, .modifierLetter, .otherLetter, .decimalNumber, .letterNumber, .spacingMark, .nonspacingMark:
      word.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      return .letter
    default: return .separator
    }
  }

  /// Lower case of an ASCII letter or digit, nil for anything else.
  @inline(__always)
  static func ascii(_ byte: UInt8) -> UInt8? {
    if byte &- 0x30 < 10 { return byte }
    let lower = byte | 0x20
    return lower &- 0x61 < 26 ? lower : nil
  }

  private static let ligatures: [[UInt8]] = ["ff", "fi", "fl", "ffi", "ffl", "st", "st"].map { Array($0.utf8) }

  /// U+00C0 to U+017F in order: the letter without its accent as Unicode decomposes it (NFD), and the customary
  /// spelling for the letters that do not decompose; "-" stands for the two signs that are no letters.
  private static let latin: [[UInt8]] = """
    a a a a a a ae c e e e e i i i i d n o o o o o - o u u u u y th ss a a a a a a ae c e e e e i i i i d n o o o o o
    - o u u u u y th y a a a a a a c c c c c c c c d d d d e e e e e e e e e e g g g g g g g g h h h h i i i i i i i i
    i i ij ij j j k k k l l l l l l l l l l n n n n n n n n n o o o o o o oe oe r r r r r r s s s s s s s s t t t t t
    t u u u u u u u u u u u u w w y y y z z z z z z s
    """.split(whereSeparator: \.isWhitespace).map { $0 == "-" ? [] : Array($0.utf8) }
}
