/// A look at bytes that somebody else keeps alive and unchanged: reads are little-endian and never leave the range,
/// what lies outside reads as zero.
///
/// Whoever makes a view keeps the memory's owner (`IndexStorage`) for as long as the view is used; inside this module
/// that is `Index`.
@safe
struct ByteView: @unchecked Sendable {  // The memory is never written while it is viewed.
  let base: UnsafeRawPointer
  let count: Int

  @unsafe
  init(base: UnsafeRawPointer, count: Int) {
    unsafe self.base = base
    self.count = count
  }

  /// Lends the bytes of an array to `body`.
  static func with<Result>(_ bytes: [UInt8], _ body: (ByteView) -> Result) -> Result {
    unsafe (bytes.isEmpty ? [0] : bytes).withUnsafeBytes { memory in
      guard let base = memory.baseAddress else { preconditionFailure("an array that is not empty has an address") }
      return unsafe body(ByteView(base: base, count: bytes.count))
    }
  }

  subscript(offset: Int) -> UInt8 {
    guard UInt(bitPattern: offset) < UInt(bitPattern: count) else { return 0 }
    return unsafe base.load(fromByteOffset: offset, as: UInt8.self)
  }

  func word16(at offset: Int) -> UInt16 { load(offset) }
  func word32(at offset: Int) -> UInt32 { load(offset) }
  func word64(at offset: Int) -> UInt64 { load(offset) }

  /// Like `word32`, and near the end of the view the bytes behind it are read as they are: for views that lie within a
  /// section of postings, which ends with `Postings.slack`.
  @inline(__always)
  func wide32(at offset: Int) -> UInt32 {
    guard UInt(bitPattern: offset) < UInt(bitPattern: count) else { return 0 }
    return unsafe UInt32(littleEndian: base.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
  }

  @inline(__always)
  private func load<Word: FixedWidthInteger & BitwiseCopyable>(_ offset: Int) -> Word {
    guard offset >= 0, offset <= count &- MemoryLayout<Word>.size else { return 0 }
    return unsafe Word(littleEndian: base.loadUnaligned(fromByteOffset: offset, as: Word.self))
  }

  /// The part from `start` on, `length` bytes long as far as there are so many.
  func slice(_ start: Int, _ length: Int) -> ByteView {
    let start = max(0, min(start, count))
    return unsafe ByteView(base: base + start, count: max(0, min(length, count - start)))
  }

  /// The address behind the last byte, to tell where parts of the same memory end.
  var end: UInt { unsafe UInt(bitPattern: base) &+ UInt(count) }

  /// A copy.
  var bytes: [UInt8] {
    unsafe Array(UnsafeRawBufferPointer(start: base, count: count))
  }

  func append(to bytes: inout [UInt8]) {
    unsafe bytes.append(contentsOf: UnsafeRawBufferPointer(start: base, count: count))
  }

  /// Reads a byte of each cache line and returns something of it, so that the memory is on its way while others are
  /// asked for.
  @inline(__always)
  func touch() -> UInt8 {
    var sum: UInt8 = 0
    var offset = 0
    while offset < count {
      sum ^= unsafe base.load(fromByteOffset: offset, as: UInt8.self)
      offset &+= 64
    }
    return sum
  }
}

/// Reads a `ByteView` from front to back. Reading past the end gives zero and sets `isOverrun`.
struct ByteCursor {
  let view: ByteView
  private(set) var offset: Int
  private(set) var isOverrun = false

  init(_ view: ByteView, at offset: Int = 0) {
    self.view = view
    self.offset = offset
  }

  var isAtEnd: Bool { offset >= view.count }

  mutating func byte() -> UInt8 {
    if offset >= view.count { isOverrun = true }
    defer { offset &+= 1 }
    return view[offset]
  }

  /// An unsigned number in groups of seven bits, least significant first, the high bit marking that more follow
  /// (LEB128); at most 42 bits.
  @inline(__always)
  mutating func varint() -> Int {
    let byte = view[offset]
    guard byte < 0x80, offset < view.count else { return longVarint() }
    offset &+= 1
    return Int(byte)
  }

  private mutating func longVarint() -> Int {
    var value = 0
    for shift in stride(from: 0, to: 42, by: 7) {
      let byte = byte()
      value |= Int(byte & 0x7F) << shift
      if byte < 0x80 { return value }
    }
    isOverrun = true
    return 0
  }

  /// Steps over `length` bytes and returns them.
  mutating func slice(_ length: Int) -> ByteView {
    guard length >= 0, length <= view.count - offset else {
      isOverrun = true
      return view.slice(view.count, 0)
    }
    defer { offset += length }
    return view.slice(offset, length)
  }
}

/// Writes what `ByteView` reads.
struct ByteWriter {
  private(set) var bytes: [UInt8] = []

  mutating func append(_ byte: UInt8) { bytes.append(byte) }
  mutating func append(_ more: some Sequence<UInt8>) { bytes.append(contentsOf: more) }

  mutating func append<Word: FixedWidthInteger>(word: Word) {
    for index in 0..<(Word.bitWidth / 8) { bytes.append(UInt8(truncatingIfNeeded: word >> (index * 8))) }
  }

  /// See `ByteCursor.varint`.
  mutating func append(varint number: Int) {
    var rest = number
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  static func length(ofVarint number: Int) -> Int {
    max(1, (Int.bitWidth - number.leadingZeroBitCount + 6) / 7)
  }
}
