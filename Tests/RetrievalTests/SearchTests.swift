import Retrieval
import Testing

@Suite struct SearchTests {
  private let records = [
    Record(
      id: "personal-power", title: "Personal power", aliases: "power that nobody gave you\nreferent power",
      questions: "How is personal power different from authority?",
      body: "Personal power comes from expertise and from being trusted. Nobody can take it away."),
    Record(
      id: "trust", title: "Trust", questions: "How do I win trust?\nWho are you?",
      body: "People follow whom they trust. Trust grows with kept promises."),
    Record(
      id: "delegation", title: "Delegation",
      body: "Give the task and the authority that it needs. Expertise grows where power is shared."),
  ]

  @Test(
    "a question finds the passage that answers it",
    arguments: [
      ("How is personal power different from authority?", "personal-power"),
      ("how's PERSONAL POWER different to authority", "personal-power"),
      ("trusting people", "trust"), ("giving tasks away", "delegation"), ("referent", "personal-power"),
    ])
  func finds(question: String, id: String) throws {
    #expect(try Index.of(records).search(question).hits.first?.id == id)
  }

  @Test("hits tell which terms they hold and how much of the question that is")
  func coverage() throws {
    let result = try Index.of(records).search("power of elephants")
    #expect(result.query.terms.map(\.term) == ["power", "eleph"])
    #expect(result.query.terms.map(\.isKnown) == [true, false])
    let hit = try #require(result.hits.first)
    #expect(hit.matches(term: 0) && !hit.matches(term: 1) && !hit.matches(term: 2) && !hit.matches(term: -1))
    let (known, unknown) = (result.query.terms[0], result.query.terms[1])
    #expect(unknown.inverseDocumentFrequency == RankingSettings.inverseDocumentFrequency(0, of: 3))
    let whole = known.inverseDocumentFrequency + unknown.inverseDocumentFrequency
    #expect(abs(hit.coverage - known.inverseDocumentFrequency / whole) < 1e-12)
    #expect(try Index.of(records).search("personal power").hits.first?.coverage == 1)
  }

  @Test("repeated words count as often as they are said")
  func repeated() throws {
    let query = try Index.of(records).query("trust, trusted, trusting power")
    #expect(query.terms.map(\.term) == ["trust", "power"])
    #expect(query.terms.map(\.count) == [3, 1])
    #expect(query.terms.first?.word == "trust")
  }

  @Test("a question of nothing but stop words finds the passage that has them")
  func stopWordsOnly() throws {
    let result = try Index.of(records).search("who are you")
    #expect(result.query.isStopWordsOnly)
    #expect(result.hits.first?.id == "trust")
    #expect(try !Index.of(records).search("who are you to trust").query.isStopWordsOnly)
  }

  @Test("at most 32 different terms are searched, the rarest")
  func termLimit() throws {
    let rare = (0..<40).map { "rare\($0)" }
    let many = (0..<60).map { Record(id: "\($0)", body: "common " + ($0 < 40 ? rare[$0] : "")) }
    let query = try Index.of(many).query((["common"] + rare).joined(separator: " "))
    #expect(query.terms.count == Query.termLimit)
    #expect(!query.terms.contains { $0.term == "common" })
    #expect(query.pairs.count <= Query.termLimit)
  }

  @Test(
    "hostile questions cost little and are taken as words",
    arguments: [
      "(a+)+$", String(repeating: "trust OR ", count: 1000), "*", "\"trust", "title:trust AND NOT (power",
      "\u{0}\u{1}\u{FFFD}",
      String(repeating: "qqqq ", count: 5000), String(repeating: "z", count: 100_000), "' or 1=1; drop table",
      (0..<2000).map { "wrd\($0)x" }.joined(separator: " "),
    ])
  func hostile(question: String) throws {
    let result = try Index.of(records).search(question)
    #expect(result.hits.count <= 3)
    #expect(result.query.terms.count <= Query.termLimit)
  }

  @Test("the limit is kept, and passages come best first with the smaller ordinal first among equals")
  func limits() throws {
    let index = try Index.of((0..<50).map { Record(id: $0 < 10 ? "0\($0)" : "\($0)", body: "same words here") })
    #expect(index.search("words", limit: 0).hits.isEmpty)
    #expect(index.search("words", limit: -5).hits.isEmpty)
    #expect(index.search("words", limit: 7).hits.map(\.ordinal) == Array(0..<7))
    #expect(index.search("words", limit: .max).hits.map(\.ordinal) == Array(0..<50))
  }

  @Test("words side by side count more than the same words apart")
  func pairs() throws {
    let index = try Index.of([
      Record(id: "a", body: "power fox personal hen owl cat dog"),
      Record(id: "b", body: "hen personal power fox owl cat dog"),
      Record(id: "c", body: "power personal fox hen owl cat dog"), Record(id: "d", body: "hen fox owl cat dog cow"),
    ])
    let hits = index.search("personal power").hits
    #expect(hits.first?.id == "b")
    #expect(hits.dropFirst().map(\.score).allSatisfy { $0 < hits[0].score })
    #expect(hits.count == 3 && hits[1].score == hits[2].score)
    let pairs = try #require(index.explain("personal power", ordinal: 1)).pairs
    #expect(pairs.map { [$0.pair.first, $0.pair.second] } == [[0, 1]])
  }

  @Test("words of two fields or of two aliases are no neighbours")
  func fieldBorders() throws {
    let index = try Index.of([
      Record(id: "a", title: "personal", aliases: "power\nnap", questions: "fox", body: "hen"),
      Record(id: "b", aliases: "nap fox"),
    ])
    for question in ["personal power", "power nap", "nap fox", "fox hen"] {
      #expect(index.explain(question, ordinal: 0)?.pairs == [])
    }
    #expect(index.explain("nap fox", ordinal: 1)?.pairs.count == 1)
  }

  @Test("searches from many threads at once agree with one alone")
  func threads() async throws {
    let collection = RandomCollection(seed: 3, count: 400, words: 300)
    let index = try Index.of(collection.records)
    var asking = collection
    let questions = (0..<50).map { _ in asking.text(1...6) }
    let alone = questions.map { index.search($0).hits }
    await withTaskGroup(of: [[Hit]].self) { group in
      for _ in 0..<8 { group.addTask { questions.map { index.search($0).hits } } }
      for await together in group { #expect(together == alone) }
    }
  }
}
