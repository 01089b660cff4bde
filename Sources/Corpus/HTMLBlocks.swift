import CHTML

/// Reads HTML, as broken as people write it, into blocks (libxml2's HTML parser).
///
/// The one file that holds libxml2's pointers; they live as long as one call of `read`. Nothing is fetched, nothing is
/// run: only words come out. The tree is walked by its own links, so depth costs no stack; libxml2 itself stops at a
/// depth of 256.
enum HTMLBlocks {
  struct Page {
    var title: String?
    var blocks: [Block]
    /// The parser gave up before the end, and what stands behind is missing.
    var isCutShort = false
  }

  /// Takes UTF-8, whatever a `meta` element says. Complexity: linear in the bytes for what people write.
  static func read(_ html: [UInt8]) -> Page {
    let options =
      HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NOERROR.rawValue | HTML_PARSE_NOWARNING.rawValue
      | HTML_PARSE_NONET.rawValue | HTML_PARSE_COMPACT.rawValue
    guard let parser = unsafe htmlNewParserCtxt() else { return Page(blocks: []) }
    defer { unsafe htmlFreeParserCtxt(parser) }
    let parsed = unsafe html.withUnsafeBytes { bytes -> htmlDocPtr? in
      guard let base = bytes.baseAddress, let count = Int32(exactly: bytes.count) else { return nil }
      return unsafe htmlCtxtReadMemory(
        parser, base.assumingMemoryBound(to: CChar.self), count, nil, "UTF-8", Int32(options))
    }
    guard let document = unsafe parsed else { return Page(blocks: []) }
    defer { unsafe xmlFreeDoc(document) }
    var walk = HTMLWalk()
    unsafe visit(document, with: &walk)
    var page = walk.finish()
    page.isCutShort = unsafe parser.pointee.disableSAX != 0
    return page
  }

  /// Walks the tree in document order, without recursion.
  private static func visit(_ document: htmlDocPtr, with walk: inout HTMLWalk) {
    var next = unsafe xmlDocGetRootElement(document)
    while let node = unsafe next {
      let goesIn = unsafe enter(node, &walk)
      if goesIn, let child = unsafe node.pointee.children {
        unsafe next = child
        continue
      }
      unsafe leave(node, &walk)
      unsafe next = following(node, &walk)
    }
  }

  /// The next node after a finished one: its sibling, or that of the nearest ancestor that has one.
  private static func following(_ finished: xmlNodePtr, _ walk: inout HTMLWalk) -> xmlNodePtr? {
    var node = unsafe finished
    while true {
      if let sibling = unsafe node.pointee.next { return unsafe sibling }
      guard let parent = unsafe node.pointee.parent, unsafe parent.pointee.type == XML_ELEMENT_NODE else { return nil }
      unsafe leave(parent, &walk)
      unsafe node = parent
    }
  }

  private static func enter(_ node: xmlNodePtr, _ walk: inout HTMLWalk) -> Bool {
    switch unsafe node.pointee.type {
    case XML_TEXT_NODE, XML_CDATA_SECTION_NODE:
      if let content = unsafe node.pointee.content { unsafe walk.add(String(cString: content)) }
      return false
    case XML_ELEMENT_NODE: return unsafe walk.enter(name(node), line: Int(xmlGetLineNo(node)))
    default: return false
    }
  }

  private static func leave(_ node: xmlNodePtr, _ walk: inout HTMLWalk) {
    guard unsafe node.pointee.type == XML_ELEMENT_NODE else { return }
    unsafe walk.leave(name(node))
  }

  private static func name(_ node: xmlNodePtr) -> String {
    guard let name = unsafe node.pointee.name else { return "" }
    return unsafe String(cString: name)
  }
}
