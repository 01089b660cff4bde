/// Text as a person reads it, without anything that only a terminal or a browser would see.
enum PlainText {
  /// One line: runs of white space become one space, both ends are trimmed, unseen characters are gone.
  static func line(_ text: String) -> String {
    if isPlainLine(text) { return text }
    var line = String.UnicodeScalarView()
    var isGap = false
    for scalar in text.unicodeScalars {
      if scalar.properties.isWhitespace {
        isGap = true
      } else if !isUnseen(scalar) {
        if isGap, !line.isEmpty { line.append(" ") }
        isGap = false
        line.append(scalar)
      }
    }
    return String(line)
  }

  /// The text's lines, each as `line` makes it, empty ones left out.
  static func lines(_ text: String) -> [String] {
    text.utf8.split(separator: UInt8(ascii: "\n")).map { line(String(Substring($0))) }.filter { !$0.isEmpty }
  }

  /// Complexity: linear. A word is what stands between white space.
  static func wordCount(_ text: some StringProtocol) -> Int {
    var count = 0
    var isGap = true
    for byte in text.utf8 {
      let isSpace = byte == 0x20 || byte == 0x0A
      if isGap, !isSpace { count += 1 }
      isGap = isSpace
    }
    return count
  }

  /// Printable ASCII with single spaces inside: by far the most lines, and nothing to do.
  private static func isPlainLine(_ text: String) -> Bool {
    var previous: UInt8 = 0x20
    for byte in text.utf8 {
      guard byte >= 0x20, byte < 0x7F, byte != 0x20 || previous != 0x20 else { return false }
      previous = byte
    }
    return previous != 0x20
  }

  /// Control and format characters that carry no meaning in running text and can hide or reorder it: C0, C1, the
  /// bidirectional controls of UAX #9, tag characters, noncharacters and private use. The two joiners stay, since Persian, Indic
  /// scripts and emoji need them.
  private static func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .privateUse, .surrogate, .unassigned: true
    case .format: scalar.value != 0x200C && scalar.value != 0x200D
    default: false
    }
  }
}
