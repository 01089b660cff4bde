/// Cuts a file's blocks into passages: one a section, and several where a section is too long to be cited whole.
///
/// A passage should answer by itself and still be read within a minute, so sections of more than 220 words are cut at
/// paragraphs into pieces of 120 to 180 words; a paragraph longer than that is cut at the ends of its sentences.
struct PassageCutter {
  /// A section up to this many words stays whole.
  static let wholeWords = 220
  /// A piece of a longer section has at most this many words.
  static let pieceWords = 180
  /// A piece shorter than this is joined to the one before it, where the two stay within `wholeWords`.
  static let shortWords = 60
  /// Bounds a piece of text that has no spaces.
  static let pieceBytes = 8192

  private struct Section {
    var heading: [String] = []
    var lead: String?
    var practice: String?
    var question: String?
    var parts: [String] = []
  }

  private var sections: [Section] = []
  private var current = Section()
  private var path: [(level: Int, text: String)] = []

  /// The file's passages, in its order. `document` is a slug.
  static func passages(
    of blocks: [Block], document: String, title: String, source: String
  ) -> [Passage] {
    var cutter = PassageCutter()
    for block in blocks { cutter.take(block) }
    cutter.endSection()
    var names = UniqueNames()
    return cutter.sections.flatMap { section -> [Passage] in
      let wish = section.heading.last.map(Slug.make) ?? "start"
      return pieces(of: section.parts).map { text in
        Passage(
          id: PassageID(document: document, section: names.claim(wish.isEmpty ? "section" : wish)),
          documentTitle: title, heading: section.heading, lead: section.lead, practice: section.practice,
          question: section.question, text: text, source: source)
      }
    }
  }

  private mutating func take(_ block: Block) {
    let text = PlainText.line(block.text)
    switch block.kind {
    case .heading(let level): begin(text, level: level)
    case _ where text.isEmpty: break
    case .quote where current.lead == nil && current.parts.isEmpty:
      current.lead = text
      current.parts.append(text)
    case .practice where current.practice == nil: current.practice = text
    case .question where current.question == nil: current.question = text
    case .quote, .paragraph, .item, .practice, .question: current.parts.append(text)
    }
  }

  private mutating func begin(_ heading: String, level: Int) {
    endSection()
    while let last = path.last, last.level >= level { path.removeLast() }
    if !heading.isEmpty { path.append((level, heading)) }
    current.heading = path.map(\.text)
  }

  private mutating func endSection() {
    // A section of nothing but a step or a question has nothing to cite.
    if !current.parts.isEmpty { sections.append(current) }
    current = Section()
  }

  static func pieces(of parts: [String]) -> [String] {
    let words = parts.reduce(0) { $0 + PlainText.wordCount($1) }
    let bytes = parts.reduce(0) { $0 + $1.utf8.count }
    if words <= wholeWords, bytes <= pieceBytes { return [parts.joined(separator: "\n")] }
    var pieces: [(text: String, words: Int)] = []
    for part in parts.flatMap(sentences) {
      let words = PlainText.wordCount(part.text)
      if let last = pieces.last, last.words + words <= pieceWords,
        last.text.utf8.count + part.text.utf8.count < pieceBytes
      {
        pieces[pieces.count - 1] = (last.text + (part.beginsParagraph ? "\n" : " ") + part.text, last.words + words)
      } else {
        pieces.append((part.text, words))
      }
    }
    if let last = pieces.last, last.words < shortWords, pieces.count > 1 {
      let before = pieces[pieces.count - 2]
      if before.words + last.words <= wholeWords, before.text.utf8.count + last.text.utf8.count < pieceBytes {
        pieces.replaceSubrange((pieces.count - 2)..., with: [(before.text + "\n" + last.text, 0)])
      }
    }
    return pieces.map(\.text)
  }

  private struct Part {
    var text: String
    var beginsParagraph: Bool
  }

  /// A paragraph whole, or its sentences when it is too long; a sentence that is too long itself is cut at spaces, and a
  /// word that is too long between two characters.
  private static func sentences(_ paragraph: String) -> [Part] {
    let bytes = Array(paragraph.utf8)
    if PlainText.wordCount(paragraph) <= pieceWords, bytes.count <= pieceBytes {
      return [Part(text: paragraph, beginsParagraph: true)]
    }
    var parts: [Part] = []
    var start = 0
    var words = 0
    for index in bytes.indices where index >= start {
      let isSpace = bytes[index] == 0x20
      if isSpace { words += 1 }
      let isSentenceEnd = isSpace && index > 0 && [0x2E, 0x3F, 0x21].contains(bytes[index - 1])
      let isFull = isSpace && words >= pieceWords
      let isTooLong = index - start >= pieceBytes && bytes[index] & 0xC0 != 0x80
      guard isSentenceEnd || isFull || isTooLong else { continue }
      parts.append(
        Part(text: String(decoding: bytes[start..<index], as: UTF8.self), beginsParagraph: parts.isEmpty))
      start = isSpace ? index + 1 : index
      words = 0
    }
    if start < bytes.count {
      parts.append(Part(text: String(decoding: bytes[start...], as: UTF8.self), beginsParagraph: parts.isEmpty))
    }
    return parts
  }
}
