import Retrieval
import Testing

@Suite struct ExplanationTests {
  @Test("the parts of a score add up to it exactly, and each term's fields to the term", arguments: 0..<4)
  func parts(seed: Int) throws {
    var collection = RandomCollection(seed: UInt64(seed), count: 300, words: 60)
    let index = try Index.of(collection.records)
    for _ in 0..<30 {
      let question = collection.text(1...8)
      for hit in index.search(question, limit: 60).hits {
        let explanation = try #require(index.explain(question, hit: hit))
        let terms = explanation.terms.reduce(0) { $0 + $1.units }
        let pairs = explanation.pairs.reduce(0) { $0 + $1.units }
        #expect(explanation.units == hit.units)
        #expect(terms + pairs == hit.units)
        #expect(explanation.score == hit.score)
        for part in explanation.terms {
          #expect(part.fields.values.reduce(0, +) == part.units)
          #expect(hit.matches(term: part.term))
        }
        #expect(explanation.terms.count == hit.matchedTerms.nonzeroBitCount)
      }
    }
  }

  @Test("a term's part goes to the fields that hold it")
  func fields() throws {
    let index = try Index.of([
      Record(id: "a", title: "power", aliases: "might", questions: "power?", body: "fox"), Record(id: "b", body: "hen"),
    ])
    let explanation = try #require(index.explain("power fox", ordinal: 0))
    #expect(Set(explanation.terms[0].fields.keys) == [.title, .questions])
    #expect(Set(explanation.terms[1].fields.keys) == [.body])
    #expect(try #require(index.explain("power", ordinal: 1)).units == 0)
  }

  /// BM25F as it is written in the literature, in floating point, from the texts themselves.
  @Test("scores are BM25F within what whole numbers can tell", arguments: 0..<4)
  func formula(seed: Int) throws {
    var collection = RandomCollection(seed: 100 + UInt64(seed), count: 150, words: 80)
    let records = collection.records.sorted { Array($0.id.utf8).lexicographicallyPrecedes(Array($1.id.utf8)) }
    let index = try Index.of(records)
    let reference = FloatingPointRanking(records)
    for _ in 0..<40 {
      let question = collection.text(1...6)
      for hit in index.search(question, limit: 30).hits {
        let explanation = try #require(index.explain(question, ordinal: hit.ordinal))
        for part in explanation.terms {
          let term = index.query(question).terms[part.term]
          let exact = reference.score(term.term, ordinal: hit.ordinal) * Double(term.count)
          // Half a step of 1/127 in the saturated frequency, and two units for rounding.
          let allowed =
            0.5 / 127 * term.inverseDocumentFrequency * Double(term.count) + 2 * hit.score / Double(hit.units)
          #expect(abs(part.score - exact) <= allowed * 1.0001)
        }
      }
    }
  }
}

/// BM25F after Zaragoza et al. (TREC 2004), plainly.
private struct FloatingPointRanking {
  let words: [[Field: [String]]]
  let averages: [Field: Double]
  let settings = RankingSettings.knowledge

  init(_ records: [Record]) {
    let words = records.map { record in
      Dictionary(
        uniqueKeysWithValues: Field.allCases.map {
          ($0, record[$0].split(whereSeparator: \.isWhitespace).map(String.init))
        })
    }
    self.words = words
    averages = Dictionary(
      uniqueKeysWithValues: Field.allCases.map { field in
        let lengths = words.map { Double($0[field, default: []].count) }.filter { $0 > 0 }
        return (field, lengths.isEmpty ? 1 : lengths.reduce(0, +) / Double(lengths.count))
      })
  }

  func score(_ term: String, ordinal: Int) -> Double {
    let holding = words.count { $0.values.contains { $0.contains(term) } }
    var weighted = 0.0
    for field in Field.allCases {
      let (text, setting) = (words[ordinal][field, default: []], settings[field])
      let relative = Double(text.count) / averages[field, default: 1]
      let normalization = 1 - setting.lengthNormalization + setting.lengthNormalization * relative
      weighted += setting.weight * Double(text.count { $0 == term }) / normalization
    }
    return RankingSettings.inverseDocumentFrequency(holding, of: words.count) * weighted
      / (weighted + settings.saturation)
  }
}
