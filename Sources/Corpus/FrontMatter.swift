import Yams

/// The fields above a document: plain YAML between two lines of `---`, a mapping of texts and lists of texts.
///
/// Everything else that YAML can do is refused: anchors and aliases (a few lines can stand for gigabytes), tags, merge
/// keys, nested maps, two values for one key.
struct FrontMatter {
  /// The most bytes that it may have.
  static let byteLimit = 8 << 10

  enum Value: Equatable {
    case text(String)
    case list([String])
  }

  struct Field: Equatable {
    var value: Value
    var line: Int
  }

  /// What is wrong with the whole of it; the file is refused.
  struct Fault: Error, Equatable {
    var line: Int?
    var what: String
    var remedy: String
  }

  private(set) var fields: [String: Field] = [:]
  /// Values that are neither text nor list of texts, by line.
  private(set) var misfits: [Fault] = []

  /// That of a file without any.
  static let none = FrontMatter()

  private init() {}

  /// A file's two halves.
  struct Split {
    /// nil when the file has none.
    var yaml: ArraySlice<UInt8>?
    var body: ArraySlice<UInt8>
    /// The line on which the body begins, counted from 1.
    var bodyLine: Int
  }

  /// Parts front matter from body. A file has front matter when its first line is `---` and a later one, or `...`, ends it.
  static func split(_ text: [UInt8]) throws(Fault) -> Split {
    var lines = LineScanner(text)
    guard let first = lines.next(), isFence(first, [0x2D]) else {
      return Split(yaml: nil, body: text[...], bodyLine: 1)
    }
    let start = lines.position
    while let line = lines.next() {
      guard isFence(line, [0x2D, 0x2E]) else { continue }
      guard line.startIndex - start <= byteLimit else {
        throw Fault(
          line: 1, what: "The front matter is longer than 8 KiB.",
          remedy: "Move text below the front matter, into the document.")
      }
      return Split(yaml: text[start..<line.startIndex], body: text[lines.position...], bodyLine: lines.number + 1)
    }
    // `---` alone is also Markdown's rule; only what goes on like front matter was meant as such.
    var rest = LineScanner(text[start...])
    guard let second = rest.next(), second.contains(UInt8(ascii: ":")) else {
      return Split(yaml: nil, body: text[...], bodyLine: 1)
    }
    throw Fault(line: 1, what: "The front matter does not end.", remedy: "End it with a line of three dashes, ---.")
  }

  private static func isFence(_ line: ArraySlice<UInt8>, _ marks: [UInt8]) -> Bool {
    guard let mark = line.first, marks.contains(mark), line.count >= 3 else { return false }
    return line.prefix(3).allSatisfy { $0 == mark } && line.dropFirst(3).allSatisfy { $0 == 0x20 || $0 == 0x09 }
  }

  /// Reads the YAML; `firstLine` is the line of the file on which it begins.
  init(yaml: ArraySlice<UInt8>, firstLine: Int) throws(Fault) {
    if let name = Self.reusedAnchor(yaml) {
      throw Fault(
        line: nil, what: "The front matter uses a YAML anchor and its alias, \"\(name)\".",
        remedy: "Write the value out in both places.")
    }
    let root: Node?
    // Anchors are kept by the parser alone, so it must outlive the look at the nodes.
    let parser: Parser
    do {
      parser = try Parser(yaml: String(decoding: yaml, as: UTF8.self), encoding: .utf8)
      root = try parser.singleRoot()
    } catch {
      throw Self.fault(error, firstLine: firstLine)
    }
    guard let root else { return }
    try withExtendedLifetime(parser) { () throws(Fault) in try read(root, firstLine: firstLine) }
  }

  private mutating func read(_ root: Node, firstLine: Int) throws(Fault) {
    guard case .mapping(let mapping) = root else {
      if case .scalar(let scalar) = root, scalar.string.isEmpty { return }
      throw Fault(
        line: firstLine, what: "The front matter is not a list of fields.",
        remedy: "Write one field a line, for example title: Trust.")
    }
    try Self.check(root, firstLine: firstLine)
    for (key, value) in mapping {
      let line = Self.line(key, firstLine)
      guard case .scalar(let name) = key else {
        throw Fault(line: line, what: "A field's name is not a word.", remedy: "Write name: value.")
      }
      guard name.string != "<<" else {
        throw Fault(line: line, what: "The front matter uses a merge key, <<.", remedy: "Write the fields out.")
      }
      try Self.checkAnchor(key, firstLine: firstLine)
      try Self.check(value, firstLine: firstLine)
      add(name.string, value, line: line, firstLine: firstLine)
    }
  }

