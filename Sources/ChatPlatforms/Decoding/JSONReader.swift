/// The recursive descent behind `JSONValue`; recursion is bounded by the depth limit.
struct JSONReader {
  private let bytes: [UInt8]
  private var offset = 0
  private var depth = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func document() throws(JSONValue.Failure) -> JSONValue {
    let value = try value()
    skipSpace()
    guard offset == bytes.count else { throw failure(.syntax) }
    return value
  }

  private var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  private func failure(_ reason: JSONValue.Failure.Reason) -> JSONValue.Failure {
    JSONValue.Failure(reason: reason, offset: offset)
  }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { offset += 1 }
  }

  /// Steps over the byte if it comes next, after white space.
  private mutating func take(_ byte: UInt8) -> Bool {
    skipSpace()
    guard next == byte else { return false }
    offset += 1
    return true
  }

  private mutating func value() throws(JSONValue.Failure) -> JSONValue {
    skipSpace()
    switch next {
    case UInt8(ascii: "{"): return try nested { reader throws(JSONValue.Failure) in try reader.object() }
    case UInt8(ascii: "["): return try nested { reader throws(JSONValue.Failure) in try reader.array() }
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return .number(try number())
    }
  }

  private mutating func nested(
    _ body: (inout JSONReader) throws(JSONValue.Failure) -> JSONValue
  ) throws(JSONValue.Failure) -> JSONValue {
    depth += 1
    guard depth <= JSONValue.depthLimit else { throw failure(.tooDeep) }
    offset += 1
    let value = try body(&self)
    depth -= 1
    return value
  }

  private mutating func object() throws(JSONValue.Failure) -> JSONValue {
    var members: [String: JSONValue] = [:]
    if take(UInt8(ascii: "}")) { return .object(members) }
    repeat {
      skipSpace()
      guard next == UInt8(ascii: "\"") else { throw failure(.syntax) }
      let key = try string()
      guard take(UInt8(ascii: ":")) else { throw failure(.syntax) }
      guard members.updateValue(try value(), forKey: key) == nil else {
        throw failure(.duplicateKey(String(key.prefix(40))))
      }
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "}")) else { throw failure(.syntax) }
    return .object(members)
  }

  private mutating func array() throws(JSONValue.Failure) -> JSONValue {
    var elements: [JSONValue] = []
    if take(UInt8(ascii: "]")) { return .array(elements) }
    repeat { elements.append(try value()) } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "]")) else { throw failure(.syntax) }
    return .array(elements)
  }

  private mutating func word(_ word: String, _ value: JSONValue) throws(JSONValue.Failure) -> JSONValue {
    guard bytes[offset...].starts(with: word.utf8) else { throw failure(.syntax) }
    offset += word.utf8.count
    return value
  }

  /// `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`
  private mutating func number() throws(JSONValue.Failure) -> Double {
    let start = offset
    if next == UInt8(ascii: "-") { offset += 1 }
    let hasLeadingZero = next == UInt8(ascii: "0")
    let count = digits()
    guard count > 0, !(hasLeadingZero && count > 1) else { throw failure(.syntax) }
    if next == UInt8(ascii: ".") {
      offset += 1
      guard digits() > 0 else { throw failure(.syntax) }
    }
    if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
      offset += 1
      if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { offset += 1 }
      guard digits() > 0 else { throw failure(.syntax) }
    }
    guard let value = Double(String(decoding: bytes[start..<offset], as: UTF8.self)), value.isFinite else {
      throw failure(.notFinite)
    }
    return value
  }

  private mutating func digits() -> Int {
    let start = offset
    while let byte = next, (0x30...0x39).contains(byte) { offset += 1 }
    return offset - start
  }

  private mutating func string() throws(JSONValue.Failure) -> String {
    offset += 1
    var text: [UInt8] = []
    while let byte = next {
      offset += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let string = String(validating: text, as: UTF8.self) else { throw failure(.notText) }
        return string
      case UInt8(ascii: "\\"): try escape(into: &text)
      case 0x00...0x1F: throw failure(.syntax)
      default: text.append(byte)
      }
    }
    throw failure(.syntax)
  }

  private mutating func escape(into text: inout [UInt8]) throws(JSONValue.Failure) {
    guard let byte = next else { throw failure(.syntax) }
    offset += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"): text.append(contentsOf: String(Character(try unicodeEscape())).utf8)
    default: throw failure(.syntax)
    }
  }

  /// The scalar of `\uXXXX`, or of a surrogate pair of two of them.
  private mutating func unicodeEscape() throws(JSONValue.Failure) -> Unicode.Scalar {
    let first = try codeUnit()
    if let scalar = Unicode.Scalar(UInt32(first)) { return scalar }
    guard UTF16.isLeadSurrogate(first), bytes[offset...].starts(with: "\\u".utf8) else { throw failure(.notText) }
    offset += 2
    let second = try codeUnit()
    guard UTF16.isTrailSurrogate(second),
      let scalar = Unicode.Scalar(0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00))
    else { throw failure(.notText) }
    return scalar
  }

  private mutating func codeUnit() throws(JSONValue.Failure) -> UInt16 {
    let digits = bytes[offset...].prefix(4)
    guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw failure(.syntax) }
    offset += 4
    return unit
  }
}
