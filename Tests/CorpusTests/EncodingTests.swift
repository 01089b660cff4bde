import Corpus
import Testing

struct EncodingTests {
  private static let text = "Führung heißt: fragen.\r\nZweite Zeile – „so“.\rDritte."
  private static let lines = "Führung heißt: fragen. Zweite Zeile – „so“. Dritte."

  static let encodings: [(String, [UInt8])] = [
    ("UTF-8", Array(text.utf8)),
    ("UTF-8 with a byte order mark", [0xEF, 0xBB, 0xBF] + Array(text.utf8)),
    ("UTF-16 little-endian", [0xFF, 0xFE] + text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }),
    ("UTF-16 big-endian", [0xFE, 0xFF] + text.utf16.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] }),
    ("Windows-1252", windows1252(text)),
  ]

  private static func windows1252(_ text: String) -> [UInt8] {
    text.unicodeScalars.map { scalar in
      switch scalar {
      case "–": 0x96
      case "„": 0x84
      case "“": 0x93
      default: UInt8(scalar.value)
      }
    }
  }

  @Test("the same text in every encoding gives the same passage", arguments: encodings)
  func recognised(name: String, bytes: [UInt8]) {
    let reading = DocumentReader.read(bytes, path: "notes/case.md")
    #expect(reading.document?.passages.map(\.text) == [Self.lines], "\(name)")
    #expect(reading.problems.isEmpty)
  }

  @Test(
    "what is not plainly text is refused by name",
    arguments: [
      ([0x50, 0x4B, 0x03, 0x04, 0x00, 0x00], "not text"),
      ([0x1F, 0x8B, 0x08, 0x08, 0xFF], "encoding"),
      (Array("gut".utf8) + [0xC3, 0xBC, 0x20, 0xC3], "damaged character at byte 6"),
      ([0xFF, 0xFE, 0x41], "UTF-16"), ([0xFF, 0xFE, 0x00, 0xD8, 0x41, 0x00], "UTF-16"),
      ([0xFF, 0xFE, 0x00, 0x00, 0x41, 0x00, 0x00, 0x00], "UTF-16"),
      ([0xF0, 0xF2, 0xE8, 0xE2, 0xE5, 0xF2, 0x20, 0xEC, 0xE8, 0xF0], "encoding"),
      ([0x61, 0x81], "encoding"), ([0x61, 0xE4, 0x01], "encoding"),
    ] as [([UInt8], String)])
  func refused(bytes: [UInt8], what: String) throws {
    let reading = DocumentReader.read(bytes, path: "notes/case.txt")
    #expect(reading.document == nil)
    let problem = try #require(reading.problems.first)
    #expect(problem.severity == .refused)
    #expect(problem.what.contains(what), "\(problem)")
  }

  @Test("a file of more than 4 MiB is refused, one of 4 MiB is read")
  func size() {
    let limit = [UInt8](repeating: 0x61, count: DocumentReader.byteLimit)
    #expect(DocumentReader.read(limit, path: "a.txt").document != nil)
    #expect(DocumentReader.read(limit + [0x61], path: "a.txt").problems.first?.what.contains("4 MiB") == true)
  }

  @Test(
    "the name decides whether a file is read",
    arguments: [
      ("a.md", true), ("A.MD", true), ("b/c.markdown", true), ("a.txt", true), ("a.html", true), ("a.htm", true),
      ("a.docx", false), ("a.zip", false), ("md", false), (".md", false), ("a.md/b", false), ("", false),
    ])
  func names(path: String, isRead: Bool) {
    #expect(DocumentReader.reads(path: path) == isRead)
    #expect((DocumentReader.read(Array("Text.".utf8), path: path).document != nil) == isRead)
  }
}
