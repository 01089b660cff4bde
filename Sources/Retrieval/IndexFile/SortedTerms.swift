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
