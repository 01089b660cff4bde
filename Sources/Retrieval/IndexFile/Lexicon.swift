/// The terms of an index in order, and where the list of each lies. Layout: section 4 of `IndexFile`.
struct Lexicon: Sendable {
  let terms: SortedStrings
  private let bases: ByteView

  struct Entry: Equatable {
    /// The term's place among all terms.
    var number: Int
    var documentFrequency: Int
    /// Whether the term is itself a word of the text, rather than only the stem of some.
    var isWord: Bool
    /// Offset and length of its list.
    var postings: Range<Int>
  }

  init(_ view: ByteView) {
    let blocks = SortedStrings.blocks(Int(view.word32(at: 0)))
    bases = view.slice(4, 4 * blocks)
    terms = SortedStrings(view.slice(4 + 4 * blocks, Int.max), numbers: 2)
  }

  var count: Int { terms.count }

  func find(_ term: [UInt8]) -> Entry? { terms.find(term).map(entry) }

  func entry(_ found: SortedStrings.Entry) -> Entry {
    let base = Int(bases.word32(at: found.index / SortedStrings.blockLength * 4))
    let start = base &+ found.secondBefore
    return Entry(
      number: found.index, documentFrequency: found.first >> 1, isWord: found.first & 1 == 1,
      postings: start..<max(start, start &+ found.second))
  }

  /// Offset of the first fault in `view`, from which this was made.
  func fault(in view: ByteView, postings: ByteView, records: Int, _ fault: (Entry) -> Bool) -> Int? {
    guard view.count >= 8, Int(view.word32(at: 0)) == terms.count, bases.count == 4 * SortedStrings.blocks(count) else {
      return 0
    }
    var end = 0
    let local = terms.fault(in: view.slice(4 + bases.count, Int.max)) { found, term in
      let entry = entry(found)
      guard !term.isEmpty, entry.postings.lowerBound == end,
        entry.postings.upperBound <= postings.count - Postings.slack,
        (1...records).contains(entry.documentFrequency)
      else { return false }
      end = entry.postings.upperBound
      return fault(entry)
    }
    if let local { return 4 + bases.count + local }
    return end == postings.count - Postings.slack ? nil : 0
  }
}

/// Writes what `Lexicon` reads.
struct LexiconWriter {
  private var bases = ByteWriter()
  private var strings = SortedStringsWriter()
  private var count = 0
  private var end = 0

  mutating func append(_ term: [UInt8], documentFrequency: Int, isWord: Bool, postingsLength: Int) {
    if count.isMultiple(of: SortedStrings.blockLength) { bases.append(word: UInt32(truncatingIfNeeded: end)) }
    strings.append(term, documentFrequency << 1 | (isWord ? 1 : 0), postingsLength)
    count += 1
    end += postingsLength
  }

  var bytes: [UInt8] {
    var writer = ByteWriter()
    writer.append(word: UInt32(truncatingIfNeeded: count))
    writer.append(bases.bytes)
    writer.append(strings.bytes)
    return writer.bytes
  }
}
