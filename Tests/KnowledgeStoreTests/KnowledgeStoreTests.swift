import Corpus
import Foundation
import KnowledgeStore
import Logging
import Retrieval
import ServiceLifecycle
import Synchronization
import Testing

struct KnowledgeStoreTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("Old words.", to: "concepts/trust.md")
  }

  @Test("a changed, a new and a removed file are served as they are")
  func live() async throws {
    let store = try folder.store()
    try await watching(store) {
      try folder.write("New sentences.", to: "concepts/trust.md")
      #expect(try await eventually { store.current.index.search("sentences").hits.map(\.id) == ["trust#start"] })
      #expect(store.current.index.search("old").hits.isEmpty)
      try folder.write("Another paragraph.", to: "team/plan.txt")
      #expect(try await eventually { store.current.catalogue["plan"] != nil })
      try folder.remove("concepts/trust.md")
      #expect(try await eventually { store.current.catalogue.entries.map(\.slug) == ["plan"] })
      #expect(store.current.index.search("sentences").hits.isEmpty)
    }
  }

  @Test("a file that breaks is named while the rest is served, and heals")
  func breaking() async throws {
    let store = try folder.store()
    try await watching(store) {
      try folder.write("---\ntitle: [\n---\nText.", to: "broken.md")
      #expect(try await eventually { store.generation.problems.map(\.path) == ["broken.md"] })
      #expect(store.current.catalogue.entries.map(\.slug) == ["trust"])
      try folder.write("Text.", to: "broken.md")
      #expect(try await eventually { store.current.catalogue["broken"] != nil })
      #expect(store.generation.problems.isEmpty)
      try folder.write("x", to: "picture.png")
      #expect(try await eventually { store.generation.problems.map(\.path) == ["picture.png"] })
    }
  }

  @Test("a knowledge folder that vanishes leaves the last generation serving until it is back")
  func vanishing() async throws {
    let store = try folder.store()
    try await watching(store) {
      let away = folder.root.appending(path: "away")
      try FileManager.default.moveItem(at: folder.knowledge, to: away)
      try Data("Newer words.".utf8).write(to: away.appending(path: "concepts/trust.md"))
      #expect(store.current.catalogue.entries.map(\.slug) == ["trust"])
      try FileManager.default.moveItem(at: away, to: folder.knowledge)
      #expect(try await eventually { !store.current.index.search("newer").hits.isEmpty })
    }
  }

  @Test("an index that another process stored is taken, not built again")
  func otherProcess() async throws {
    let store = try folder.store()
    try folder.write("Written while nobody looked.", to: "other.md")
    let opened = try folder.source.open(storing: true)
    #expect(opened.wasBuilt)
    let number = try folder.indexNumber()
    try await watching(store) {
      let isTaken = try await eventually { store.current.fingerprint == opened.generation.fingerprint }
      #expect(isTaken)
    }
    #expect(try folder.indexNumber() == number)
  }

  @Test("a foreign index in our place is not served")
  func foreignIndex() async throws {
    let other = try TemporaryFolder()
    try other.write("Foreign.", to: "foreign.md")
    _ = try other.source.open(storing: true)
    let store = try folder.store()
    let before = store.current.fingerprint
    try await watching(store) {
      try Data(contentsOf: other.index).write(to: folder.index, options: .atomic)
      try folder.write("More.", to: "more.md")
      #expect(try await eventually { store.current.fingerprint != before })
      #expect(store.current.catalogue.entries.map(\.slug) == ["more", "trust"])
    }
  }

  @Test("every reader sees one whole generation while generations are swapped")
  func swapping() async throws {
    // Each generation says its number twice, once in the catalogue and once in the index.
    @Sendable func write(_ number: Int) throws {
      try folder.write("---\ntitle: \"\(number)\"\n---\nNumber \(number) stands here.", to: "concepts/trust.md")
    }
    try write(0)
    let store = try folder.store()
    let readers = Readers(of: store, count: 3)
    try await watching(store) {
      defer { readers.isDone.store(true, ordering: .relaxed) }
      for number in 1...20 {
        try write(number)
        #expect(try await eventually { store.current.catalogue["trust"]?.title == "\(number)" })
      }
    }
    readers.join()
    #expect(readers.mixed.load(ordering: .relaxed) == 0)
    #expect(readers.reads.load(ordering: .relaxed) > 20)
  }

  @Test("a graceful shutdown of the group ends the watch")
  func shutdown() async throws {
    let store = try folder.store()
    let group = ServiceGroup(
      services: [store], logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
    try await withThrowingTaskGroup { tasks in
      tasks.addTask { try await group.run() }
      try folder.write("Seen.", to: "seen.md")
      #expect(try await eventually { store.current.catalogue["seen"] != nil })
      await group.triggerGracefulShutdown()
      try await tasks.waitForAll()
    }
    try folder.write("Unseen.", to: "unseen.md")
    #expect(store.current.catalogue["unseen"] == nil)
  }
}

/// Threads that read without a pause, and count what does not fit together.
private final class Readers: Sendable {
  let isDone = Atomic(false)
  let reads = Atomic(0)
  let mixed = Atomic(0)
  private let ended = DispatchSemaphore(value: 0)
  private let count: Int

  init(of store: KnowledgeStore<Generation>, count: Int) {
    self.count = count
    for _ in 0..<count {
      Thread.detachNewThread { [self] in
        while !isDone.load(ordering: .relaxed) {
          if !Self.isWhole(store.current) { mixed.add(1, ordering: .relaxed) }
          reads.add(1, ordering: .relaxed)
        }
        ended.signal()
      }
    }
  }

  func join() {
    for _ in 0..<count { ended.wait() }
  }

  private static func isWhole(_ generation: Generation) -> Bool {
    guard let title = generation.catalogue["trust"]?.title,
      let hit = generation.index.search("number", limit: 1).hits.first,
      let passage = try? Passage(bytes: generation.index.payload(at: hit.ordinal))
    else { return false }
    return passage.text == "Number \(title) stands here."
  }
}
