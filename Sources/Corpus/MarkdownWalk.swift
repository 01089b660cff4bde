/// Makes blocks of the steps through a Markdown tree; knows nothing of the parser that takes them.
///
/// Paragraphs within a quote or a list item are gathered and come out as one block when it ends, or earlier when a list
/// inside it begins, so that blocks keep the order of the file.
struct MarkdownWalk {
  private struct Open {
    var mark = ""
    var parts: [String] = []
    var line: Int
  }

  private(set) var blocks: [Block] = []
  private let lineOffset: Int
  private var text = ""
  /// The outermost quote, unless a list item is around it; quotes within it only count in `quoteDepth`.
  private var quote: Open?
  private var quoteDepth = 0
  private var items: [Open] = []
  /// The next number of each open list; nil for bullets.
  private var lists: [Int?] = []
  /// The strong words with which the paragraph begins, when it does.
  private var label: String?
  private var isInLabel = false

  /// `lineOffset` is what to add to the parser's line numbers.
  init(lineOffset: Int) {
    self.lineOffset = lineOffset
  }

  mutating func add(_ literal: String) {
    text += literal
  }

  mutating func enterStrong() {
    isInLabel = text.isEmpty
  }

  mutating func exitStrong() {
    if isInLabel { label = text }
    isInLabel = false
  }

  mutating func heading(_ isEntering: Bool, level: Int, line: Int) {
    if !isEntering { place(.heading(level: level), text, line) }
    begin()
  }

  mutating func paragraph(_ isEntering: Bool, line: Int) {
    if !isEntering { endParagraph(line) }
    begin()
  }

  /// A block that has no inner structure: code.
  mutating func standAlone(_ text: String, line: Int) {
    place(.paragraph, text, line)
  }

  /// Blocks of another form inside this one; what they say of structure is not the file's own, so they are paragraphs.
  mutating func embed(_ inner: [Block], line: Int) {
    for block in inner { place(.paragraph, block.text, line) }
  }

  mutating func enterQuote(line: Int) {
    if quoteDepth == 0, items.isEmpty { quote = Open(line: line + lineOffset) }
    quoteDepth += 1
  }

  mutating func exitQuote() {
    quoteDepth -= 1
    guard quoteDepth == 0, let ended = quote else { return }
    quote = nil
    if !ended.parts.isEmpty {
      blocks.append(Block(kind: .quote, text: ended.parts.joined(separator: "\n"), line: ended.line))
    }
  }

  /// `first` is the number of an ordered list's first item.
  mutating func enterList(first: Int?) {
    flushItem()
    lists.append(first)
  }

  mutating func exitList() {
    _ = lists.popLast()
  }

  mutating func enterItem(line: Int) {
    var mark = "- "
    if let depth = lists.indices.last, let number = lists[depth] {
      mark = "\(number). "
      lists[depth] = number &+ 1
    }
    items.append(Open(mark: mark, line: line + lineOffset))
  }

  mutating func exitItem() {
    flushItem()
    _ = items.popLast()
  }

  private mutating func begin() {
    text = ""
    label = nil
    isInLabel = false
  }

  /// Tells tables and the two labelled lines of a section from an ordinary paragraph.
  private mutating func endParagraph(_ line: Int) {
    if let label, quote == nil, items.isEmpty {
      let rest = String(Substring(text.utf8.dropFirst(label.utf8.count)))
      switch PlainText.line(label).lowercased() {
      case "try this:": return place(.practice, rest, line)
      case "ask yourself:": return place(.question, rest, line)
      default: break
      }
    }
    if let rows = PipeTable.rows(text) {
      for row in rows { place(.item, row, line) }
    } else {
      place(.paragraph, text, line)
    }
  }

  private mutating func place(_ kind: Block.Kind, _ text: String, _ line: Int) {
    if !items.isEmpty {
      items[items.count - 1].parts.append(text)
    } else if quote != nil {
      quote?.parts.append(text)
    } else {
      blocks.append(Block(kind: kind, text: text, line: line + lineOffset))
    }
  }

  /// Puts out what the innermost item holds so far; within a quote it stays with the quote.
  private mutating func flushItem() {
    guard let item = items.last, !item.parts.isEmpty else { return }
    items[items.count - 1].parts = []
    let text = item.mark + item.parts.joined(separator: " ")
    if quote != nil {
      quote?.parts.append(text)
    } else {
      blocks.append(Block(kind: .item, text: text, line: item.line))
    }
  }
}
