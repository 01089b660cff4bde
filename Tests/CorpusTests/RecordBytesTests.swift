import Corpus
import Testing

struct RecordBytesTests {
  static let passages = [
    Passage(id: PassageID(document: "a", section: "b"), documentTitle: "", text: "", source: ""),
    Passage(
      id: PassageID(document: "personal-power", section: "what-it-is"), documentTitle: "Personal power",
      heading: ["What it is", "Größe"], lead: "", practice: "If a, then b.", question: "What?",
      text: words(180), source: "Inner Leadership"),
  ]

  @Test("a passage comes back from its bytes", arguments: passages)
  func roundTrip(passage: Passage) throws {
    #expect(try Passage(bytes: passage.bytes) == passage)
  }

  @Test("a cut or lengthened passage is refused", arguments: passages)
  func cut(passage: Passage) {
    for count in 0..<passage.bytes.count {
      #expect(throws: MalformedRecord.self) { try Passage(bytes: Array(passage.bytes.prefix(count))) }
    }
    #expect(throws: MalformedRecord.self) { try Passage(bytes: passage.bytes + [0]) }
  }

  @Test("changed bytes are refused or give other words, and never trap")
  func changed() {
    var state: UInt64 = 1
    func random(below bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
    let catalogue = Array(Library([DocumentReader.read("## A\n\nText.", path: "concepts/a.md")]).catalogue.bytes)
    var refused = 0
    for bytes in Self.passages.map(\.bytes) + [catalogue] {
      for _ in 0..<4000 {
        var bytes = bytes
        bytes[random(below: bytes.count)] = UInt8(random(below: 256))
        let passage = try? Passage(bytes: bytes)
        let catalogue = try? Catalogue(bytes: bytes[...])
        if passage == nil, catalogue == nil { refused += 1 }
      }
    }
    #expect((1..<12_000).contains(refused))
  }
}
