import Retrieval
import Testing

@Suite struct IndexBuilderTests {
  @Test("the same records in any order give the same bytes")
  func order() throws {
    let records = RandomCollection(seed: 1, count: 300, words: 500).records
    var generator = SeededGenerator(seed: 2)
    let bytes = try Index.bytes(of: records)
    for _ in 0..<5 {
      #expect(try Index.bytes(of: records.shuffled(using: &generator)) == bytes)
    }
  }

  @Test("a second record with the same id is refused, and the rest can still be built")
  func duplicate() throws {
    var builder = IndexBuilder()
    try builder.add(Record(id: "a", body: "first"))
    #expect(throws: IndexBuilder.Failure.duplicate(id: "a")) { try builder.add(Record(id: "a", body: "second")) }
    try builder.add(Record(id: "b", body: "third"))
    let index = try Index(bytes: builder.build())
    #expect(index.recordCount == 2)
    #expect(index.search("second").hits.isEmpty)
    #expect(index.search("first").hits.map(\.id) == ["a"])
  }

  @Test("attachment, payloads and ids come back as they were")
  func payloads() throws {
    let records = (0..<40).map { number in
      Record(
        id: "id/\(number % 7)/ü\(number)", body: "word\(number)",
        payload: (0..<number * 3).map { UInt8(truncatingIfNeeded: $0) })
    }
    let index = try Index.of(records, attachment: [1, 2, 3])
    #expect(index.attachment == [1, 2, 3])
    for record in records {
      let ordinal = try #require(index.ordinal(of: record.id))
      #expect(index.id(at: ordinal) == record.id)
      #expect(index.payload(at: ordinal) == record.payload)
    }
    #expect(index.ordinal(of: "id/9") == nil)
    #expect(index.payload(at: 40).isEmpty && index.payload(at: -1).isEmpty)
    #expect(index.id(at: 40) == nil && index.explain("word1", ordinal: 40) == nil)
  }

  @Test("records are numbered by the bytes of their ids")
  func ordinals() throws {
    let index = try Index.of(["b", "é", "a", "B", ""].map { Record(id: $0, body: "word") })
    #expect((0..<5).compactMap(index.id(at:)) == ["", "B", "a", "b", "é"])
  }

  @Test("an index without records, or of records without words, answers nothing")
  func empty() throws {
    for records in [[], [Record(id: "a")], [Record(id: "a", body: "!?"), Record(id: "b", title: "...")]] {
      let index = try Index.of(records)
      #expect(index.recordCount == records.count)
      #expect(index.search("anything at all").hits.isEmpty)
      #expect(index.search("").hits.isEmpty)
    }
  }

  @Test("settings are kept in the index")
  func settings() throws {
    var settings = RankingSettings.knowledge
    settings.saturation = 0.9
    settings.title.weight = 7
    #expect(try Index.of([Record(id: "a", body: "word")], settings: settings).settings == settings)
  }
}
