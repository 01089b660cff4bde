import Retrieval
import Testing

/// Search takes shortcuts; here every passage is scored, by the explanation of its score, and the definition of the
/// ranking is followed to the letter.
@Suite struct ExhaustiveSearchTests {
  private func exhaustive(_ index: Index, _ question: String, limit: Int) -> [(ordinal: Int, units: Int)] {
    let all = (0..<index.recordCount).compactMap { index.explain(question, ordinal: $0) }
      .map { ($0.ordinal, $0.terms.reduce(0) { $0 + $1.units }, $0.units) }.filter { $0.1 > 0 }
    let depth = index.settings.pairDepth
    let first = all.sorted { ($1.1, $0.0) < ($0.1, $1.0) }.enumerated()
      .map { place, scored in (scored.0, place < depth ? scored.2 : scored.1) }
    return first.sorted { ($1.1, $0.0) < ($0.1, $1.0) }.prefix(limit).map { ($0.0, $0.1) }
  }

  private func check(_ index: Index, _ question: String, limit: Int) {
    let expected = exhaustive(index, question, limit: limit)
    let hits = index.search(question, limit: limit).hits
    #expect(hits.map(\.ordinal) == expected.map(\.ordinal), "\(question)")
    #expect(hits.map(\.units) == expected.map(\.units), "\(question)")
  }

  @Test("all small collections are ranked as if every passage were scored")
  func small() throws {
    // Every collection of three passages of up to two of three words, and every question of up to two words.
    let words = ["bak", "dok", "kuk"]
    let texts = [""] + words + words.flatMap { one in words.map { "\(one) \($0)" } }
    for one in texts {
      for two in texts {
        for three in [texts[1], texts[5], texts[9]] {
          let index = try Index.of([
            Record(id: "a", body: one), Record(id: "b", title: two), Record(id: "c", questions: one, body: three),
          ])
          for question in texts.dropFirst() {
            for limit in 1...3 { check(index, question, limit: limit) }
          }
        }
      }
    }
  }

  @Test("random collections are ranked as if every passage were scored", arguments: 0..<12)
  func random(seed: Int) throws {
    let count = [1, 5, 17, 64, 200, 700][seed % 6]
    let collection = RandomCollection(seed: UInt64(seed), count: count, words: seed < 6 ? 40 : 2000)
    let index = try Index.of(collection.records)
    var asking = collection
    for _ in 0..<40 {
      let question = asking.text(1...9)
      for limit in [1, 10, 50] { check(index, question, limit: limit) }
    }
  }

  @Test("a smaller limit gives the beginning of what a greater one gives")
  func prefixes() throws {
    var collection = RandomCollection(seed: 77, count: 500, words: 60)
    let index = try Index.of(collection.records)
    for _ in 0..<50 {
      let question = collection.text(2...8)
      let all = index.search(question, limit: 500).hits
      for limit in [1, 3, 10, 20] { #expect(index.search(question, limit: limit).hits == Array(all.prefix(limit))) }
    }
  }

  /// More than one segment, more terms than can be told apart in the streams by their numbers, and chunks of every
  /// kind.
  @Test("a collection of several segments is ranked as if every passage were scored")
  func segments() throws {
    var generator = SeededGenerator(seed: 5)
    let count = 90_000
    let records = (0..<count).map { number in
      var words = ["w\(number)x"]
      if number % 10 < 7 { words.append("most") }
      if number % 3 == 0 { words.append(number % 7 == 0 ? "third third" : "third") }
      if number % 4 == 1 { words.append("fourth") }
      if number % 9 == 0 { words.append("some some") }
      if Int.random(in: 0..<40, using: &generator) == 0 { words.append("few common") }
      if Int.random(in: 0..<400, using: &generator) == 0 { words.append("rare") }
      if Int.random(in: 0..<9000, using: &generator) == 0 { words.append("seldom rare few") }
      if number % 13000 == 7 { words.append("single seldom") }
      words.append(contentsOf: repeatElement("pad", count: Int.random(in: 0..<6, using: &generator)))
      return Record(id: String(1_000_000 + number), body: words.joined(separator: " "))
    }
    let index = try Index.of(records)
    #expect(index.termCount > 65_536)
    let questions = [
      "most", "seldom most", "single few common", "rare most some", "few common most pad", "seldom rare few",
      "some most pad",
      "w100x most", "rare third fourth",
      "fourth rare third most", "few third", "common few rare fourth third", "single", "rare few",
      "w1x w2x w69999x seldom",
    ]
    for question in questions { check(index, question, limit: 10) }
    // Neighbours are seen in streams of one-byte marks, too.
    for hit in index.search("few common").hits {
      #expect(index.explain("few common", hit: hit)?.pairs.count == 1)
    }
    for hit in index.search("single most pad").hits {
      let fields = index.explain("single most pad", hit: hit)?.terms.map(\.fields) ?? []
      #expect(fields.allSatisfy { Array($0.keys) == [.body] })
    }
    let apart = index.search("most common").hits
    #expect(!apart.isEmpty && apart.allSatisfy { $0.matchedPairs == 0 })
  }
}
