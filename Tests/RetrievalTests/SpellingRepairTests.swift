import Retrieval
import Testing

@Suite struct SpellingRepairTests {
  private static func index() throws -> Index {
    try Index.of([
      Record(
        id: "a", title: "Personal power",
        body: "Personal power and persons of influence. Personality is another matter."),
      Record(id: "b", body: "Delegating responsibilities; delegation of responsibility. Trust, truth and thrust."),
      Record(id: "c", body: "Trust again, and followership. Café noir."),
    ])
  }

  @Test(
    "an unknown word is read as the nearest known one",
    arguments: [
      ("personel", "personal"), ("persnal", "personal"), ("pesronal", "personal"), ("personnal", "personal"),
      ("responsibilitie", "responsibilities"), ("delagation", "delegation"), ("folowership", "followership"),
      ("trsut", "trust"), ("inflience", "influence"), ("caffe", "cafe"),
    ])
  func repairs(typed: String, read: String) throws {
    let query = try Self.index().query(typed)
    #expect(query.repaired == [typed: read])
    #expect(query.terms.first?.isKnown == true)
    #expect(query.terms.first?.word == typed)
  }

  @Test(
    "what is known, short, has digits or begins otherwise stays as it is",
    arguments: [
      "personal", "personally", "trusted", "responsability", "trus7", "pwr", "bersonal", "elephant", "mongolia", "x",
    ])
  func stays(typed: String) throws {
    #expect(try Self.index().query(typed).repaired.isEmpty)
  }

  @Test("of equally near words the one in more passages is taken")
  func frequency() throws {
    #expect(try Self.index().query("truxt").repaired == ["truxt": "trust"])
  }

  @Test("a repaired word finds its passages, and one that joins a word already asked counts with it")
  func finds() throws {
    let index = try Self.index()
    #expect(index.search("personel powr").hits.first?.id == "a")
    let query = index.query("personal personel power")
    #expect(query.terms.map(\.term) == ["person", "power"])
    #expect(query.terms.first?.count == 2)
    #expect(query.repaired == ["personel": "personal"])
  }

  @Test("only the first unknown words of a question are repaired, whatever was asked before")
  func limit() throws {
    let index = try Self.index()
    let words = ["personel", "persnal", "trsut", "truxt", "delagation", "inflience"]
    #expect(index.query(words.joined(separator: " ")).repairs.map(\.typed) == Array(words.prefix(Query.repairLimit)))
    #expect(index.query(words.reversed().joined(separator: " ")).repairs.count == Query.repairLimit)
    #expect(index.query("inflience").repaired == ["inflience": "influence"])
    #expect(index.query(words.joined(separator: " ")).repairs.map(\.typed) == Array(words.prefix(Query.repairLimit)))
    #expect(index.query("personel personel personel delagation inflience").repairs.count == 3)
  }
}