  private mutating func add(_ name: String, _ value: Node, line: Int, firstLine: Int) {
    switch value {
    case .scalar(let scalar): fields[name] = Field(value: .text(PlainText.line(scalar.string)), line: line)
    case .sequence(let sequence):
      var texts: [String] = []
      for element in sequence {
        guard case .scalar(let scalar) = element else {
          misfits.append(
            Fault(
              line: Self.line(element, firstLine), what: "An element of \"\(name)\" is not a text.",
              remedy: "Put quotes around it if it holds a colon or a bracket."))
          continue
        }
        let text = PlainText.line(scalar.string)
        if !text.isEmpty { texts.append(text) }
      }
      fields[name] = Field(value: .list(texts), line: line)
    case .mapping, .alias:
      misfits.append(
        Fault(
          line: line, what: "\"\(name)\" holds fields of its own.",
          remedy: "Write a text or a list; put quotes around a text that holds a colon."))
    }
  }

  /// Refuses anchors and tags on a node and on the elements of a list.
  private static func check(_ node: Node, firstLine: Int) throws(Fault) {
    try checkAnchor(node, firstLine: firstLine)
    let tag: Tag
    switch node {
    case .scalar(let scalar): tag = scalar.tag
    case .sequence(let sequence): tag = sequence.tag
    case .mapping(let mapping): tag = mapping.tag
    case .alias(let alias): tag = alias.tag
    }
    if !tag.rawValue.isEmpty, tag.rawValue != Tag.Name.str.rawValue {
      throw Fault(
        line: line(node, firstLine), what: "The front matter uses a YAML tag, !.",
        remedy: "Put quotes around a text that begins with !, and leave tags out.")
    }
    if case .sequence(let sequence) = node {
      for element in sequence { try checkElement(element, firstLine: firstLine) }
    }
  }

  /// For keys this is all: the parser has compared them and in doing so replaced their tags by what it takes them for.
  private static func checkAnchor(_ node: Node, firstLine: Int) throws(Fault) {
    guard node.anchor != nil else { return }
    throw Fault(
      line: line(node, firstLine), what: "The front matter uses a YAML anchor, &.",
      remedy: "Put quotes around a text that begins with &, and leave anchors out.")
  }

  /// Lists within lists are misfits and not looked into, so this goes one level deep.
  private static func checkElement(_ node: Node, firstLine: Int) throws(Fault) {
    guard case .scalar = node else { return }
    try check(node, firstLine: firstLine)
  }

  private static func line(_ node: Node, _ firstLine: Int) -> Int {
    firstLine + (node.mark?.line ?? 1) - 1
  }

  /// A name that stands behind both a `&` and a `*`.
  ///
  /// Checked on the bytes, before the parser sees them: an alias used as a key is hashed with everything that it stands
  /// for, which takes time without end for a file made so. An alias can only refer to an anchor of the same name, so
  /// without such a pair there is nothing to expand.
  private static func reusedAnchor(_ yaml: ArraySlice<UInt8>) -> String? {
    var anchors: Set<ArraySlice<UInt8>> = []
    var aliases: Set<ArraySlice<UInt8>> = []
    var index = yaml.startIndex
    while index < yaml.endIndex {
      let mark = yaml[index]
      index += 1
      guard mark == UInt8(ascii: "&") || mark == UInt8(ascii: "*") else { continue }
      let name = yaml[index...].prefix { byte in
        byte == 0x2D || byte == 0x5F || (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
      }
      if name.isEmpty { continue }
      if mark == UInt8(ascii: "&") { anchors.insert(name) } else { aliases.insert(name) }
    }
    return anchors.intersection(aliases).map { String(decoding: $0, as: UTF8.self) }.min()
  }

  private static func fault(_ error: any Error, firstLine: Int) -> Fault {
    let quoting = "Put quotes around a value that holds a colon or begins with a sign."
    guard let error = error as? YamlError else {
      return Fault(line: nil, what: "The front matter is not YAML.", remedy: quoting)
    }
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      return Fault(
        line: firstLine + mark.line - 1, what: "The front matter is not YAML: \(problem).", remedy: quoting)
    case .duplicatedKeysInMapping(let duplicates, let context):
      let name = duplicates.first ?? ""
      return Fault(
        line: firstLine + max(context.mark.line, 1) - 1, what: "The field \"\(name)\" stands twice.",
        remedy: "Keep one of the two.")
    case .reader(let problem, _, _, _):
      return Fault(line: nil, what: "The front matter is not YAML: \(problem).", remedy: quoting)
    default: return Fault(line: nil, what: "The front matter is not YAML.", remedy: quoting)
    }
  }
}

/// Goes through bytes line by line; a line is given without its LF.
struct LineScanner {
  private let bytes: ArraySlice<UInt8>
  /// Where the next line begins.
  private(set) var position: Int
  /// Of the line that was given last, counted from 1.
  private(set) var number = 0

  init(_ bytes: [UInt8]) { self.init(bytes[...]) }

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    position = bytes.startIndex
  }

  mutating func next() -> ArraySlice<UInt8>? {
    guard position < bytes.endIndex else { return nil }
    let end = bytes[position...].firstIndex(of: 0x0A) ?? bytes.endIndex
    defer {
      position = min(end + 1, bytes.endIndex)
      number += 1
    }
    return bytes[position..<end]
  }
}
