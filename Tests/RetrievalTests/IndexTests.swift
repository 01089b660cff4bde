import Retrieval
import Testing

@Suite struct IndexTests {
  @Test("a passage is found by a word of its text")
  func found() throws {
    var builder = IndexBuilder()
    try builder.add(Record(id: "trust", title: "Trust", body: "People follow whom they trust."))
    try builder.add(Record(id: "power", title: "Personal power", body: "Power that nobody gave you."))
    let index = try Index(bytes: builder.build())
    #expect(index.search("whom do I trust?").hits.map(\.id) == ["trust"])
  }
}
