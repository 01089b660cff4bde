/// Which documents' questions use a word (or a pair of words), and how many questions of each.
///
/// Flat arrays, because a large library names very many: eight bytes for each document that uses a word, and twelve for each
/// different word.
struct QuestionWords: Sendable {
  private var keys: [UInt64] = []
  /// For each key where its documents begin; one more for the end.
  private var starts: [UInt32] = []
  /// Places in the catalogue, ascending for each key.
  private var documents: [UInt32] = []
  /// How many questions of the document use the word.
  private var counts: [UInt32] = []

  /// Complexity: linear.
  /// - Parameters:
  ///   - uses: by ascending place of the question; a word may come several times in one, and counts once.
  ///   - documents: for each question the place of its document, ascending.
  init(_ uses: [KeyedUse], documents owners: [UInt32]) {
    var last: KeyedUse?
    for use in uses.sortedByKey() {
      defer { last = use }
      let owner = owners[Int(use.place)]
      if use.key != last?.key {
        keys.append(use.key)
        starts.append(UInt32(clamping: documents.count))
      } else if use.place == last?.place {
        continue
      } else if documents.last == owner {
        counts[counts.count - 1] += 1
        continue
      }
      documents.append(owner)
      counts.append(1)
    }
    starts.append(UInt32(clamping: documents.count))
  }

  /// A word's documents and their counts. Complexity: logarithmic in the different words.
  subscript(key: UInt64) -> Uses {
    let found = keys.firstPlace { $0 >= key }
    guard found < keys.count, keys[found] == key else { return Uses(documents: [], counts: []) }
    let range = Int(starts[found])..<Int(starts[found + 1])
    return Uses(documents: documents[range], counts: counts[range])
  }

  /// The questions that use one word.
  struct Uses {
    fileprivate let documents: ArraySlice<UInt32>
    fileprivate let counts: ArraySlice<UInt32>

    /// How many there are. Complexity: linear in the documents.
    var count: Int { counts.reduce(0) { $0 + Int($1) } }

    /// How many of them are a document's. Complexity: logarithmic in the documents.
    subscript(document: Int) -> Int {
      let found = documents.firstPlace { $0 >= document }
      return found < documents.endIndex && documents[found] == document ? Int(counts[found]) : 0
    }
  }

  /// For each of so many documents, how many uses its questions have together. Complexity: linear.
  func lengths(ofDocuments count: Int) -> [Double] {
    var lengths = [Double](repeating: 0, count: count)
    for (document, count) in zip(documents, counts) { lengths[Int(document)] += Double(count) }
    return lengths
  }
}

/// Which questions use a term: for each, the places of the questions, ascending, each once.
struct QuestionTerms: Sendable {
  private var keys: [UInt64] = []
  /// For each key where its places begin; one more for the end.
  private var starts: [UInt32] = []
  private var places: [UInt32] = []

  /// Complexity: linear.
  /// - Parameter uses: by ascending place of the question, a term once in each.
  init(_ uses: [KeyedUse]) {
    for use in uses.sortedByKey() {
      if use.key != keys.last {
        keys.append(use.key)
        starts.append(UInt32(clamping: places.count))
      }
      places.append(use.place)
    }
    starts.append(UInt32(clamping: places.count))
  }

  /// The questions that use a term. Complexity: logarithmic in the different terms.
  subscript(key: UInt64) -> ArraySlice<UInt32> {
    let found = keys.firstPlace { $0 >= key }
    guard found < keys.count, keys[found] == key else { return [] }
    return places[Int(starts[found])..<Int(starts[found + 1])]
  }
}

/// One word of one question.
struct KeyedUse {
  var key: UInt64
  /// The place of the question.
  var place: UInt32
}

extension [KeyedUse] {
  /// By key, otherwise in their order: a radix sort, byte by byte from the last, since millions are sorted at every start.
  fileprivate func sortedByKey() -> [KeyedUse] {
    var (from, to) = (self, self)
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      var ends = [Int](repeating: 0, count: 257)
      for use in from { ends[Int(use.key >> shift & 0xFF) + 1] += 1 }
      for byte in 1...256 { ends[byte] += ends[byte - 1] }
      for use in from {
        let byte = Int(use.key >> shift & 0xFF)
        to[ends[byte]] = use
        ends[byte] += 1
      }
      swap(&from, &to)
    }
    return from
  }
}

/// The words of a question, and what stands near each other in it, as keys.
///
/// Two words of a library that share a key are not to be expected, and would make a question a little likelier than it is.
struct QuestionKeys {
  /// Of the words in their order.
  let words: [UInt64]
  /// Of each word with the one before it and with the one before that, the beginning of the question counting as a word.
  let pairs: [UInt64]

  /// - Parameter sequence: `Query.sequence`.
  init(_ sequence: [String]) {
    words = sequence.map(Self.key)
    var pairs: [UInt64] = []
    var (beforeLast, last) = (UInt64?.none, Self.offset)
    for word in words {
      pairs.append((last &* Self.prime ^ word) &* Self.prime)
      if let beforeLast { pairs.append((beforeLast &* Self.prime ^ word) &* Self.prime &+ 1) }
      (beforeLast, last) = (last, word)
    }
    self.pairs = pairs
  }

  /// FNV-1a, 64 bits (draft-eastlake-fnv).
  static func key(_ word: String) -> UInt64 { word.utf8.reduce(offset) { ($0 ^ UInt64($1)) &* prime } }

  private static let offset: UInt64 = 0xcbf2_9ce4_8422_2325
  private static let prime: UInt64 = 0x100_0000_01b3
}

extension RandomAccessCollection where Index == Int {
  /// The first place whose element passes, if all behind it pass as well; else the end. Complexity: logarithmic.
  func firstPlace(where passes: (Element) -> Bool) -> Int {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = (low + high) / 2
      if passes(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
