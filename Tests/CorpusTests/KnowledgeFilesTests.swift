import Corpus
import Foundation
import Testing

/// The knowledge in the box, read as the service reads it.
struct KnowledgeFilesTests {
  private static let folder = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Knowledge")

  static let paths: [String] = {
    let found = FileManager.default.enumerator(atPath: folder.path(percentEncoded: false))?.compactMap { $0 as? String }
    return (found ?? []).filter { DocumentReader.reads(path: $0) && !$0.hasSuffix("README.md") }.sorted()
  }()

  private static func read(_ path: String) throws -> Reading {
    DocumentReader.read(Array(try Data(contentsOf: folder.appending(path: path))), path: path)
  }

  @Test(
    "there are concepts, practices, questions and tips",
    arguments: ["concepts/", "practices/", "questions/", "tips/"])
  func folders(folder: String) {
    #expect(Self.paths.contains { $0.hasPrefix(folder) })
  }

  @Test("a file of the knowledge is read without a problem", arguments: paths)
  func file(path: String) throws {
    let reading = try Self.read(path)
    #expect(reading.problems.map(\.description) == [])
    #expect(reading.document != nil || !reading.tips.isEmpty || reading.questions != nil)
  }

  @Test("every document and passage that the knowledge refers to is there")
  func references() throws {
    let library = Library(try Self.paths.map(Self.read))
    #expect(library.problems.map(\.description) == [])
  }

  @Test("every section of a concept or practice has a lead, a step and a question")
  func sections() throws {
    for document in Library(try Self.paths.map(Self.read)).documents where document.kind != .other {
      #expect(document.summary != nil, "\(document.path)")
      for passage in document.passages {
        #expect(passage.lead != nil && passage.practice != nil && passage.question != nil, "\(passage.id)")
      }
    }
  }
}
