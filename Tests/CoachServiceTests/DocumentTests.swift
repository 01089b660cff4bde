import Foundation
import Testing

/// The documents for people name files and folders; what they name must be there.
@Suite("What the documents point at")
struct DocumentTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  @Test(
    "every path in backticks exists", arguments: ["README.md", "ARCHITECTURE.md", "Knowledge/README.md", "PROTOCOL.md"])
  func pathsExist(document: String) throws {
    let text = try String(contentsOf: Self.root.appendingPathComponent(document), encoding: .utf8)
    let paths = text.matches(of: #/`([A-Za-z.][A-Za-z0-9.+_\-]*/[A-Za-z0-9.+_/\-]*|[A-Z]+\.md|[A-Za-z+]+\.swift)`/#).map
    { String($0.1) }
    for path in paths where !Self.isExample(path) {
      #expect(Self.exists(path), "\(document) names \(path)")
    }
  }

  /// Names that stand for something of the reader's.
  private static func isExample(_ path: String) -> Bool {
    path.hasPrefix("application/") || path.hasPrefix("text/") || path.hasPrefix(".build/") || path.contains("your")
      || path.hasPrefix("mutual-") || path.hasPrefix("etc/")
  }

  private static func exists(_ path: String) -> Bool {
    let places = ["", "Sources/", "Sources/CoachService/", "Knowledge/", "Sources/ChatPlatforms/"]
    if places.contains(where: { FileManager.default.fileExists(atPath: root.appendingPathComponent($0 + path).path) }) {
      return true
    }
    // A file named alone belongs to the module that the text speaks of.
    guard !path.contains("/") else { return false }
    let sources = FileManager.default.enumerator(atPath: root.appendingPathComponent("Sources").path)
    return sources?.contains { ($0 as? String)?.hasSuffix("/" + path) == true } ?? false
  }
}
