import Dialogue
import LineProtocol
import Testing

private func render(_ text: String, width: Int = 20) -> String {
  var renderer = TextRenderer()
  renderer.width = width
  return renderer.text(of: Reply(kind: .answer, text: text))
}

@Suite("Text for people")
struct TextRendererTests {
  @Test(
    "lines wrap at spaces, and inside a word only if they must",
    arguments: [
      ("short", "short\n\n"),
      ("exactly twenty chars", "exactly twenty chars\n\n"),
      ("exactly twenty charsX and", "exactly twenty\ncharsX and\n\n"),
      ("one two three four five six", "one two three four\nfive six\n\n"),
      ("aaaaaaaaaaaaaaaaaaaaaaaaa b", "aaaaaaaaaaaaaaaaaaaa\naaaaa b\n\n"),
      ("see aaaaaaaaaaaaaaaaaaaaaaaaa", "see\naaaaaaaaaaaaaaaaaaaa\naaaaa\n\n"),
      ("one\ntwo", "one\ntwo\n\n"),
      ("one\n\n  \n\u{A0}\ntwo\n", "one\ntwo\n\n"),
      ("  indented text goes on there", "  indented text goes\n  on there\n\n"),
      ("- a list's mark keeps its text", "- a list's mark\n  keeps its text\n\n"),
      ("one two three four   five", "one two three four\nfive\n\n"),
      ("trailing   ", "trailing\n\n"),
      ("", "(nothing to show)\n\n"),
      ("東京東京東京東京東京東京", "東京東京東京東京東京\n東京\n\n"),
    ])
  func wrapping(text: String, expected: String) {
    #expect(render(text) == expected)
  }

  @Test("a line is never wider than asked", arguments: [20, 21, 33, 80, 500])
  func width(columns: Int) {
    var random = SeededGenerator(seed: UInt64(columns))
    for _ in 0..<200 {
      let words = (0..<60).map { _ in String(repeating: "w", count: Int.random(in: 1...30, using: &random)) }
      let text = render(words.joined(separator: " "), width: columns)
      #expect(text.split(separator: "\n").allSatisfy { $0.utf8.count <= columns })
      if columns >= 30 {
        #expect(text.split { $0 == "\n" || $0 == " " }.map(String.init) == words)
      }
    }
  }

  @Test("what steers a terminal is left out")
  func controls() {
    #expect(render("a\u{1B}[2Jb\u{7}\u{9B}c\u{202E}d\u{E0041}e\tf") == "a[2Jbcde f\n\n")
  }

  @Test("a pile of marks is cut at eight, and a flag's joiners stay")
  func marks() {
    let pile = "a" + String(repeating: "\u{301}", count: 100_000) + "b"
    #expect(Array(render(pile).utf8) == Array(("a" + String(repeating: "\u{301}", count: 8) + "b\n\n").utf8))
    #expect(render("👨\u{200D}👩\u{200D}👧 ok") == "👨\u{200D}👩\u{200D}👧 ok\n\n")
  }

  @Test("telnet clients get CR LF, and nobody else does")
  func lineEnds() {
    var renderer = TextRenderer()
    renderer.lineEnd = .carriageReturnLineFeed
    #expect(renderer.text(of: Reply(kind: .answer, text: "a\nb")) == "a\r\nb\r\n\r\n")
  }

  @Test("colour marks step, question, sources, headings and errors, on each wrapped line")
  func colors() {
    var renderer = TextRenderer()
    renderer.usesColor = true
    renderer.width = 20
    let answer = Reply(
      kind: .answer, text: "The answer.\nIf a new day begins, then smile.\nWho?\n[personal-power]",
      answer: "The answer.",
      practice: "If a new day begins, then smile.", question: "Who?")
    #expect(
      renderer.text(of: answer)
        == """
        The answer.
        \u{1B}[32mIf a new day begins,\u{1B}[0m
        \u{1B}[32mthen smile.\u{1B}[0m
        \u{1B}[36mWho?\u{1B}[0m
        \u{1B}[34m[personal-power]\u{1B}[0m


        """)
    #expect(renderer.text(of: .error(.idle, "Bye.")) == "\u{1B}[31mBye.\u{1B}[0m\n\n")
    #expect(renderer.text(of: Reply(kind: .notice, text: "Head\nbody")) == "\u{1B}[36mHead\u{1B}[0m\nbody\n\n")
    #expect(renderer.text(of: Reply(kind: .notice, text: "Only")) == "Only\n\n")
  }
}
