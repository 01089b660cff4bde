import Retrieval
import Testing

@Suite struct AnalyzerTests {
  @Test(
    "words are runs of letters and digits, folded to lower case without accents",
    arguments: [
      ("Personal power", ["personal", "power"]),
      ("NAÏVE Café", ["naive", "cafe"]),
      ("cafe\u{301}", ["cafe"]),
      ("Straße, Łódź, œuvre", ["strasse", "lodz", "oeuvre"]),
      ("e\u{FB03}cient o\u{AD}ffice", ["efficient", "office"]),
      ("Ｆｕｌｌ width", ["full", "width"]),
      ("decision-making/3rd_option", ["decision", "making", "3rd", "option"]),
      ("the leader’s team's goals", ["the", "leader's", "team's", "goals"]),
      ("'quoted' leaders' 'n'", ["quoted", "leaders", "n"]),
      ("Доверие ΕΛΛΑΔΑ", ["доверие", "ελλαδα"]),
      ("信頼 trust信", ["信", "頼", "trust", "信"]),
      ("2.5 km", ["2", "5", "km"]),
      ("", []),
      (" \n\t—…!", []),
    ])
  func words(text: String, expected: [String]) {
    #expect(Analyzer().tokens(of: text).map(\.word) == expected)
  }

  @Test(
    "words are indexed under their Porter2 stem",
    arguments: [
      ("leaders", "leader"), ("leadership", "leadership"), ("leader's", "leader"), ("relational", "relat"),
      ("generously", "generous"), ("skies", "sky"), ("knightly", "knight"),
    ])
  func stems(word: String, stem: String) {
    #expect(Analyzer().tokens(of: word).map(\.term) == [stem])
  }

  @Test("stop words are told from others, with straight and curly apostrophes")
  func stopWords() {
    let tokens = Analyzer().tokens(of: "Why don't they trust me, and why won’t I?")
    #expect(tokens.filter { !$0.isStopWord }.map(\.word) == ["trust"])
  }

  @Test("ranges are those of the text, in bytes")
  func ranges() {
    let text = "Ä naïve—leader’s «été»"
    let utf8 = Array(text.utf8)
    let words = Analyzer().tokens(of: text).map { String(decoding: utf8[$0.range], as: UTF8.self) }
    #expect(words == ["Ä", "naïve", "leader’s", "été"])
  }

  @Test("a word without end is cut, and words after it are found", arguments: ["x", "é", "ж", "ﬃ"])
  func longWord(letter: String) {
    let tokens = Analyzer().tokens(of: String(repeating: letter, count: 5000) + " end")
    #expect(tokens.count == 2)
    #expect(tokens.first.map { $0.word.utf8.count <= 64 && $0.word.utf8.count > 60 } == true)
    #expect(tokens.last?.word == "end")
  }
}
