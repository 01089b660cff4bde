/// Text as it came over the wire, made fit to be looked at: valid Unicode, no control characters, nothing that reorders
/// what a terminal shows.
public struct ReceivedText: Sendable, Equatable {
  /// What is left of it, on one line; may be empty.
  public var text: String
  /// Something was replaced or removed, or hides in the text, so that it must not be read as a command.
  public var isRepaired: Bool
  /// More than a quarter of it was not text: another encoding, or no text at all.
  public var isMostlyDamaged: Bool

  /// Decodes a line. A run of invalid UTF-8 becomes one U+FFFD, TAB a space; control characters, bidirectional controls,
  /// invisible spaces and tag characters are removed.
  ///
  /// Complexity: linear; lines of printable ASCII are only copied.
  public init(_ bytes: [UInt8]) {
    if bytes.allSatisfy({ (0x20...0x7E).contains($0) }) {
      self.init(text: String(decoding: bytes, as: UTF8.self), isRepaired: false, isMostlyDamaged: false)
    } else {
      self.init(String(decoding: bytes, as: UTF8.self))
    }
  }

  /// Cleans text that was decoded already, such as a string of a JSON request. There a line break is wanted, so it
  /// becomes a space; it still counts as a repair.
  public init(_ decoded: String) {
    var clean = String.UnicodeScalarView()
    var (damaged, hidden, total) = (0, 0, 0)
    for scalar in decoded.unicodeScalars {
      total += 1
      switch ScalarKind(scalar) {
      case .lineBreak:
        clean.append(" ")
        hidden += 1
      case .tab: clean.append(" ")
      case .control: damaged += 1
      case .invisible: hidden += 1
      case .joiner:
        clean.append(scalar)
        hidden += 1
      case .shown where scalar == "\u{FFFD}":
        damaged += 1
        if clean.last != scalar { clean.append(scalar) }
      case .shown: clean.append(scalar)
      }
    }
    self.init(text: String(clean), isRepaired: damaged + hidden > 0, isMostlyDamaged: damaged * 4 > total)
  }

  private init(text: String, isRepaired: Bool, isMostlyDamaged: Bool) {
    self.text = text
    self.isRepaired = isRepaired
    self.isMostlyDamaged = isMostlyDamaged
  }

  /// Whether nothing but spaces is left.
  public var isBlank: Bool { text.unicodeScalars.allSatisfy { $0.properties.isWhitespace } }
}
