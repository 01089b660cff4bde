/// What an index knows of words, remembered for the questions to come, since the same words are asked for again and
/// again: a remembered word costs a hash lookup, a new one a stem, a search of the lexicon and, if it is unknown and may be
/// repaired, of all that is near.
///
/// Isolation: one owner, one thread at a time.
final class WordMemory {
  /// Forgotten all at once when full; 4,096 words with what is known of them take less than a megabyte.
  private static let capacity = 4096

  /// What is known of a word.
  struct Knowledge {
    /// Folded, as typed.
    var word: String
    /// The term, or for a stop word the word.
    var term: String
    var isStopWord: Bool
    /// Where the index has it; for a stop word, its entry of its own.
    var entry: Lexicon.Entry?
    var inverseDocumentFrequency: Double
    var repair: Query.Repair?
    /// Whether near words were looked for.
    var wasCompared = false
  }

  private let file: IndexFile
  private let analyzer = Analyzer()
  private var numbers = BytesTable()
  private var known: [Knowledge] = []

  init(_ file: IndexFile) { self.file = file }

  /// What is known of a folded word.
  ///
  /// - Parameter mayRepair: asked of every word that the index does not have, remembered or not, so that the answer does not
  ///   depend on the questions before.
  func knowledge(of word: [UInt8], mayRepair: ([UInt8]) -> Bool) -> Knowledge {
    if known.count == Self.capacity {
      numbers = BytesTable()
      known.removeAll(keepingCapacity: true)
    }
    let (number, isNew) = numbers.number(of: word)
    if isNew { known.append(look(up: word)) }
    let isMissing = !known[number].isStopWord && (known[number].entry == nil || known[number].repair != nil)
    guard isMissing else { return known[number] }
    guard mayRepair(word) else { return unrepaired(word) }
    if !known[number].wasCompared { known[number] = compared(word) }
    return known[number]
  }

  private func look(up word: [UInt8]) -> Knowledge {
    let typed = String(decoding: word, as: UTF8.self)
    if StopWords.english.contains(word) {
      return knowledge(typed, term: typed, isStopWord: true, file.lexicon.find([Vocabulary.stopMark] + word))
    }
    let stem = analyzer.stem(word)
    if let entry = file.lexicon.find(stem) {
      return knowledge(typed, term: String(decoding: stem, as: UTF8.self), isStopWord: false, entry)
    }
    return unrepaired(word)
  }

  private func unrepaired(_ word: [UInt8]) -> Knowledge {
    let stem = analyzer.stem(word)
    return knowledge(
      String(decoding: word, as: UTF8.self), term: String(decoding: stem, as: UTF8.self), isStopWord: false, nil)
  }

  /// An unknown word, read as the nearest known one if there is any near.
  private func compared(_ word: [UInt8]) -> Knowledge {
    var knowledge = unrepaired(word)
    if let found = SpellingRepair(file).nearest(to: word) {
      let term = file.lexicon.terms.string(at: found.entry.number)
      knowledge = self.knowledge(
        knowledge.word, term: String(decoding: term, as: UTF8.self), isStopWord: false, found.entry)
      knowledge.repair = Query.Repair(
        typed: knowledge.word, read: String(decoding: found.word, as: UTF8.self), distance: found.distance)
    }
    knowledge.wasCompared = true
    return knowledge
  }

  private func knowledge(_ word: String, term: String, isStopWord: Bool, _ entry: Lexicon.Entry?) -> Knowledge {
    Knowledge(
      word: word, term: term, isStopWord: isStopWord, entry: entry,
      inverseDocumentFrequency: RankingSettings.inverseDocumentFrequency(
        entry?.documentFrequency ?? 0, of: file.recordCount))
  }
}
