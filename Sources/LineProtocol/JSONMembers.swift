/// Reads one JSON object (RFC 8259) whose members are strings, as a request of the line protocol is, and nothing else.
///
/// Written by hand because the parsers at hand accept what must be refused (duplicate keys, a trailing comma, a byte order
/// mark) and cost more than the answer. There is nothing to nest, so there is no depth to limit.
enum JSONMembers {
  /// What is wrong with the line.
  struct Fault: Error {
    var sentence: String
  }

  /// - Returns: the members by key.
  /// - Throws: a fault for the first thing that is wrong, which names a key that is unknown, double or not a string.
  static func read(_ line: [UInt8], allowed: Set<String>) throws(Fault) -> [String: String] {
    var scanner = Scanner(bytes: line)
    return try scanner.object(allowed: allowed)
  }

  private struct Scanner {
    let bytes: [UInt8]
    var position = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    mutating func object(allowed: Set<String>) throws(Fault) -> [String: String] {
      var members: [String: String] = [:]
      try expect("{", "An object begins with {")
      skipSpace()
      if !take("}") {
        repeat {
          try member(allowed: allowed, into: &members)
          skipSpace()
        } while take(",")
        try expect("}", "Expected , or }")
      }
      skipSpace()
      guard position == bytes.count else { throw fault("Something follows the object") }
      return members
    }

    private mutating func member(allowed: Set<String>, into members: inout [String: String]) throws(Fault) {
      skipSpace()
      guard next == UInt8(ascii: "\"") else { throw fault("Expected a key in double quotes") }
      let key = try string()
      guard allowed.contains(key) else {
        throw Fault(
          sentence: "There is no key \"\(shown(key))\". The keys are \(allowed.sorted().joined(separator: ", ")).")
      }
      guard members[key] == nil else { throw Fault(sentence: "The key \"\(key)\" stands there twice. Send it once.") }
      skipSpace()
      try expect(":", "Expected : after \"\(key)\"")
      skipSpace()
      guard next == UInt8(ascii: "\"") else { throw Fault(sentence: "\"\(key)\" must be a string, in double quotes.") }
      members[key] = try string()
    }

    private mutating func string() throws(Fault) -> String {
      position += 1
      var content: [UInt8] = []
      while let byte = next {
        switch byte {
        case UInt8(ascii: "\""):
          position += 1
          guard let string = String(validating: content, as: UTF8.self), !string.unicodeScalars.contains("\u{FFFD}")
          else { throw fault("The string before this place is not valid UTF-8") }
          return string
        case UInt8(ascii: "\\"): try escape(into: &content)
        case 0x00..<0x20, 0x7F: throw fault("A control character must be written as an escape")
        default:
          content.append(byte)
          position += 1
        }
      }
      throw fault("A string does not end")
    }

    private mutating func escape(into content: inout [UInt8]) throws(Fault) {
      position += 1
      guard let byte = next else { throw fault("A string does not end") }
      position += 1
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): content.append(byte)
      case UInt8(ascii: "b"): content.append(0x08)
      case UInt8(ascii: "f"): content.append(0x0C)
      case UInt8(ascii: "n"): content.append(0x0A)
      case UInt8(ascii: "r"): content.append(0x0D)
      case UInt8(ascii: "t"): content.append(0x09)
      case UInt8(ascii: "u"): content.append(contentsOf: String(try escapedScalar()).utf8)
      default: throw fault("There is no such escape")
      }
    }

    private mutating func escapedScalar() throws(Fault) -> Unicode.Scalar {
      let first = try codeUnit()
      if let scalar = Unicode.Scalar(first) { return scalar }
      guard UTF16.isLeadSurrogate(UInt16(first)), take("\\"), take("u") else { throw fault("A surrogate stands alone") }
      let second = try codeUnit()
      guard UTF16.isTrailSurrogate(UInt16(second)),
        let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
      else { throw fault("A surrogate stands alone") }
      return scalar
    }

    /// Four hexadecimal digits: at most 0xFFFF.
    private mutating func codeUnit() throws(Fault) -> UInt32 {
      var unit: UInt32 = 0
      for _ in 0..<4 {
        guard let byte = next, let digit = Self.hexDigit(byte) else { throw fault("\\u needs four hexadecimal digits") }
        unit = unit << 4 | digit
        position += 1
      }
      return unit
    }

    private static func hexDigit(_ byte: UInt8) -> UInt32? {
      switch byte {
      case 0x30...0x39: UInt32(byte - 0x30)
      case 0x41...0x46: UInt32(byte - 0x41 + 10)
      case 0x61...0x66: UInt32(byte - 0x61 + 10)
      default: nil
      }
    }

    private mutating func skipSpace() {
      while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0D { position += 1 }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
      guard next == UInt8(ascii: character) else { return false }
      position += 1
      return true
    }

    private mutating func expect(_ character: Unicode.Scalar, _ complaint: String) throws(Fault) {
      guard take(character) else { throw fault(complaint) }
    }

    private func fault(_ complaint: String) -> Fault {
      Fault(
        sentence:
          "That is not a JSON object: \(complaint.prefix(1).lowercased())\(complaint.dropFirst()) (byte \(position + 1))."
      )
    }

    /// A key that is echoed: shortened, and without anything that steers a terminal.
    private func shown(_ key: String) -> String {
      let text = ReceivedText(key).text
      return text.unicodeScalars.count > 40
        ? String(String.UnicodeScalarView(text.unicodeScalars.prefix(40))) + "…" : text
    }
  }
}
