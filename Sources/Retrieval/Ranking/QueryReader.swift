/// Reads a question against an index.
struct QueryReader {
  let memory: WordMemory

  /// A query, and for each of its terms where the index has it.
  struct Reading {
    var query = Query()
    var entries: [Lexicon.Entry?] = []
  }

  /// Complexity: linear in the question, plus what its new words cost (see `WordMemory`).
  func read(_ question: String) -> Reading {
    var (words, stopWords) = ([WordMemory.Knowledge](), [WordMemory.Knowledge]())
    var scanner = WordScanner()
    let bytes = question.utf8Span.span
    var unknown: Set<[UInt8]> = []
    var sequence: [String] = []
    while scanner.next(in: bytes), words.count < Query.wordLimit {
      let knowledge = memory.knowledge(of: scanner.word) { word in
        unknown.insert(word)
        return unknown.count <= Query.repairLimit
      }
      if sequence.count < Query.wordLimit { sequence.append(knowledge.term) }
      if knowledge.isStopWord { stopWords.append(knowledge) } else { words.append(knowledge) }
    }
    var reading = words.isEmpty ? read(stopWords: stopWords.prefix(Query.wordLimit)) : read(words: words)
    reading.query.sequence = sequence
    limit(&reading)
    return reading
  }

  private func read(words: [WordMemory.Knowledge]) -> Reading {
    var reading = Reading()
    var previous: Int?
    for word in words {
      let index = place(of: word, in: &reading)
      if let previous, previous != index {
        let pair = Query.Pair(first: previous, second: index)
        if !reading.query.pairs.contains(pair) { reading.query.pairs.append(pair) }
      }
      previous = index
    }
    return reading
  }

  private func read(stopWords: ArraySlice<WordMemory.Knowledge>) -> Reading {
    var reading = Reading()
    reading.query.isStopWordsOnly = !stopWords.isEmpty
    for word in stopWords { _ = place(of: word, in: &reading) }
    return reading
  }

  /// Counts a word under its term, which is added if it is new.
  private func place(of word: WordMemory.Knowledge, in reading: inout Reading) -> Int {
    if let repair = word.repair, !reading.query.repairs.contains(repair) { reading.query.repairs.append(repair) }
    if let index = reading.query.terms.firstIndex(where: { $0.term == word.term }) {
      reading.query.terms[index].count += 1
      return index
    }
    reading.query.terms.append(
      Query.Term(
        word: word.word, term: word.term, count: 1, documentFrequency: word.entry?.documentFrequency ?? 0,
        inverseDocumentFrequency: word.inverseDocumentFrequency, repair: word.repair))
    reading.entries.append(word.entry)
    return reading.entries.count - 1
  }

  /// Keeps the rarest terms if there are too many, and of too many pairs the first.
  private func limit(_ reading: inout Reading) {
    let terms = reading.query.terms
    if terms.count > Query.termLimit {
      let rarest = terms.indices.sorted {
        (terms[$1].inverseDocumentFrequency, $0) < (terms[$0].inverseDocumentFrequency, $1)
      }
      keep(rarest.prefix(Query.termLimit).sorted(), of: &reading)
    }
    if reading.query.pairs.count > Query.termLimit {
      reading.query.pairs.removeLast(reading.query.pairs.count - Query.termLimit)
    }
  }

  private func keep(_ kept: [Int], of reading: inout Reading) {
    let places = Dictionary(uniqueKeysWithValues: kept.enumerated().map { ($1, $0) })
    reading.query.terms = kept.map { reading.query.terms[$0] }
    reading.entries = kept.map { reading.entries[$0] }
    reading.query.pairs = reading.query.pairs.compactMap { pair in
      guard let first = places[pair.first], let second = places[pair.second] else { return nil }
      return Query.Pair(first: first, second: second)
    }
  }
}
