import Retrieval
import Testing

/// Above 65,532 terms a word is known to its passage by a mark of one byte only.
@Suite struct WordMarkTests {
  private static let fillers = (0..<70_000).map { Record(id: "filler-\($0)", body: "filler\($0)q") }

  private static func index(_ records: [Record]) throws -> Index {
    let index = try Index.of(records + fillers)
    #expect(index.termCount > 65_532)
    return index
  }

  @Test("different words have different marks, so that only neighbours get the bonus for neighbours")
  func neighbours() throws {
    let pairs = (0..<30).map { ("alpha\($0)x", "beta\($0)x") }
    let index = try Self.index(
      pairs.enumerated().flatMap { number, pair in
        [
          Record(id: "\(number) adjacent", body: "first \(pair.0) \(pair.1) last"),
          Record(id: "\(number) apart", body: "\(pair.0) first last \(pair.1)"),
          Record(id: "\(number) reversed", body: "first \(pair.1) \(pair.0) last"),
        ]
      })
    var wrong = 0
    for (number, pair) in pairs.enumerated() {
      let hits = index.search("\(pair.0) \(pair.1)").hits
      #expect(hits.count == 3)
      #expect(hits.first { $0.id == "\(number) adjacent" }?.matchedPairs == 1)
      wrong += hits.count { $0.id != "\(number) adjacent" && $0.matchedPairs != 0 }
    }
    // Any other word beside one of the pair shares the mark of the second once in 252.
    #expect(wrong <= 2)
  }

  @Test("a term's part is divided among the fields that hold it")
  func fields() throws {
    let words = (0..<40).map { "needle\($0)x" }
    let index = try Self.index([
      Record(id: "body", title: "some title of words", body: words.joined(separator: " ")),
      Record(id: "title", title: words.joined(separator: " "), body: "some body of other words"),
    ])
    var misplaced = 0
    for word in words {
      for hit in index.search(word).hits {
        let part = try #require(index.explain(word, hit: hit)?.terms.first)
        #expect(part.fields.values.reduce(0, +) == part.units)
        if part.fields.keys.map({ "\($0)" }) != [hit.id] { misplaced += 1 }
      }
    }
    // Each other word of the passage shares the mark once in 252.
    #expect(misplaced <= 6)
  }
}
