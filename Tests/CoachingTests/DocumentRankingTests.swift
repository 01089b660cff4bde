import Coaching
import Foundation
import Retrieval
import Testing

@Suite("Which document and passage a question is about")
struct DocumentRankingTests {
  /// A coach of some files, by their paths.
  private func coach(_ files: [String: String]) throws -> Coach {
    let folder = FileManager.default.temporaryDirectory.appending(path: "ranking-\(UUID())")
    defer { try? FileManager.default.removeItem(at: folder) }
    for (path, text) in files {
      let file = folder.appending(path: path)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    return try Shelf.coach(of: folder.path(percentEncoded: false))
  }

  @Test(
    "is told by neighbouring words where the words by themselves are the same",
    arguments: [
      ("My boss tells me that the plan is wrong", "criticism-from-above"),
      ("I tell my boss that the plan is wrong", "criticism-upwards"),
      ("how do i tell my boss the plan is wrong", "criticism-upwards"),
      ("what if my boss tells me the plan is wrong", "criticism-from-above"),
    ])
  func neighbours(question: String, document: String) throws {
    let text = "The boss, the plan, and what is wrong with it: who tells whom.\n"
    let coach = try coach([
      "criticism-from-above.md": "# Criticism\n\n" + text, "criticism-upwards.md": "# Criticism\n\n" + text,
      "questions/criticism-from-above.md": """
      - My boss tells me the plan is wrong, what do I answer?
      - What if my boss tells me that it is wrong?
      - My boss tells me every day that the plan is bad.
      """,
      "questions/criticism-upwards.md": """
      - I have to tell my boss the plan is wrong, what do I say?
      - How do I tell my boss that it is wrong?
      - I must tell my boss every day that the plan is bad.
      """,
    ])
    #expect(coach.documents(for: question).first == document)
  }

  @Test(
    "the passage whose own text holds most of the question begins, and the first one where none stands out",
    arguments: [
      ("Who orders rope and paint for the ferry?", "stores#ordering"),
      ("What about paint that has dried, or rope that has frayed?", "stores#leftovers"),
      ("How do the stores of the ferry work?", "stores#what-is-where"),
    ])
  func passages(question: String, passage: String) throws {
    let coach = try coach([
      "stores.md": """
      ---
      title: The stores of the ferry
      aliases: [rope and paint, tins]
      ---

      ## What is where

      Rope lies to the left of the door, paint to the right, and the key hangs on the bridge.

      ## Ordering

      The mate orders on Mondays. Whoever takes the last of anything writes it on the board.

      ## Leftovers

      What has dried or frayed goes ashore. Nothing of it is poured into the sea.
      """
    ])
    #expect(coach.search(question, limit: 1).hits.first?.id == passage)
  }
}
