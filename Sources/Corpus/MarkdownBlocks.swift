import CMarkdown

/// Reads Markdown (CommonMark by cmark-gfm, and tables by `PipeTable`) into blocks.
///
/// The one file that holds cmark's pointers; they live as long as one call of `read`. The tree is walked by cmark's own
/// iterator, so a deep file costs heap and not stack. Links and images give their words and never their addresses, and
/// HTML gives its text.
enum MarkdownBlocks {
  /// The text is nested too deeply at this line of it, counted from 1.
  struct TooDeep: Error, Equatable {
    var line: Int
  }

  /// Complexity: linear in the bytes, times the depth of quotes and lists, which `depthLimit` bounds.
  static func read(_ markdown: ArraySlice<UInt8>, firstLine: Int = 1) throws(TooDeep) -> [Block] {
    try checkDepth(markdown)
    guard let parser = unsafe cmark_parser_new(CMARK_OPT_DEFAULT) else { return [] }
    defer { unsafe cmark_parser_free(parser) }
    unsafe markdown.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return }
      unsafe cmark_parser_feed(parser, base.assumingMemoryBound(to: CChar.self), bytes.count)
    }
    guard let root = unsafe cmark_parser_finish(parser) else { return [] }
    defer { unsafe cmark_node_free(root) }
    guard let iterator = unsafe cmark_iter_new(root) else { return [] }
    defer { unsafe cmark_iter_free(iterator) }
    var walk = MarkdownWalk(lineOffset: firstLine - 1)
    while true {
      let event = unsafe cmark_iter_next(iterator)
      guard event != CMARK_EVENT_DONE, let node = unsafe cmark_iter_get_node(iterator) else { return walk.blocks }
      unsafe walk.visit(node, isEntering: event == CMARK_EVENT_ENTER)
    }
  }

  /// The deepest nesting of quotes and lists that a line may ask for.
  ///
  /// People stay below ten. cmark looks at every open quote and list for every line, so without a limit a file of 100 KB can
  /// cost ten seconds, and one of 4 MiB hours.
  private static let depthLimit = 200

  /// Counts, in what a line begins with, the marks that open quotes and lists, or the indentation by fours.
  private static func checkDepth(_ markdown: ArraySlice<UInt8>) throws(TooDeep) {
    var lines = LineScanner(markdown)
    while let line = lines.next() {
      var marks = 0
      var columns = 0
      var index = line.startIndex
      scan: while index < line.endIndex {
        let isSpaced = index + 1 < line.endIndex && (line[index + 1] == 0x20 || line[index + 1] == 0x09)
        switch line[index] {
        case 0x20: columns += 1
        case 0x09: columns += 4
        case UInt8(ascii: ">"): marks += 1
        case UInt8(ascii: "0")...UInt8(ascii: "9"): break
        case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "*"), UInt8(ascii: "."), UInt8(ascii: ")"):
          guard isSpaced else { break scan }
          marks += 1
        default: break scan
        }
        index += 1
      }
      if max(marks, columns / 4) > depthLimit { throw TooDeep(line: lines.number) }
    }
  }
}

extension MarkdownWalk {
  /// Takes one step of cmark's walk. Leaf nodes are entered only.
  fileprivate mutating func visit(_ node: OpaquePointer, isEntering: Bool) {
    switch unsafe cmark_node_get_type(node) {
    case CMARK_NODE_TEXT, CMARK_NODE_CODE: unsafe add(literal(node))
    case CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK: add("\n")
    case CMARK_NODE_STRONG: if isEntering { enterStrong() } else { exitStrong() }
    case CMARK_NODE_HEADING:
      unsafe heading(isEntering, level: Int(cmark_node_get_heading_level(node)), line: line(node))
    case CMARK_NODE_PARAGRAPH: unsafe paragraph(isEntering, line: line(node))
    case CMARK_NODE_CODE_BLOCK: unsafe standAlone(literal(node), line: line(node))
    case CMARK_NODE_HTML_BLOCK: unsafe embed(HTMLBlocks.read(Array(literal(node).utf8)).blocks, line: line(node))
    case CMARK_NODE_BLOCK_QUOTE: if isEntering { unsafe enterQuote(line: line(node)) } else { exitQuote() }
    case CMARK_NODE_LIST: if isEntering { unsafe enterList(first: firstNumber(node)) } else { exitList() }
    case CMARK_NODE_ITEM: if isEntering { unsafe enterItem(line: line(node)) } else { exitItem() }
    default: break
    }
  }

  private func literal(_ node: OpaquePointer) -> String {
    guard let text = unsafe cmark_node_get_literal(node) else { return "" }
    return unsafe String(cString: text)
  }

  private func line(_ node: OpaquePointer) -> Int {
    unsafe Int(cmark_node_get_start_line(node))
  }

  private func firstNumber(_ list: OpaquePointer) -> Int? {
    guard unsafe cmark_node_get_list_type(list) == CMARK_ORDERED_LIST else { return nil }
    return unsafe Int(cmark_node_get_list_start(list))
  }
}
