import Corpus
import Testing

struct HTMLAndTextTests {
  @Test("an HTML page gives its title, headings, paragraphs, lists and tables")
  func page() throws {
    let reading = DocumentReader.read(
      """
      <!DOCTYPE html><html><head><meta charset="iso-8859-1"><title>Our  rules</title><style>p{}</style></head>
      <body><nav><a href="/">Home</a></nav><h1>Rules</h1><p>First &amp; foremost: größer.</p>
      <h2>Leave<br>and pay</h2><ul><li>One</li><li>Two<ul><li>Deep</li></ul></li></ul>
      <blockquote><p>Quoted.</p></blockquote>
      <table><tr><th>Role</th><th>Days</th></tr><tr><td>Lead</td><td><p>2</p></td></tr></table>
      Loose <b>words</b><script>alert("x")</script>
      """, path: "team/rules.html")
    let document = try #require(reading.document)
    #expect(reading.problems.isEmpty)
    #expect(document.title == "Our rules")
    #expect(document.passages.map(\.heading) == [["Rules"], ["Rules", "Leave and pay"]])
    #expect(
      document.passages.map(\.text) == [
        "First & foremost: größer.", "- One\n- Two\n- Deep\nQuoted.\n- Role; Days\n- Lead; 2\nLoose words",
      ])
  }

  @Test(
    "broken or hostile HTML gives its words and does no harm",
    arguments: [
      ("<p>a<p>b</div></span>c", "a\nbc"), ("no tags at all", "no tags at all"), ("<p>a &nosuch; b &#xFFFFFF; c", nil),
      ("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><p>a&e;</p>", nil),
      ("<p>x</p><!-- <p>hidden</p> --><p>y</p>", "x\ny"), ("<p title='>'>q</p>", "q"),
      ("<p>a</p><svg><text>b</text></svg>", "a"),
    ] as [(String, String?)])
  func broken(html: String, text: String?) throws {
    let passages = DocumentReader.passages(html, path: "a.html")
    if let text { #expect(passages.map(\.text) == [text]) }
    #expect(!passages.contains { $0.text.contains("root:") || $0.text.contains("<") })
    #expect(passages.count == 1)
  }

  @Test("a page that is nested too deeply is named")
  func deep() {
    let html = "<p>Before.</p>" + String(repeating: "<div>", count: 5000) + "behind"
    let reading = DocumentReader.read(html, path: "a.html")
    #expect(reading.document?.passages.first?.text == "Before.")
    #expect(reading.problems.first?.what.contains("nested too deeply") == true)
  }

  @Test(
    "plain text has paragraphs, items and titles as people write them",
    arguments: [
      ("Our rules\n\nFirst line\nsecond line.\n\nNext.", "Our rules", ["First line second line.\nNext."]),
      ("Our rules\n=========\nText.", "Our rules", ["Text."]),
      ("Our rules\n===\n\nA\n\nPay\n---\n\nB", "Our rules", ["A", "B"]),
      ("This is a sentence.\n\nNext.", "Case", ["This is a sentence.\nNext."]),
      ("One paragraph\nof two lines", "Case", ["One paragraph of two lines"]),
      ("List:\n\n- a\n- b\n  more\n* c", "Case", ["List:\n- a\n- b more\n- c"]),
      ("", "", []),
    ])
  func text(text: String, title: String, passages: [String]) {
    let document = DocumentReader.read(text, path: "case.txt").document
    #expect((document?.title ?? "") == title)
    #expect((document?.passages ?? []).map(\.text) == passages)
  }
}
