import Corpus

/// Shorthands that the tests of readers share.
extension DocumentReader {
  static func read(_ text: String, path: String = "notes/case.md") -> Reading {
    read(Array(text.utf8), path: path)
  }

  static func passages(_ text: String, path: String = "notes/case.md") -> [Passage] {
    read(text, path: path).document?.passages ?? []
  }
}

/// Words that are easy to count: `one two three …`, ended by a full stop.
func words(_ count: Int) -> String {
  (1...count).map { "word\($0)" }.joined(separator: " ") + "."
}
