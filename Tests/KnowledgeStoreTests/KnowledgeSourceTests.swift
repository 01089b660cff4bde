import Corpus
import Foundation
import Glibc
import KnowledgeStore
import Retrieval
import Testing

struct KnowledgeSourceTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func fill(_ folder: TemporaryFolder, _ order: [String]) throws {
    let files = [
      "concepts/trust.md":
        "---\ntitle: Trust\nsummary: Trust is earned daily.\n---\n## What it is\n\nPromises that are kept.",
      "practices/step.md": "## First step\n\nAsk somebody.",
      "tips/trust.md": "## Keep one\n\nKeep a promise.\n\nFrom: trust#what-it-is\n\n## Lost\n\nX.\n\nFrom: no#where",
    ]
    for path in order { try folder.write(try #require(files[path]), to: path) }
  }

  private static let paths = ["concepts/trust.md", "practices/step.md", "tips/trust.md"]

  @Test("the same files give the same bytes, in whatever order they were written")
  func deterministic() throws {
    let other = try TemporaryFolder()
    try fill(folder, Self.paths)
    try fill(other, Self.paths.reversed())
    #expect(try folder.source.build().bytes == other.source.build().bytes)
  }

  @Test("a generation finds passages by their words and by their document's summary, and lists tips and findings")
  func generation() throws {
    try fill(folder, Self.paths)
    let opened = try folder.source.open(storing: false)
    let generation = opened.generation
    #expect(opened.wasBuilt)
    for question in ["promises kept", "earned daily"] {
      let hit = try #require(generation.index.search(question, limit: 1).hits.first)
      #expect(hit.id == "trust#what-it-is")
      let passage = try Passage(bytes: generation.index.payload(at: hit.ordinal))
      #expect(passage.text == "Promises that are kept.")
    }
    #expect(generation.catalogue.entries.map(\.slug) == ["step", "trust"])
    #expect(generation.catalogue.tips.map(\.id) == ["trust/keep-one"])
    #expect(generation.problems.map(\.path) == ["tips/trust.md"])
    #expect(!FileManager.default.fileExists(atPath: folder.data.path(percentEncoded: false)))
  }

  @Test("a stored index is taken as long as the files are the same, with its findings")
  func stored() throws {
    try fill(folder, Self.paths)
    let first = try folder.source.open(storing: true)
    let second = try folder.source.open(storing: true)
    #expect(first.wasBuilt && !second.wasBuilt)
    #expect(first.generation.fingerprint == second.generation.fingerprint)
    #expect(first.generation.catalogue == second.generation.catalogue)
    #expect(first.generation.problems == second.generation.problems)
    #expect(try Data(contentsOf: folder.index) == Data(folder.source.build().bytes))
    try folder.write("New.", to: "new.md")
    #expect(try folder.source.open(storing: true).wasBuilt)
    #expect(try folder.dataNames() == ["index.coach"])
  }

  @Test("an index of other settings is not taken")
  func otherSettings() throws {
    try fill(folder, Self.paths)
    _ = try folder.source.open(storing: true)
    var settings = RankingSettings.knowledge
    settings.saturation += 0.25
    let source = KnowledgeSource(folders: folder.source.folders, place: folder.source.place, settings: settings)
    #expect(try source.open(storing: false).wasBuilt)
  }

  @Test("a damaged, cut, empty or foreign index is refused with a reason and built again")
  func damaged() throws {
    try fill(folder, Self.paths)
    _ = try folder.source.open(storing: true)
    let good = try Data(contentsOf: folder.index)
    var flipped = good
    flipped[good.count / 2] ^= 0x10
    for bad in [flipped, good.dropLast(9), good.prefix(5), Data(), Data("not an index".utf8), good + [0]] {
      try Data(bad).write(to: folder.index)
      let opened = try folder.source.open(storing: true)
      #expect(opened.wasBuilt)
      #expect(opened.refused?.isEmpty == false)
      #expect(try Data(contentsOf: folder.index) == good)
    }
  }

  @Test("random damage is refused or harmless, and the right answer is given all the same")
  func randomDamage() throws {
    try fill(folder, Self.paths)
    _ = try folder.source.open(storing: true)
    let good = try Data(contentsOf: folder.index)
    var state: UInt64 = 7
    for _ in 0..<300 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      var bad = good
      bad[Int((state >> 33) % UInt64(good.count))] ^= 1 << UInt8((state >> 20) % 8)
      try bad.write(to: folder.index)
      let opened = try folder.source.open(storing: false)
      #expect(opened.generation.index.search("promises", limit: 1).hits.first?.id == "trust#what-it-is")
    }
  }

