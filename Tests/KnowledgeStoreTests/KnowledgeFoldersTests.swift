import Corpus
import Foundation
import Glibc
import KnowledgeStore
import Testing

struct KnowledgeFoldersTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private var folders: KnowledgeFolders { folder.source.folders }

  private func content() throws -> KnowledgeFolders.Content {
    try folders.read(context: "")
  }

  @Test("files are read from every folder below, and README files are not knowledge")
  func reading() throws {
    try folder.write("Text.", to: "concepts/trust.md")
    try folder.write("Text.", to: "team/deep/er/plan.txt")
    try folder.write("<p>Text.</p>", to: "page.html")
    try folder.write("Text.", to: "README.md")
    try folder.write("Text.", to: "team/Readme.md")
    try folder.write("Text.", to: ".hidden/secret.md")
    try folder.write("Text.", to: "draft.md~")
    let content = try content()
    #expect(content.library.documents.map(\.path) == ["page.html", "team/deep/er/plan.txt", "concepts/trust.md"])
    #expect(content.skipped.isEmpty)
  }

  @Test("links, pipes, foreign forms and unshowable names are named and passed over")
  func skipped() throws {
    let outside = folder.root.appending(path: "secret.md")
    try Data("Secret.".utf8).write(to: outside)
    try folder.write("Text.", to: "good.md")
    try folder.write("PK", to: "report.docx")
    try folder.write("Text.", to: "odd\u{1B}[2J.md")
    let files = FileManager.default
    try files.createSymbolicLink(at: folder.knowledge.appending(path: "link.md"), withDestinationURL: outside)
    try files.createSymbolicLink(at: folder.knowledge.appending(path: "loop"), withDestinationURL: folder.knowledge)
    try files.linkItem(at: outside, to: folder.knowledge.appending(path: "hard.md"))
    try folder.makePipe("pipe.md")
    let content = try content()
    #expect(content.library.documents.map(\.slug) == ["good"])
    #expect(
      content.skipped.map(\.path).sorted() == [
        "hard.md", "link.md", "loop", "odd?[2J.md", "pipe.md", "report.docx",
      ])
    #expect(content.skipped.allSatisfy { $0.severity == .warning })
    #expect(try folders.scan().problems == content.skipped)
  }

  @Test("what a file holds stops no other file")
  func brokenFiles() throws {
    try folder.write("Text.", to: "good.md")
    try folder.write(Data([0x50, 0x4B, 0x03, 0x04, 0x00]), to: "zip.md")
    try folder.write("---\ntitle: [a\n---\nText.", to: "front.md")
    try folder.write(Data(repeating: 0x61, count: DocumentReader.byteLimit + 1), to: "large.md")
    try folder.write("", to: "empty.txt")
    let content = try content()
    #expect(content.library.documents.map(\.slug) == ["good"])
    #expect(content.library.problems.map(\.path).sorted() == ["empty.txt", "front.md", "zip.md"])
    #expect(content.skipped.map(\.path) == ["large.md"])
    #expect((content.library.problems + content.skipped).allSatisfy { $0.severity == .refused })
  }

  @Test("a file that this user may not read is named", .enabled(if: geteuid() != 0))
  func unreadable() throws {
    try folder.write("Text.", to: "good.md")
    try folder.write("Text.", to: "closed.md")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0], ofItemAtPath: folder.knowledge.appending(path: "closed.md").path(percentEncoded: false))
    let content = try content()
    #expect(content.library.documents.map(\.slug) == ["good"])
    #expect(content.skipped.map(\.path) == ["closed.md"])
  }

  @Test(
    "the limits of number, bytes and depth leave the rest out and say so",
    arguments: [
      (KnowledgeFolders.Limits(files: 2, depth: 64, bytes: 1000), 2, "2 files"),
      (KnowledgeFolders.Limits(files: 9, depth: 64, bytes: 12), 2, "12 bytes"),
      (KnowledgeFolders.Limits(files: 9, depth: 2, bytes: 1000), 3, "2 folders deep"),
    ])
  func limits(limits: KnowledgeFolders.Limits, count: Int, what: String) throws {
    for path in ["a.md", "b.md", "c/d.md", "c/e/f.md"] { try folder.write("Text.", to: path) }
    var folders = folders
    folders.limits = limits
    let content = try folders.read(context: "")
    #expect(content.library.documents.count == count)
    #expect(content.skipped.count == 1)
    #expect(content.skipped.first?.what.contains(what) == true)
  }

  @Test("a folder that is not there is an error with its path and what to do", arguments: ["missing", "file"])
  func missing(name: String) throws {
    try Data().write(to: folder.root.appending(path: "file"))
    let path = folder.root.appending(path: name).path(percentEncoded: false)
    let error = #expect(throws: KnowledgeError.self) { try KnowledgeFolders([path]).scan() }
    #expect(error?.description.contains("The knowledge folder \(path) cannot be read") == true)
    #expect(error?.description.contains("knowledge.folders") == true)
  }

  @Test("a name that two folders claim goes to the first folder")
  func twoFolders() throws {
    try folder.write("One.", to: "a/plan.md")
    try folder.write("Two.", to: "b/plan.md")
    let roots = ["b", "a"].map { folder.knowledge.appending(path: $0).path(percentEncoded: false) }
    let library = try KnowledgeFolders(roots).read(context: "").library
    #expect(library.documents.map(\.slug) == ["plan", "plan-2"])
    #expect(library.documents.map { $0.passages.first?.text } == ["Two.", "One."])
  }

  @Test("every change to the files changes both signature and fingerprint")
  func changes() throws {
    var seen: [(Int, Fingerprint)] = []
    func look() throws { seen.append((try folders.scan().signature, try folders.fingerprint(context: ""))) }
    try look()
    try folder.write("One.", to: "a.md")
    try look()
    try folder.write("Two.", to: "a.md")
    try look()
    try FileManager.default.moveItem(
      at: folder.knowledge.appending(path: "a.md"), to: folder.knowledge.appending(path: "b.md"))
    try look()
    try folder.write("Two.", to: "c.md")
    try look()
    #expect(Set(seen.map(\.0)).count == seen.count)
    #expect(Set(seen.map(\.1)).count == seen.count)
    try folder.remove("c.md")
    #expect(try folders.fingerprint(context: "") == seen[3].1)
    #expect(try folders.fingerprint(context: "other settings") != seen[3].1)
  }
}
