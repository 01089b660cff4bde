/// The text of a file: UTF-8 without byte order mark, lines ended by LF, no control characters but TAB and LF.
struct SourceText: Equatable {
  let bytes: [UInt8]

  /// Why bytes are not text; a sentence and its remedy.
  enum Refusal: Error, Equatable {
    case tooLarge(byteCount: Int)
    case binary(offset: Int)
    case damagedUTF8(offset: Int)
    case damagedUTF16
    case unknownEncoding
  }

  /// Most bytes that a file may have.
  static let byteLimit = 4 << 20

  /// Recognises UTF-8 with or without byte order mark, UTF-16 with one, and Windows-1252 (which holds Latin-1's letters) where
  /// the bytes are plainly that; refuses everything else rather than guess.
  init(decoding file: [UInt8]) throws(Refusal) {
    guard file.count <= Self.byteLimit else { throw .tooLarge(byteCount: file.count) }
    if file.starts(with: [0xFF, 0xFE]) || file.starts(with: [0xFE, 0xFF]) {
      self.init(normalizing: try Self.utf16(file.dropFirst(2), isBigEndian: file[0] == 0xFE))
      return
    }
    let body = file.starts(with: [0xEF, 0xBB, 0xBF]) ? file.dropFirst(3) : file[...]
    if let offset = body.firstIndex(of: 0) { throw .binary(offset: offset) }
    switch UTF8Check(body) {
    case .valid: self.init(normalizing: Array(body))
    case .damaged(let offset): throw .damagedUTF8(offset: offset)
    case .otherwise: self.init(normalizing: try Self.windows1252(body))
    }
  }

  /// Takes UTF-8, drops control characters and makes CR LF and CR into LF, so that line numbers are those of an editor.
  private init(normalizing text: [UInt8]) {
    guard text.contains(where: { $0 < 0x20 && $0 != 0x0A || $0 == 0x7F }) else {
      bytes = text
      return
    }
    var kept: [UInt8] = []
    kept.reserveCapacity(text.count)
    var previous: UInt8 = 0
    for byte in text {
      switch byte {
      case 0x0A where previous == 0x0D: break
      case 0x0D: kept.append(0x0A)
      case 0x09, 0x0A, 0x20..<0x7F, 0x80...: kept.append(byte)
      default: break
      }
      previous = byte
    }
    bytes = kept
  }

  private static func utf16(_ body: ArraySlice<UInt8>, isBigEndian: Bool) throws(Refusal) -> [UInt8] {
    guard body.count.isMultiple(of: 2) else { throw .damagedUTF16 }
    let units = stride(from: body.startIndex, to: body.endIndex, by: 2).map { index in
      let first = UInt16(body[index])
      let second = UInt16(body[index + 1])
      return isBigEndian ? first << 8 | second : second << 8 | first
    }
    // A NUL character: more likely UTF-32, or a binary that begins like a byte order mark.
    guard !units.contains(0) else { throw .damagedUTF16 }
    guard let text = String(validating: units, as: UTF16.self) else { throw .damagedUTF16 }
    return Array(text.utf8)
  }

  /// Decodes Windows-1252, which the WHATWG Encoding Standard gives to files labelled Latin-1 too.
  ///
  /// Plainly that: no control characters and no unassigned bytes, and at most every third letter outside ASCII, which
  /// Western European languages keep to and other eight-bit scripts do not.
  private static func windows1252(_ body: ArraySlice<UInt8>) throws(Refusal) -> [UInt8] {
    var scalars = String.UnicodeScalarView()
    var letters = 0
    var high = 0
    for byte in body {
      switch byte {
      case 0x80...0x9F:
        guard let scalar = upperControls[Int(byte) - 0x80] else { throw .unknownEncoding }
        scalars.append(scalar)
      case 0x20..<0x7F, 0x09, 0x0A, 0x0C, 0x0D, 0xA0...:
        if byte >= 0xC0 { high += 1 }
        if byte >= 0xC0 || (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A { letters += 1 }
        scalars.append(Unicode.Scalar(byte))
      default: throw .unknownEncoding
      }
    }
    guard high * 3 <= letters else { throw .unknownEncoding }
    return Array(String(scalars).utf8)
  }

  /// What Windows-1252 has at 0x80 to 0x9F; nil where nothing is assigned.
  private static let upperControls: [Unicode.Scalar?] = [
    "\u{20AC}", nil, "\u{201A}", "\u{192}", "\u{201E}", "\u{2026}", "\u{2020}", "\u{2021}",
    "\u{2C6}", "\u{2030}", "\u{160}", "\u{2039}", "\u{152}", nil, "\u{17D}", nil,
    nil, "\u{2018}", "\u{2019}", "\u{201C}", "\u{201D}", "\u{2022}", "\u{2013}", "\u{2014}",
    "\u{2DC}", "\u{2122}", "\u{161}", "\u{203A}", "\u{153}", nil, "\u{17E}", "\u{178}",
  ]
}

/// Whether bytes are UTF-8, were meant to be, or are something else.
private enum UTF8Check {
  case valid
  /// Not valid, but a character of several bytes stands in it: almost never met in other encodings, so the file was UTF-8.
  case damaged(offset: Int)
  /// Not valid, and nothing in it says UTF-8.
  case otherwise

  init(_ bytes: ArraySlice<UInt8>) {
    var index = bytes.startIndex
    var firstFault: Int?
    var hasSequence = false
    while index < bytes.endIndex {
      let length = Self.sequenceLength(bytes[index...])
      if length == 0 { firstFault = firstFault ?? index }
      if length > 1 { hasSequence = true }
      index += max(length, 1)
    }
    guard let firstFault else {
      self = .valid
      return
    }
    self = hasSequence ? .damaged(offset: firstFault) : .otherwise
  }

  /// The bytes of the well-formed character at the beginning (Unicode 15, table 3-7); 0 when there is none.
  private static func sequenceLength(_ bytes: ArraySlice<UInt8>) -> Int {
    guard let first = bytes.first else { return 0 }
    let second: ClosedRange<UInt8>
    let length: Int
    switch first {
    case 0..<0x80: return 1
    case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    default: return 0
    }
    let rest = bytes.dropFirst().prefix(length - 1)
    guard rest.count == length - 1, let next = rest.first, second.contains(next),
      rest.dropFirst().allSatisfy({ (0x80...0xBF).contains($0) })
    else { return 0 }
    return length
  }
}
