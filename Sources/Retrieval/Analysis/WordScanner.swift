/// Cuts text into words: runs of letters and digits, lower case, without accents; everything else parts them, but for
/// an apostrophe between two letters (Unicode Standard Annex 29, rules WB6 and WB7).
///
/// ASCII is read byte by byte; only other characters are decoded. Malformed UTF-8 parts words.
struct WordScanner {
  /// Longer words keep their beginning. The longest in an English dictionary has 45 letters.
  static let longestWord = 64

  /// The folded bytes of the current word; never empty after `next` has returned true.
  private(set) var word: [UInt8] = []
  /// Where the current word stands, in bytes of the text.
  private(set) var range = 0..<0
  private var offset = 0

  init() {
    word.reserveCapacity(Self.longestWord + 16)
  }

  /// Steps to the next word; false at the end of the text.
  mutating func next(in text: Span<UInt8>) -> Bool {
    word.removeAll(keepingCapacity: true)
    var start = offset
    var position = offset
    while position < text.count {
      let byte = text[position]
      if let folded = Folding.ascii(byte) {
        if word.isEmpty { start = position }
        if word.count < Self.longestWord { word.append(folded) }
        position += 1
        continue
      }
      if byte < 0x80 {
        if !word.isEmpty {
          guard byte == 0x27, Self.isWordByte(text, position + 1) else { break }
          appendApostrophe()
        }
        position += 1
        continue
      }
      let (scalar, length) = Self.scalar(in: text, at: position)
      let before = word.count
      switch scalar.map({ Folding.fold($0, into: &word) }) ?? .separator {
      case .letter:
        if before == 0 { start = position }
        if word.count > Self.longestWord { word.removeLast(word.count - before) }
      case .ideograph where before == 0:
        return finish(start: position, end: position + length)
      case .ideograph:
        word.removeLast(word.count - before)
        return finish(start: start, end: position)
      case .apostrophe where before > 0 && Self.isWordByte(text, position + length): appendApostrophe()
      case .ignored: break
      case .apostrophe, .separator: if before > 0 { return finish(start: start, end: position) }
      }
      position += length
    }
    guard !word.isEmpty else {
      offset = position
      return false
    }
    return finish(start: start, end: position)
  }

  private mutating func appendApostrophe() {
    if word.count < Self.longestWord { word.append(0x27) }
  }

  private mutating func finish(start: Int, end: Int) -> Bool {
    range = start..<end
    offset = end
    return true
  }

  private static func isWordByte(_ text: Span<UInt8>, _ position: Int) -> Bool {
    position < text.count && Folding.ascii(text[position]) != nil
  }

  /// Decodes the scalar at `position`; a malformed one is nil and one byte long.
  private static func scalar(in text: Span<UInt8>, at position: Int) -> (Unicode.Scalar?, Int) {
    let lead = UInt32(text[position])
    let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1
    guard length > 1, position + length <= text.count else { return (nil, 1) }
    var value = lead & (0x7F >> UInt32(length))
    for index in 1..<length {
      let byte = UInt32(text[position + index])
      guard byte & 0xC0 == 0x80 else { return (nil, 1) }
      value = value << 6 | byte & 0x3F
    }
    return Unicode.Scalar(value).map { ($0, length) } ?? (nil, 1)
  }
}
