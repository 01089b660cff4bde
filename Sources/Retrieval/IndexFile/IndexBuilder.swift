/// Collects records and writes the index of them.
///
/// Words are read, stemmed and numbered as records come; everything that depends on all records happens in `build`. The
/// memory needed is some 4 bytes for each word of text, and 10 more for each while building, beside payloads and the
/// result.
public struct IndexBuilder {
  /// Why a record was refused.
  public enum Failure: Error, Equatable, Sendable, CustomStringConvertible {
    /// The id is taken. Remedy: give each record its own.
    case duplicate(id: String)
    /// An index holds at most 16,777,216 records and 1,000,000,000 words. Remedy: index in parts.
    case full(id: String)

    public var description: String {
      switch self {
      case .duplicate(let id): "two records have the id \(id.prefix(200)); each needs its own"
      case .full(let id):
        "no room for the record \(id.prefix(200)): an index holds 16,777,216 records and 1,000,000,000 words"
      }
    }
  }

  private let settings: RankingSettings
  private let analyzer = Analyzer()
  private var vocabulary = Vocabulary()
  private var drafts: [Draft] = []
  private var ids = BytesTable()
  private var units: [UInt32] = []
  private var payloads: [UInt8] = []

  /// A record that was read: where its parts end in what all records share.
  struct Draft {
    var units: Range<Int>
    var payload: Range<Int>
    /// Words of each field that are no stop words.
    var lengths: SIMD4<UInt32>
  }

  static let largestWordCount = 1_000_000_000

  /// - Precondition: the numbers of `settings` lie in their ranges.
  public init(settings: RankingSettings = .knowledge) {
    precondition(settings.isSound, "ranking settings must lie within their ranges")
    self.settings = settings
  }

  /// How many records were added.
  public var count: Int { drafts.count }

  /// Reads a record. Complexity: linear in its text. A refused record leaves the builder as it was.
  public mutating func add(_ record: Record) throws(Failure) {
    let room = Field.allCases.reduce(0) { $0 + record[$1].utf8.count }
    guard drafts.count < IndexFile.largestRecordCount, units.count + room < Self.largestWordCount,
      ids.byteCount + record.id.utf8.count < Self.largestWordCount
    else { throw .full(id: record.id) }
    guard ids.number(of: Array(record.id.utf8)).isNew else { throw .duplicate(id: record.id) }
    let (unitStart, payloadStart) = (units.count, payloads.count)
    var lengths = SIMD4<UInt32>()
    for field in Field.allCases {
      lengths[Int(field.rawValue)] = vocabulary.read(record[field], field, analyzer, into: &units)
    }
    payloads.append(contentsOf: record.payload)
    drafts.append(
      Draft(units: unitStart..<units.count, payload: payloadStart..<payloads.count, lengths: lengths))
  }

  /// Writes the index. The bytes depend on the records, the settings and the attachment, not on the order of the
  /// records.
  ///
  /// Complexity: linear in the words, and n log n in the records and the terms.
  public consuming func build(attachment: [UInt8] = []) -> [UInt8] {
    let ids = ids
    let order = drafts.indices.sorted { ids[$0].lexicographicallyPrecedes(ids[$1]) }
    let terms = vocabulary.sortedTerms()
    let width = WordStreams.width(termCount: terms.count)
    let inverted = Inversion(settings, drafts, order, units, termCount: terms.number.count)
    let (lexicon, postings) = Self.write(inverted, terms)
    return IndexFile.assemble([
      SettingsSection(
        ranking: settings, recordCount: drafts.count, streamWidth: width, averageLengths: inverted.impacts.averages
      ).bytes,
      attachment, writeIdentifiers(order), lexicon, terms.words(of: vocabulary), postings,
      inverted.usualCodes, writeStreams(order, terms, width), writePayloads(order),
    ])
  }

  private func writeIdentifiers(_ order: [Int]) -> [UInt8] {
    var identifiers = SortedStringsWriter()
    for record in order { identifiers.append(Array(ids[record])) }
    return identifiers.bytes
  }

  private static func write(_ inverted: Inversion, _ terms: SortedTerms) -> ([UInt8], [UInt8]) {
    var lexicon = LexiconWriter()
    var postings = PostingsWriter(usual: inverted.usualCodes)
    for (number, term) in terms.order.enumerated() {
      let range = inverted.range(of: term)
      let length = postings.append(ordinals: inverted.ordinals[range], codes: inverted.codes[range])
      lexicon.append(
        terms.bytes[number], documentFrequency: range.count, isWord: terms.isWord[term], postingsLength: length)
    }
    return (lexicon.bytes, postings.bytes)
  }

  private func writeStreams(_ order: [Int], _ terms: SortedTerms, _ width: Int) -> [UInt8] {
    var (ends, streams) = (ByteWriter(), [UInt8]())
    streams.reserveCapacity(units.count * width)
    for record in order {
      for unit in units[drafts[record].units] where !Vocabulary.isStopUnit(unit) {
        let word =
          Vocabulary.term(of: unit).map { WordStreams.unit(term: terms.number[$0], width: width) }
          ?? UInt16(truncatingIfNeeded: unit)
        streams.append(UInt8(truncatingIfNeeded: word))
        if width == 2 { streams.append(UInt8(truncatingIfNeeded: word >> 8)) }
      }
      ends.append(word: UInt32(truncatingIfNeeded: streams.count))
    }
    return ends.bytes + streams
  }

  private func writePayloads(_ order: [Int]) -> [UInt8] {
    if payloads.isEmpty { return [] }
    var (ends, data) = (ByteWriter(), [UInt8]())
    for record in order {
      data.append(contentsOf: payloads[drafts[record].payload])
      ends.append(word: UInt64(data.count))
    }
    return ends.bytes + data
  }
}
