/// Makes blocks of the steps through an HTML tree; knows nothing of the parser that takes them.
struct HTMLWalk {
  private var page = HTMLBlocks.Page(blocks: [])
  private var text = ""
  private var line: Int?
  private var kind = Block.Kind.paragraph
  private var titleText: String?
  private var cells: [String]?

  /// Elements that hold no text for people, or only the page's own furniture.
  private static let dropped: Set<String> = [
    "script", "style", "nav", "template", "noscript", "svg", "math", "iframe", "object", "embed", "select", "button",
    "textarea", "audio", "video", "canvas",
  ]

  /// Elements that stand within a line of text; every other one begins a new block.
  private static let inline: Set<String> = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img",
    "ins",
    "kbd", "label", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
    "time", "tt",
    "u", "var", "wbr",
  ]

  mutating func add(_ characters: String) {
    if titleText != nil { titleText? += characters } else { text += characters }
  }

  /// Whether the element's content is to be walked.
  mutating func enter(_ name: String, line: Int) -> Bool {
    if Self.dropped.contains(name) { return false }
    if name == "br" { text += "\n" }
    if Self.inline.contains(name) || name == "br" { return true }
    begin(line)
    switch name {
    case "title" where page.title == nil: titleText = ""
    case "h1", "h2", "h3", "h4", "h5", "h6": kind = .heading(level: Int(name.dropFirst()) ?? 1)
    case "li", "dt", "dd": kind = .item
    case "blockquote": kind = .quote
    case "tr": cells = []
    default: break
    }
    return true
  }

  mutating func leave(_ name: String) {
    if Self.dropped.contains(name) || Self.inline.contains(name) || name == "br" { return }
    switch name {
    case "title": endTitle()
    case "td", "th": endCell()
    case "tr": endRow()
    default: end()
    }
  }

  mutating func finish() -> HTMLBlocks.Page {
    end()
    return page
  }

  /// A paragraph inside a quote or an item keeps what the outer element said it is.
  private mutating func begin(_ line: Int) {
    if PlainText.line(text).isEmpty {
      text = ""
    } else {
      end()
    }
    self.line = line
  }

  private mutating func end() {
    defer {
      text = ""
      kind = .paragraph
    }
    let words = PlainText.line(text)
    guard !words.isEmpty else { return }
    if cells != nil {
      cells?.append(words)
    } else {
      page.blocks.append(Block(kind: kind, text: kind == .item ? "- " + words : words, line: line))
    }
  }

  private mutating func endTitle() {
    let title = PlainText.line(titleText ?? "")
    if page.title == nil, !title.isEmpty { page.title = title }
    titleText = nil
  }

  private mutating func endCell() {
    end()
  }

  private mutating func endRow() {
    end()
    guard let row = cells, !row.isEmpty else {
      cells = nil
      return
    }
    cells = nil
    page.blocks.append(Block(kind: .item, text: "- " + row.joined(separator: "; "), line: line))
  }
}
