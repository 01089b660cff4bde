/// What there is in a library, without the passages' text: for lists, names, topics and tips.
///
/// The index carries it as its attachment, so that one file holds everything that serving needs.
package struct Catalogue: Sendable, Equatable {
  /// A document's heading and the passage under it.
  package struct Section: Sendable, Equatable {
    package var id: PassageID
    /// Outermost first; empty for text before the first heading.
    package var heading: [String]

    package init(id: PassageID, heading: [String]) {
      self.id = id
      self.heading = heading
    }
  }

  /// A document without its text.
  package struct Entry: Sendable, Equatable {
    package var slug: String
    package var kind: Document.Kind
    package var title: String
    package var summary: String?
    package var aliases: [String]
    package var questions: [String]
    package var related: [String]
    package var sources: [String]
    /// Relative to the knowledge folder.
    package var path: String
    /// In the order of the document.
    package var sections: [Section]

    package init(_ document: Document) {
      slug = document.slug
      kind = document.kind
      title = document.title
      summary = document.summary
      aliases = document.aliases
      questions = document.questions
      related = document.related
      sources = document.sources
      path = document.path
      sections = document.passages.map { Section(id: $0.id, heading: $0.heading) }
    }
  }

  /// Sorted by slug.
  package private(set) var entries: [Entry]
  /// Sorted by id.
  package private(set) var tips: [Tip]

  package init(documents: [Document], tips: [Tip]) {
    self.init(entries: documents.map(Entry.init), sortedTips: tips.sorted { $0.id < $1.id })
  }

  private init(entries: [Entry], sortedTips: [Tip]) {
    self.entries = entries.sorted { $0.slug < $1.slug }
    tips = sortedTips
  }

  package static let empty = Catalogue(documents: [], tips: [])

  /// The document of a slug. Complexity: logarithmic.
  package subscript(slug: String) -> Entry? {
    Self.find(slug, in: entries, by: \.slug)
  }

  /// The tip of an id. Complexity: logarithmic.
  package func tip(_ id: String) -> Tip? {
    Self.find(id, in: tips, by: \.id)
  }

  private static func find<Element>(_ key: String, in sorted: [Element], by path: KeyPath<Element, String>) -> Element?
  {
    var low = 0
    var high = sorted.count
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle][keyPath: path] < key { low = middle + 1 } else { high = middle }
    }
    return low < sorted.count && sorted[low][keyPath: path] == key ? sorted[low] : nil
  }
}

extension Catalogue {
  private static let form = 1

  /// The catalogue as bytes (`RecordWriter`); the same catalogue gives the same bytes.
  package var bytes: [UInt8] {
    var writer = RecordWriter()
    writer.write(number: Self.form)
    writer.write(number: entries.count)
    for entry in entries { entry.write(to: &writer) }
    writer.write(number: tips.count)
    for tip in tips { tip.write(to: &writer) }
    return writer.bytes
  }

  /// Reads what `bytes` wrote. Throws when the bytes are anything else.
  package init(bytes: ArraySlice<UInt8>) throws(MalformedRecord) {
    var reader = RecordReader(bytes)
    guard try reader.number() == Self.form else { throw reader.malformed }
    var entries: [Entry] = []
    for _ in 0..<(try reader.count()) { entries.append(try Entry(from: &reader)) }
    var tips: [Tip] = []
    for _ in 0..<(try reader.count()) { tips.append(try Tip(from: &reader)) }
    try reader.finish()
    self.init(entries: entries, sortedTips: tips)
  }
}

extension Catalogue.Entry {
  fileprivate func write(to writer: inout RecordWriter) {
    writer.write(slug)
    writer.write(number: Int(kind.rawValue))
    writer.write(title)
    writer.write(optional: summary)
    for texts in [aliases, questions, related, sources] { writer.write(texts) }
    writer.write(path)
    writer.write(number: sections.count)
    for section in sections {
      writer.write(section.id.rawValue)
      writer.write(section.heading)
    }
  }

  fileprivate init(from reader: inout RecordReader) throws(MalformedRecord) {
    slug = try reader.text()
    guard let kind = Document.Kind(rawValue: UInt8(clamping: try reader.number())) else { throw reader.malformed }
    self.kind = kind
    title = try reader.text()
    summary = try reader.optionalText()
    aliases = try reader.texts()
    questions = try reader.texts()
    related = try reader.texts()
    sources = try reader.texts()
    path = try reader.text()
    sections = []
    for _ in 0..<(try reader.count()) {
      guard let id = PassageID(rawValue: try reader.text()) else { throw reader.malformed }
      sections.append(Catalogue.Section(id: id, heading: try reader.texts()))
    }
  }
}

extension Tip {
  fileprivate func write(to writer: inout RecordWriter) {
    for text in [id, title, text, topic, audience, from.rawValue] { writer.write(text) }
  }

  fileprivate init(from reader: inout RecordReader) throws(MalformedRecord) {
    id = try reader.text()
    title = try reader.text()
    text = try reader.text()
    topic = try reader.text()
    audience = try reader.text()
    guard let from = PassageID(rawValue: try reader.text()) else { throw reader.malformed }
    self.from = from
  }
}
