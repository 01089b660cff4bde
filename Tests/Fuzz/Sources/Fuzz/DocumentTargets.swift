import Corpus

/// The readers of knowledge files: whatever a file holds, what is read of it keeps what the index and the catalogue
/// count on, and a file that gave nothing is named.
enum DocumentTargets {
  static func markdown(_ bytes: [UInt8]) {
    check(bytes, path: "concepts/a.md")
    check(bytes, path: "tips/a.md")
  }

  static func html(_ bytes: [UInt8]) { check(bytes, path: "a.html") }

  static func frontMatter(_ bytes: [UInt8]) {
    let document = "\n---\n\n# Trust\n\nPeople follow whom they trust.\n"
    check(Array("---\n".utf8) + bytes + Array(document.utf8), path: "a.md")
  }

  private static func check(_ bytes: [UInt8], path: String) {
    let reading = DocumentReader.read(bytes, path: path)
    let passages = reading.document?.passages ?? []
    precondition(!passages.isEmpty || !reading.tips.isEmpty || !reading.problems.isEmpty, "a file vanished unnamed")
    precondition(Set(passages.map(\.id)).count == passages.count, "two passages have one id")
    for passage in passages {
      precondition(!passage.text.isEmpty, "a passage is empty")
      precondition((try? Passage(bytes: passage.bytes)) == passage, "a passage changed in the index")
    }
    let catalogue = Library([reading]).catalogue
    precondition((try? Catalogue(bytes: catalogue.bytes[...])) == catalogue, "the catalogue changed in the index")
  }
}
