/// The bytes of a passage in the index: the form's number, then id, document title, headings, lead, practice, question,
/// text and source as `RecordWriter` writes them.
extension Passage {
  private static let form = 1

  /// The passage as bytes; the same passage gives the same bytes.
  package var bytes: [UInt8] {
    var writer = RecordWriter()
    writer.write(number: Self.form)
    writer.write(id.rawValue)
    writer.write(documentTitle)
    writer.write(heading)
    writer.write(optional: lead)
    writer.write(optional: practice)
    writer.write(optional: question)
    writer.write(text)
    writer.write(source)
    return writer.bytes
  }

  /// Reads what `bytes` wrote.
  ///
  /// Complexity: linear in the bytes, a microsecond or two for a passage of 180 words.
  /// Throws when the bytes are anything else: then the index is damaged or of another version.
  package init(bytes: [UInt8]) throws(MalformedRecord) {
    var reader = RecordReader(bytes[...])
    guard try reader.number() == Self.form, let id = PassageID(rawValue: try reader.text()) else {
      throw reader.malformed
    }
    self.init(
      id: id, documentTitle: try reader.text(), heading: try reader.texts(), lead: try reader.optionalText(),
      practice: try reader.optionalText(), question: try reader.optionalText(), text: try reader.text(),
      source: try reader.text())
    try reader.finish()
  }
}
