import Corpus
import Testing

struct LibraryTests {
  @Test("two files that claim one name both stay, and the later is renamed and named")
  func names() {
    let library = Library([
      DocumentReader.read("One.", path: "a/plan.md"), DocumentReader.read("Two.", path: "b/plan.md"),
    ])
    #expect(library.documents.map(\.slug) == ["plan", "plan-2"])
    #expect(library.documents.flatMap(\.passages).map(\.id.rawValue) == ["plan#start", "plan-2#start"])
    #expect(library.problems.map(\.path) == ["b/plan.md"])
  }

  @Test("what refers to nothing is named and passed over")
  func references() {
    let tips = "## A\n\nText.\n\nFrom: one#start\n\n## B\n\nText.\n\nFrom: one#nowhere\n"
    let library = Library([
      DocumentReader.read("---\nrelated: [two, three]\n---\nOne.", path: "one.md"),
      DocumentReader.read("Two.", path: "two.md"),
      DocumentReader.read(tips, path: "tips/first.md"),
    ])
    #expect(library.documents.first?.related == ["two"])
    #expect(library.tips.map(\.id) == ["first/a"])
    #expect(library.problems.map(\.path) == ["one.md", "tips/first.md"])
    #expect(library.problems.allSatisfy { $0.severity == .warning })
  }

  @Test("a catalogue comes back from its bytes, and finds by name")
  func catalogue() throws {
    let library = Library([
      DocumentReader.read("---\ntitle: B\nsummary: S\naliases: [x]\n---\n## H\n\nText.", path: "concepts/b.md"),
      DocumentReader.read("Text.", path: "a.md"),
      DocumentReader.read("## T\n\nText.\n\nFrom: b#h", path: "tips/t.md"),
    ])
    let catalogue = try Catalogue(bytes: library.catalogue.bytes[...])
    #expect(catalogue == library.catalogue)
    #expect(catalogue.entries.map(\.slug) == ["a", "b"])
    #expect(catalogue["b"]?.passages.map(\.rawValue) == ["b#h"])
    #expect(catalogue["c"] == nil)
    #expect(catalogue.tip("t/t")?.from == PassageID(document: "b", section: "h"))
    #expect(catalogue.tip("t/u") == nil)
  }
}
