/// The words met while building: each is looked up once in the stop list and stemmed once, however often it occurs.
///
/// A text becomes units: a field's tag (`Field.rawValue`) where a field or a line of one begins, else a word's term as its
/// number in the order of first sight + 4, with the highest bit set for a stop word.
struct Vocabulary {
  /// Stop words are kept from the short fields and from the beginning of the body, so that a question of nothing but stop
  /// words ("who are you?") finds the passage that is about just that; the rest of a body says nothing about them.
  static let leadWords = 32
  /// Stands before a stop word in the lexicon and parts it from the stems.
  static let stopMark: UInt8 = 1
  private static let stopBit: UInt32 = 1 << 31
  private static let tags = UInt32(WordStreams.tags)

  private(set) var terms = BytesTable()
  private(set) var words = BytesTable()
  /// The unit of each word.
  private(set) var unitOfWord: [UInt32] = []
  /// Which terms occur in what was kept; a stop word may not.
  private(set) var isUsed: [Bool] = []

  static func isStopUnit(_ unit: UInt32) -> Bool { unit & stopBit != 0 }

  /// The term of a unit, nil for a tag.
  static func term(of unit: UInt32) -> Int? {
    let plain = unit & ~stopBit
    return plain < tags ? nil : Int(plain - tags)
  }

  /// Appends the units of a field's text; returns the number of words that are no stop words.
  mutating func read(_ text: String, _ field: Field, _ analyzer: Analyzer, into units: inout [UInt32]) -> UInt32 {
    var count: UInt32 = 0
    var position = 0
    var scanner = WordScanner()
    let bytes = text.utf8Span.span
    let hasLines = field == .aliases || field == .questions
    var end = 0
    while scanner.next(in: bytes) {
      let opensLine = position == 0 || (hasLines && Self.containsNewline(bytes, end..<scanner.range.lowerBound))
      if opensLine { units.append(UInt32(field.rawValue)) }
      end = scanner.range.upperBound
      let unit = unit(of: scanner.word, analyzer)
      position += 1
      if Self.isStopUnit(unit) {
        if field == .body, position > Self.leadWords { continue }
        isUsed[Int(unit & ~Self.stopBit - Self.tags)] = true
      } else {
        count += 1
      }
      units.append(unit)
    }
    return count
  }

  private static func containsNewline(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    for index in range where bytes[index] == 0x0A { return true }
    return false
  }

  private mutating func unit(of word: [UInt8], _ analyzer: Analyzer) -> UInt32 {
    let (number, isNew) = words.number(of: word)
    if !isNew { return unitOfWord[number] }
    let isStopWord = StopWords.english.contains(word)
    let (term, isNewTerm) = terms.number(of: isStopWord ? [Self.stopMark] + word : analyzer.stem(word))
    if isNewTerm { isUsed.append(!isStopWord) }
    let unit = (UInt32(term) + Self.tags) | (isStopWord ? Self.stopBit : 0)
    unitOfWord.append(unit)
    return unit
  }

  func sortedTerms() -> SortedTerms { SortedTerms(self) }
}

/// The terms in the order of their bytes, which numbers them for good.
struct SortedTerms {
  /// Terms by number, as they were numbered at first sight.
  let order: [Int]
  /// The final number of each; meaningless for a term that was not kept.
  let number: [Int]
  let bytes: [[UInt8]]
  /// For each by first sight: whether it is a word as well as a term.
  let isWord: [Bool]

  var count: Int { order.count }

  init(_ vocabulary: Vocabulary) {
    let all = (0..<vocabulary.terms.count).map { Array(vocabulary.terms[$0]) }
    let order = all.indices.filter { vocabulary.isUsed[$0] }.sorted { all[$0].lexicographicallyPrecedes(all[$1]) }
    var number = [Int](repeating: 0, count: all.count)
    for (place, term) in order.enumerated() { number[term] = place }
    var isWord = [Bool](repeating: false, count: all.count)
    for word in 0..<vocabulary.words.count {
      guard let term = Vocabulary.term(of: vocabulary.unitOfWord[word]) else { continue }
      if vocabulary.words[word].elementsEqual(all[term]) { isWord[term] = true }
    }
    (self.order, self.number, self.isWord) = (order, number, isWord)
    bytes = order.map { all[$0] }
  }

  /// Section 5 of `IndexFile`: the words that differ from their term and have letters only.
  func words(of vocabulary: Vocabulary) -> [UInt8] {
    var words: [(word: [UInt8], term: Int)] = []
    for index in 0..<vocabulary.words.count {
      let (word, unit) = (vocabulary.words[index], vocabulary.unitOfWord[index])
      guard !Vocabulary.isStopUnit(unit), let term = Vocabulary.term(of: unit),
        !word.elementsEqual(bytes[number[term]]), !word.contains(where: { $0 &- 0x30 < 10 })
      else { continue }
      words.append((Array(word), number[term]))
    }
    words.sort { $0.word.lexicographicallyPrecedes($1.word) }
    var writer = SortedStringsWriter()
    for entry in words { writer.append(entry.word, entry.term) }
    return writer.bytes
  }
}
