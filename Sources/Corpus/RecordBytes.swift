/// The bytes of a passage or a catalogue are not what `RecordWriter` writes; the index that holds them must be rebuilt.
package struct MalformedRecord: Error, Sendable, Equatable, CustomStringConvertible {
  /// Where reading stopped, in bytes from the record's beginning.
  package var offset: Int

  package var description: String { "The record is malformed at byte \(offset); the index must be rebuilt." }
}

/// Writes values one after another, without names: numbers as LEB128 (little-endian base 128, DWARF 5 section 7.6),
/// texts as byte count and UTF-8, lists as count and elements, absent texts as 0 and present ones as byte count + 1.
package struct RecordWriter {
  package private(set) var bytes: [UInt8] = []

  package init() {}

  package mutating func write(number: Int) {
    var rest = UInt64(clamping: number)
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  package mutating func write(_ text: String) {
    write(number: text.utf8.count)
    bytes.append(contentsOf: text.utf8)
  }

  package mutating func write(optional text: String?) {
    guard let text else { return write(number: 0) }
    write(number: text.utf8.count + 1)
    bytes.append(contentsOf: text.utf8)
  }

  package mutating func write(_ texts: [String]) {
    write(number: texts.count)
    for text in texts { write(text) }
  }
}

/// Reads what `RecordWriter` wrote, in the same order.
///
/// The bytes may come from a damaged file: every length is checked against what is left before it is used, so reading
/// never takes more memory than a small multiple of the record.
package struct RecordReader {
  private let bytes: ArraySlice<UInt8>
  private var position: Int

  package init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    position = bytes.startIndex
  }

  /// How far the reading has come, in bytes.
  package var offset: Int { position - bytes.startIndex }

  package var malformed: MalformedRecord { MalformedRecord(offset: offset) }

  /// The text at the beginning.
  package consuming func first() throws(MalformedRecord) -> String { try text() }

  package mutating func number() throws(MalformedRecord) -> Int {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while position < bytes.endIndex, shift < 63 {
      let byte = bytes[position]
      value |= UInt64(byte & 0x7F) << shift
      position += 1
      if byte < 0x80 { return Int(value) }
      shift += 7
    }
    throw malformed
  }

  /// A count of things of at least one byte each.
  package mutating func count() throws(MalformedRecord) -> Int {
    let count = try number()
    guard count <= bytes.endIndex - position else { throw malformed }
    return count
  }

  package mutating func text() throws(MalformedRecord) -> String {
    try text(byteCount: count())
  }

  package mutating func optionalText() throws(MalformedRecord) -> String? {
    let count = try number()
    return count == 0 ? nil : try text(byteCount: count - 1)
  }

  package mutating func texts() throws(MalformedRecord) -> [String] {
    let count = try count()
    var texts: [String] = []
    texts.reserveCapacity(count)
    for _ in 0..<count { texts.append(try text()) }
    return texts
  }

  /// Ends the reading; what is left over is an error.
  package func finish() throws(MalformedRecord) {
    guard position == bytes.endIndex else { throw malformed }
  }

  private mutating func text(byteCount: Int) throws(MalformedRecord) -> String {
    guard byteCount <= bytes.endIndex - position else { throw malformed }
    let end = position + byteCount
    defer { position = end }
    return String(decoding: bytes[position..<end], as: UTF8.self)
  }
}
