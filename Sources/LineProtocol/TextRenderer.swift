public import Dialogue

/// Renders a reply for people at a terminal: wrapped lines, then one blank line, which stands nowhere else, so that a
/// script can tell where a reply ends whatever the knowledge base holds.
///
/// Nothing that steers a terminal gets through: control, bidirectional and tag characters are left out, and a pile of
/// combining marks is cut at eight.
public struct TextRenderer: Sendable, Equatable {
  /// How a line ends.
  public enum LineEnd: Sendable, Equatable {
    /// LF, for `nc` and programs.
    case lineFeed
    /// For telnet clients (RFC 854).
    case carriageReturnLineFeed
  }

  /// The widths that can be asked for, in columns.
  public static let widths = 20...500

  /// Columns that a line may take, within `widths`.
  public var width = 80
  /// LF, unless the client speaks telnet.
  public var lineEnd = LineEnd.lineFeed
  /// Headings, steps, questions and sources in colour (ECMA-48, SGR 31 to 36).
  public var usesColor = false

  /// Plain text for a terminal of 80 columns.
  public init() {}

  /// Adds the reply, the blank line included.
  ///
  /// Complexity: linear in the reply's text.
  public func append(_ reply: Reply, to bytes: inout [UInt8]) {
    var isFirst = true
    for line in reply.text.unicodeScalars.split(whereSeparator: { ScalarKind($0) == .lineBreak }) {
      let color = usesColor ? Self.color(of: line, isFirst: isFirst, in: reply) : nil
      guard appendWrapped(line, color: color, to: &bytes) else { continue }
      isFirst = false
    }
    if isFirst { appendLine("(nothing to show)", to: &bytes) }
    bytes.append(contentsOf: end)
  }

  /// The reply as a string, the blank line included.
  public func text(of reply: Reply) -> String {
    var bytes: [UInt8] = []
    append(reply, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Adds one line as it is.
  func appendLine(_ line: String, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: line.utf8)
    bytes.append(contentsOf: end)
  }

  private var end: [UInt8] { lineEnd == .lineFeed ? [0x0A] : [0x0D, 0x0A] }

  /// Adds a line of the reply, wrapped and ended; nothing if it has nothing to show, which returns false.
  private func appendWrapped(_ line: Substring.UnicodeScalarView, color: String?, to bytes: inout [UInt8]) -> Bool {
    var wrap = Wrap(
      width: max(width, Self.widths.lowerBound), end: end, color: color.map { Array("\u{1B}[\($0)m".utf8) } ?? [])
    for scalar in line { wrap.take(scalar) }
    return wrap.finish(into: &bytes)
  }

  private static func color(of line: Substring.UnicodeScalarView, isFirst: Bool, in reply: Reply) -> String? {
    let text = String(Substring(line))
    func stands(_ part: String?) -> Bool {
      guard let part, !part.isEmpty else { return false }
      return text == part || text.hasSuffix(part)
    }
    switch reply.kind {
    case .error: return "31"
    case .boundary where isFirst: return "33"
    case .notice where isFirst && reply.text.utf8.contains(0x0A): return "36"
    default: break
    }
    if stands(reply.practice) { return "32" }
    if stands(reply.question) { return "36" }
    if text.utf8.first == UInt8(ascii: "["), text.utf8.last == UInt8(ascii: "]") { return "34" }
    return nil
  }
}

/// Wraps one line at spaces, and inside a word only if it is wider than the line. What continues a line is indented
/// like its beginning, behind a list's mark.
private struct Wrap {
  /// More marks than this on one base are left out: no script needs them (Unicode's stream-safe format allows 30).
  private static let marksPerBase = 8

  let width: Int
  let end: [UInt8]
  let color: [UInt8]
  private var out: [UInt8] = []
  private var column = 0
  private var indent = 0
  private var marks = 0
  private var hasInk = false
  private var isIndenting = true
  /// The spaces at which the line may be broken: their place in `out`, and the column behind them.
  private var space: (bytes: Range<Int>, column: Int)?

  init(width: Int, end: [UInt8], color: [UInt8]) {
    self.width = width
    self.end = end
    self.color = color
    out = color
  }

  mutating func take(_ scalar: Unicode.Scalar) {
    switch ScalarKind(scalar) {
    case .control, .invisible, .lineBreak: return
    case .tab: takeSpace()
    // Every kind of space, or a line of no-break spaces would pass for a blank line.
    case .shown where scalar == " " || (!scalar.isASCII && scalar.properties.isWhitespace): takeSpace()
    case .shown, .joiner: takeInk(scalar, columns: ScalarKind(scalar) == .joiner ? 0 : scalar.columns)
    }
  }

  /// Hands the line over, ended; false if there is nothing to see in it.
  mutating func finish(into bytes: inout [UInt8]) -> Bool {
    guard hasInk else { return false }
    if let space, space.bytes.upperBound == out.count { out.removeSubrange(space.bytes) }
    bytes.append(contentsOf: out)
    if !color.isEmpty { bytes.append(contentsOf: Self.plain) }
    bytes.append(contentsOf: end)
    return true
  }

  private static let plain = Array("\u{1B}[0m".utf8)

  private mutating func takeSpace() {
    marks = 0
    let start = out.count
    if isIndenting {
      guard indent < width / 2 else { return }
      indent += 1
      column += 1
      out.append(0x20)
      return
    }
    out.append(0x20)
    column += 1
    if let last = space, last.bytes.upperBound == start {
      space = (last.bytes.lowerBound..<out.count, column)
    } else {
      space = (start..<out.count, column)
    }
  }

  private mutating func takeInk(_ scalar: Unicode.Scalar, columns: Int) {
    if columns == 0 {
      marks += 1
      guard marks <= Self.marksPerBase else { return }
    } else {
      marks = 0
    }
    if isIndenting {
      isIndenting = false
      // A list's mark is followed by a space; its text continues behind both.
      if scalar == "-" || scalar == "•" || scalar == "*" { indent = min(indent + 2, width / 2) }
    }
    if column + columns > width { breakLine(before: columns) }
    append(scalar)
    column += columns
    if columns > 0 { hasInk = true }
  }

  private mutating func breakLine(before columns: Int) {
    let next = (color.isEmpty ? [] : Self.plain) + end + color + [UInt8](repeating: 0x20, count: indent)
    if let last = space {
      column = indent + max(column - last.column, 0)
      out.replaceSubrange(last.bytes, with: next)
      space = nil
    }
    guard column + columns > width else { return }
    out.append(contentsOf: next)
    column = indent
  }

  private mutating func append(_ scalar: Unicode.Scalar) {
    if scalar.isASCII {
      out.append(UInt8(truncatingIfNeeded: scalar.value))
    } else {
      out.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }
  }
}
