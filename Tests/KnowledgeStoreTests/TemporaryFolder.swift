import Foundation
import Glibc
import KnowledgeStore
import Logging

/// A folder of one test's own, with knowledge in it and a data folder beside; removed when the test is over.
final class TemporaryFolder: Sendable {
  let root: URL

  init() throws {
    root = FileManager.default.temporaryDirectory.appending(path: "knowledge-\(UUID())")
    try FileManager.default.createDirectory(at: root.appending(path: "knowledge"), withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: root) }

  var knowledge: URL { root.appending(path: "knowledge") }
  var data: URL { root.appending(path: "data") }
  var index: URL { data.appending(path: "index.coach") }

  var source: KnowledgeSource {
    KnowledgeSource(
      folders: KnowledgeFolders([knowledge.path(percentEncoded: false)]),
      place: IndexPlace(folder: data.path(percentEncoded: false)))
  }

  func write(_ text: String, to path: String) throws {
    try write(Data(text.utf8), to: path)
  }

  func write(_ data: Data, to path: String) throws {
    let file = knowledge.appending(path: path)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    // Whole or not at all: else a look could see the file while it is empty, and rightly report that.
    try data.write(to: file, options: .atomic)
  }

  func remove(_ path: String) throws {
    try FileManager.default.removeItem(at: knowledge.appending(path: path))
  }

  func makePipe(_ path: String) throws {
    guard unsafe mkfifo(knowledge.appending(path: path).path(percentEncoded: false), 0o600) == 0 else {
      throw SystemError(code: errno)
    }
  }

  /// The index's file number: another one after it was replaced.
  func indexNumber() throws -> Int? {
    let attributes = try FileManager.default.attributesOfItem(atPath: index.path(percentEncoded: false))
    return attributes[.systemFileNumber] as? Int
  }

  /// The names in the data folder, sorted.
  func dataNames() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: data.path(percentEncoded: false)).sorted()
  }

  func store() throws -> KnowledgeStore<Generation> {
    try KnowledgeStore(
      source, logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }), pause: .milliseconds(20)
    ) { $0 }
  }
}

/// Waits until something is so, and gives up after a minute.
func eventually(_ condition: () throws -> Bool) async throws -> Bool {
  let clock = ContinuousClock()
  let deadline = clock.now + .seconds(60)
  while clock.now < deadline {
    if try condition() { return true }
    try await Task.sleep(for: .milliseconds(5))
  }
  return try condition()
}

/// Runs a store's watch for as long as `body` takes.
func watching<Result: Sendable>(
  _ store: KnowledgeStore<Generation>, _ body: @Sendable () async throws -> Result
) async throws -> Result {
  try await withThrowingTaskGroup { group in
    group.addTask { try await store.run() }
    defer { group.cancelAll() }
    return try await body()
  }
}