  @Test("a data folder that cannot be written is an error with its path, and the knowledge is open all the same")
  func unwritable() throws {
    try fill(folder, Self.paths)
    try Data().write(to: folder.data)
    let opened = try folder.source.open(storing: true)
    #expect(opened.generation.index.recordCount == 2)
    let error = try #require(opened.unstored)
    #expect(error.description.contains(folder.index.path(percentEncoded: false)))
    #expect(error.description.contains("set data"))
    #expect(throws: KnowledgeError.self) { try folder.store() }
  }

  @Test("a failed replacement leaves nothing behind")
  func failedReplacement() throws {
    try FileManager.default.createDirectory(at: folder.index, withIntermediateDirectories: true)
    let opened = try folder.source.open(storing: true)
    #expect(opened.unstored?.description.contains("cannot be written") == true)
    #expect(try folder.dataNames() == ["index.coach"])
  }

  @Test("the data folder is private, and so is the index")
  func modes() throws {
    _ = try folder.source.open(storing: true)
    func mode(_ url: URL) throws -> Int? {
      try FileManager.default.attributesOfItem(atPath: url.path(percentEncoded: false))[.posixPermissions] as? Int
    }
    #expect(try mode(folder.data) == 0o700)
    #expect(try mode(folder.index) == 0o600)
  }

  @Test("empty folders give an empty generation")
  func empty() throws {
    let generation = try folder.source.open(storing: false).generation
    #expect(generation.catalogue == .empty)
    #expect(generation.index.search("anything").hits.isEmpty)
  }

  @Test("drafts of dead processes go at the next start; one that is being written stays")
  func drafts() throws {
    _ = try folder.source.open(storing: true)
    let dead = folder.data.appending(path: "index.coach.draft-1-1")
    let living = folder.data.appending(path: "index.coach.draft-2-2")
    for url in [dead, living] { try Data("half".utf8).write(to: url) }
    let writer = try FileHandle(forUpdating: living)
    try #require(flock(writer.fileDescriptor, LOCK_EX) == 0)
    _ = try folder.store()
    #expect(try folder.dataNames() == ["index.coach", "index.coach.draft-2-2"])
    try writer.close()
    _ = try folder.store()
    #expect(try folder.dataNames() == ["index.coach"])
  }

  @Test("what a process apart has stored is served, though a file has changed since, else it is built here")
  func apart() throws {
    try fill(folder, Self.paths)
    let plain = folder.source
    let writes = KnowledgeSource(folders: plain.folders, place: plain.place) { _ in
      guard (try? plain.open(storing: true)) != nil else { return false }
      return (try? folder.write("Later.", to: "later.md")) != nil
    }
    let opened = try writes.open(storing: true)
    #expect(opened.wasBuilt)
    #expect(opened.generation.catalogue["trust"] != nil)
    #expect(opened.generation.catalogue["later"] == nil)
    let fails = KnowledgeSource(folders: plain.folders, place: plain.place) { _ in false }
    #expect(try fails.open(storing: true).generation.catalogue["later"] != nil)
    let stops = KnowledgeSource(folders: plain.folders, place: plain.place) { isStopping in !isStopping() }
    try folder.write("More.", to: "more.md")
    #expect(throws: KnowledgeError.stopping) { try stops.open(storing: true) { true } }
  }

  @Test("an index that is mapped serves like one that is read, also after another has taken its place")
  func mapped() throws {
    try fill(folder, Self.paths)
    let data = folder.data.path(percentEncoded: false)
    let source = KnowledgeSource(folders: folder.source.folders, place: IndexPlace(folder: data, mappingBytes: 100))
    let first = try source.open(storing: true).generation
    let again = try source.open(storing: true)
    #expect(!again.wasBuilt)
    try folder.write("A zeppelin.", to: "later.md")
    let later = try source.open(storing: true).generation
    #expect(first.index.search("promises").hits.map(\.id) == again.generation.index.search("promises").hits.map(\.id))
    #expect(first.index.search("zeppelin").hits.isEmpty)
    #expect(later.index.search("zeppelin").hits.map(\.id) == ["later#start"])
    // Read to its end: the system gives such a file a page at a time.
    let maps = try #require(try FileHandle(forReadingAtPath: "/proc/self/maps")?.readToEnd())
    #expect(String(decoding: maps, as: UTF8.self).contains(data + "/index.coach"))
    withExtendedLifetime((first, again, later)) {}
  }
}
