/// Cuts a stream of bytes into lines. LF, CR LF and CR NUL end one (RFC 854); a CR before anything else is a byte of the
/// line. What comes out depends on the bytes only, never on how the network cut them.
///
///     line ──end──▶ (line) line
///       └──limit without an LF──▶ (tooLong) skipping ──LF──▶ line
///                                     └──1 MiB──▶ (hopeless)
public struct LineFramer: Sendable {
  /// What a piece of the stream amounted to.
  public enum Frame: Sendable, Equatable {
    /// A line without its end.
    case line([UInt8])
    /// A line that went past the limit, with its beginning. The rest of it, to the next LF, will be skipped.
    case tooLong(beginning: [UInt8])
    /// 1 MiB of a line was skipped without an end. Comes once; whoever goes on gets no further frame until the next LF.
    case hopeless
  }

  /// When to give up on a line without an end.
  static let skippedLimitBytes = 1 << 20
  private static let lineFeed: UInt8 = 0x0A
  private static let carriageReturn: UInt8 = 0x0D

  /// The longest line, its end included.
  public let limitBytes: Int
  private var line: [UInt8] = []
  private var skippedBytes: Int?

  /// A framer at the beginning of a stream. A limit below 2 is taken as 2.
  public init(limitBytes: Int = 8192) {
    self.limitBytes = max(limitBytes, 2)
  }

  /// Whether a line has begun and not ended.
  public var hasBegun: Bool { !line.isEmpty || skippedBytes != nil }

  /// What there is of the line that has begun; empty while an overlong one is being skipped.
  public var begun: [UInt8] { line }

  /// Reads from `position` on until a frame is complete, or to `end`, and moves `position` behind what it read.
  ///
  /// Complexity: linear in what it reads.
  public mutating func next(in bytes: [UInt8], from position: inout Int, to end: Int) -> Frame? {
    let end = min(end, bytes.count)
    while position < end {
      if skippedBytes != nil {
        if let frame = skip(in: bytes, from: &position, to: end) { return frame }
        continue
      }
      let start = position
      while position < end, bytes[position] != Self.lineFeed, bytes[position] != 0,
        line.count + position - start < limitBytes
      { position += 1 }
      line.append(contentsOf: bytes[start..<position])
      if line.count >= limitBytes { return overflow() }
      guard position < end else { return nil }
      let byte = bytes[position]
      position += 1
      if byte == Self.lineFeed || line.last == Self.carriageReturn { return .line(finish()) }
      // A NUL that ends nothing is a byte of the line, for whoever decodes it to drop.
      line.append(byte)
      if line.count >= limitBytes { return overflow() }
    }
    return nil
  }

  /// The input has ended: what was begun is the last line.
  public mutating func finishInput() -> Frame? {
    skippedBytes = nil
    return line.isEmpty ? nil : .line(finish())
  }

  /// Forgets the line that has begun.
  public mutating func discard() {
    line.removeAll(keepingCapacity: true)
  }

  private mutating func skip(in bytes: [UInt8], from position: inout Int, to end: Int) -> Frame? {
    guard let skipped = skippedBytes else { return nil }
    let start = position
    while position < end, bytes[position] != Self.lineFeed { position += 1 }
    let total = skipped + (position - start)
    if position < end {
      position += 1
      skippedBytes = nil
    } else {
      skippedBytes = total
    }
    return skipped < Self.skippedLimitBytes && total >= Self.skippedLimitBytes ? .hopeless : nil
  }

  private mutating func overflow() -> Frame {
    defer { line = [] }
    skippedBytes = line.count
    return .tooLong(beginning: line)
  }

  private mutating func finish() -> [UInt8] {
    // Handing the storage over leaves an idle connection with none.
    defer { line = [] }
    if line.last == Self.carriageReturn { line.removeLast() }
    return line
  }
}
