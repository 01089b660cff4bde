import Corpus
import Testing

struct PassageCutterTests {
  private func counts(_ markdown: String) -> [Int] {
    DocumentReader.passages(markdown).map { $0.text.split { $0 == " " || $0 == "\n" }.count }
  }

  @Test(
    "a section is whole up to 220 words, and cut at paragraphs into pieces of at most 180 beyond",
    arguments: [
      ([100], [100]), ([100, 120], [220]), ([100, 121], [100, 121]), ([90, 80, 90, 80], [170, 170]),
      ([170, 40, 30], [170, 70]), ([150, 60, 20], [150, 80]), ([170, 150, 20], [170, 170]),
      ([180, 50], [180, 50]), ([170, 150, 50], [170, 200]), ([900], [180, 180, 180, 180, 180]),
    ])
  func pieces(paragraphs: [Int], pieces: [Int]) {
    #expect(counts("## A\n\n" + paragraphs.map(words).joined(separator: "\n\n")) == pieces)
  }

  @Test("a long paragraph is cut at the ends of its sentences")
  func sentences() {
    let passages = DocumentReader.passages("## A\n\n" + Array(repeating: words(100), count: 4).joined(separator: " "))
    #expect(passages.map(\.text) == [words(100), words(100), words(100), words(100)])
    #expect(passages.map(\.id.section) == ["a", "a-2", "a-3", "a-4"])
  }

  @Test("every piece of a section carries its step and question")
  func step() {
    let passages = DocumentReader.passages(
      "> Lead.\n\n\(words(150))\n\n\(words(150))\n\n**Try this:** If a, then b.\n\n**Ask yourself:** What?")
    #expect(passages.count == 2)
    #expect(passages.allSatisfy { $0.practice == "If a, then b." && $0.question == "What?" && $0.lead == "Lead." })
  }

  @Test(
    "nothing is lost when text without spaces or sentences is cut", arguments: ["x", "ü", "\u{1F469}\u{200D}\u{1F680}"])
  func unbroken(unit: String) {
    let text = String(repeating: unit, count: 20_000)
    let passages = DocumentReader.passages(text)
    #expect(passages.count > 1)
    #expect(passages.allSatisfy { $0.text.utf8.count <= 8192 + 4 })
    #expect(passages.map(\.text).joined() == text)
  }
}
