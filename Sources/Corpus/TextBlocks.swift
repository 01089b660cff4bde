/// Reads plain text into blocks: paragraphs end at blank lines, and titles are told by how people write them.
enum TextBlocks {
  /// The first line is the title when a line of `=` or `-` stands under it, or when it is short, ends without a full stop
  /// and a blank line follows. Further lines that are underlined so are headings. Lines that begin with `- `, `* ` or `• `
  /// are list items. Complexity: linear.
  static func read(_ text: [UInt8]) -> [Block] {
    let lines = text.split(separator: 0x0A, omittingEmptySubsequences: false)
      .map { PlainText.line(String(decoding: $0, as: UTF8.self)) }
    var walk = TextWalk()
    for (index, line) in lines.enumerated() {
      let next = index + 1 < lines.count ? lines[index + 1] : ""
      walk.take(line, next: next, number: index + 1)
    }
    walk.end()
    return walk.blocks
  }
}

private struct TextWalk {
  private(set) var blocks: [Block] = []
  private var paragraph: [String] = []
  private var firstLine = 1
  private var isUnderline = false

  private static let titleByteLimit = 80

  mutating func take(_ line: String, next: String, number: Int) {
    if isUnderline {
      isUnderline = false
    } else if line.isEmpty {
      end()
    } else if let level = Self.underlineLevel(next), paragraph.isEmpty {
      heading(line, level: level, number)
      isUnderline = true
    } else if blocks.isEmpty, paragraph.isEmpty, next.isEmpty, Self.looksLikeTitle(line) {
      heading(line, level: 1, number)
    } else if let item = Self.item(line) {
      end()
      begin(item, number)
    } else {
      begin(line, number)
    }
  }

  mutating func end() {
    guard let first = paragraph.first else { return }
    let kind: Block.Kind = first.hasPrefix("- ") ? .item : .paragraph
    blocks.append(Block(kind: kind, text: paragraph.joined(separator: "\n"), line: firstLine))
    paragraph = []
  }

  private mutating func begin(_ line: String, _ number: Int) {
    if paragraph.isEmpty { firstLine = number }
    paragraph.append(line)
  }

  private mutating func heading(_ line: String, level: Int, _ number: Int) {
    blocks.append(Block(kind: .heading(level: blocks.isEmpty ? 1 : level), text: line, line: number))
  }

  private static func underlineLevel(_ line: String) -> Int? {
    guard line.utf8.count >= 3, let first = line.utf8.first, line.utf8.allSatisfy({ $0 == first }) else { return nil }
    return first == UInt8(ascii: "=") ? 1 : first == UInt8(ascii: "-") ? 2 : nil
  }

  private static func looksLikeTitle(_ line: String) -> Bool {
    line.utf8.count <= titleByteLimit && item(line) == nil && !line.hasSuffix(".") && !line.hasSuffix(":")
  }

  private static func item(_ line: String) -> String? {
    for mark in ["- ", "* ", "\u{2022} "] where line.hasPrefix(mark) { return "- " + line.dropFirst(2) }
    return nil
  }
}
