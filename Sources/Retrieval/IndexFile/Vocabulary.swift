/// The words met while building: each is looked up once in the stop list and stemmed once, however often it occurs.
///
/// A text becomes units: a field's tag (`Field.rawValue`) where a field or a line of one begins, else a word's term as
/// its number in the order of first sight + 4, with the highest bit set for a stop word.
struct Vocabulary {
  /// Stop words are kept from the short fields and from the beginning of the body, so that a question of nothing but
  /// stop words ("who are you?") finds the passage that is about just that; the rest of a body says nothing about them.
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
