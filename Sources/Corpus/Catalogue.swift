/// What there is in a library, without the passages' text: for lists, names, topics and tips.
///
/// The index carries it as its attachment, so that one file holds everything that serving needs.
package struct Catalogue: Sendable, Equatable {
  /// A document without its text.
  package struct Entry: Sendable, Equatable {
    package var slug: String
    package var kind: Document.Kind
    package var title: String
    package var summary: String?
    package var aliases: [String]
    package var questions: [String]
    /// Further ways of asking for it, from files in a folder `questions`.
    package var furtherQuestions: [String]
    package var related: [String]
    package var sources: [String]
    /// Relative to the knowledge folder.
    package var path: String
    /// Its passages' section names, a line each: one string, since a large library has a great many passages.
    fileprivate var sections: String

    package init(_ document: Document) {
      slug = document.slug
      kind = document.kind
      title = document.title
      summary = document.summary
      aliases = document.aliases
      questions = document.questions
      furtherQuestions = document.furtherQuestions
      related = document.related
      sources = document.sources
      path = document.path
      sections = document.passages.map(\.id.section).joined(separator: "\n")
    }

    /// In the order of the document. Complexity: linear in their number.
    package var passages: [PassageID] {
      sections.split(separator: "\n").map { PassageID(document: slug, section: String($0)) }
    }
  }

  /// Sorted by id.
  package let tips: [Tip]
  /// As they are stored. Entries are read from here when they are asked for: as values, those of a large library would
  /// take more memory than its index.
  private let stored: ArraySlice<UInt8>
  /// Where the entries begin, in bytes; sorted by slug.
  private let starts: [UInt32]
  private let kinds: [Document.Kind]

  package init(documents: [Document], tips: [Tip]) {
    let documents = documents.sorted { $0.slug < $1.slug }
    self.tips = tips.sorted { $0.id < $1.id }
    var writer = RecordWriter()
    var starts: [UInt32] = []
    writer.write(number: Self.form)
    writer.write(number: documents.count)
    for document in documents {
      starts.append(UInt32(clamping: writer.bytes.count))
      Entry(document).write(to: &writer)
    }
    writer.write(number: tips.count)
    for tip in self.tips { tip.write(to: &writer) }
    stored = writer.bytes[...]
    self.starts = starts
    kinds = documents.map(\.kind)
  }

  package static let empty = Catalogue(documents: [], tips: [])

  /// How many documents there are.
  package var count: Int { starts.count }

  /// Sorted by slug; each is read anew.
  package var entries: some Sequence<Entry> { AnySequence((0..<count).lazy.compactMap(entry(at:))) }

  /// The document of a slug. Complexity: logarithmic, and linear in what is said of it.
  package subscript(slug: String) -> Entry? { place(of: slug).flatMap(entry(at:)) }

  /// The place of a slug among `entries`. Complexity: logarithmic.
  package func place(of slug: String) -> Int? {
    Self.find(slug, among: count) { try? RecordReader(stored.dropFirst(Int(starts[$0]))).first() }
  }

  /// What the document at a place in `entries` is about.
  package func kind(at place: Int) -> Document.Kind { kinds[place] }

  /// The tip of an id. Complexity: logarithmic.
  package func tip(_ id: String) -> Tip? {
    Self.find(id, among: tips.count) { tips[$0].id }.map { tips[$0] }
  }

  private func entry(at place: Int) -> Entry? {
    var reader = RecordReader(stored.dropFirst(Int(starts[place])))
    return try? Entry(from: &reader)
  }

  private static func find(_ key: String, among count: Int, _ name: (Int) -> String?) -> Int? {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if let name = name(middle), name < key { low = middle + 1 } else { high = middle }
    }
    return low < count && name(low) == key ? low : nil
  }
}

extension Catalogue {
  private static let form = 2

  /// The catalogue as bytes (`RecordWriter`); the same catalogue gives the same bytes.
  package var bytes: ArraySlice<UInt8> { stored }

  /// Takes what `bytes` gave. Throws when the bytes are anything else.
  package init(bytes: ArraySlice<UInt8>) throws(MalformedRecord) {
    var reader = RecordReader(bytes)
    guard bytes.count <= UInt32.max, try reader.number() == Self.form else { throw reader.malformed }
    var (starts, kinds, tips) = ([UInt32](), [Document.Kind](), [Tip]())
    for _ in 0..<(try reader.count()) {
      starts.append(UInt32(clamping: reader.offset))
      kinds.append(try Entry(from: &reader).kind)
    }
    for _ in 0..<(try reader.count()) { tips.append(try Tip(from: &reader)) }
    try reader.finish()
    stored = bytes
    (self.starts, self.kinds, self.tips) = (starts, kinds, tips)
  }
}

extension Catalogue.Entry {
  fileprivate func write(to writer: inout RecordWriter) {
    writer.write(slug)
    writer.write(number: Int(kind.rawValue))
    writer.write(title)
    writer.write(optional: summary)
    for texts in [aliases, questions, furtherQuestions, related, sources] { writer.write(texts) }
    writer.write(path)
    writer.write(sections)
  }

  fileprivate init(from reader: inout RecordReader) throws(MalformedRecord) {
    slug = try reader.text()
    guard let kind = Document.Kind(rawValue: UInt8(clamping: try reader.number())) else { throw reader.malformed }
    self.kind = kind
    title = try reader.text()
    summary = try reader.optionalText()
    aliases = try reader.texts()
    questions = try reader.texts()
    furtherQuestions = try reader.texts()
    related = try reader.texts()
    sources = try reader.texts()
    path = try reader.text()
    sections = try reader.text()
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
