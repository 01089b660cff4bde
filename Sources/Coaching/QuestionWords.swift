/// Which questions use a word, or a pair of neighbouring words: for each, the places of the questions, ascending.
///
/// Flat arrays, because a large library names very many: four bytes for each use, and twelve for each different word.
struct QuestionWords: Sendable {
  private let keys: [UInt64]
  /// For each key where its places begin; one more for the end.
  private let starts: [UInt32]
  private let places: [UInt32]

  /// Complexity: n log n in the uses.
  init(_ uses: [(key: UInt64, place: UInt32)]) {
    let uses = uses.sorted { $0 < $1 }
    var (keys, starts) = ([UInt64](), [UInt32]())
    for (number, use) in uses.enumerated() where use.key != keys.last {
      keys.append(use.key)
      starts.append(UInt32(clamping: number))
    }
    starts.append(UInt32(clamping: uses.count))
    self.keys = keys
    self.starts = starts
    places = uses.map(\.place)
  }

  /// Complexity: logarithmic in the different words.
  subscript(key: UInt64) -> ArraySlice<UInt32> {
    let found = keys.firstPlace { $0 >= key }
    guard found < keys.count, keys[found] == key else { return [] }
    return places[Int(starts[found])..<Int(starts[found + 1])]
  }

  static func key(_ word: String) -> UInt64 { key(word.utf8, after: fnvOffset) }

  /// Of two neighbours; nil stands for the beginning of the question.
  static func key(_ first: String?, _ second: String) -> UInt64 {
    key(second.utf8, after: key(" ".utf8, after: first.map(key) ?? fnvOffset))
  }

  /// FNV-1a, 64 bits (draft-eastlake-fnv): two words of a library that share a key are not to be expected, and would make a
  /// question a little nearer than it is.
  private static func key(_ bytes: String.UTF8View, after start: UInt64) -> UInt64 {
    bytes.reduce(start) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }

  private static let fnvOffset: UInt64 = 0xcbf2_9ce4_8422_2325
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
