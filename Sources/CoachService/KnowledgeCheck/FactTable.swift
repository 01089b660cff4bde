import Foundation

/// Facts that the knowledge has to hold, each with a question that must find it. A file of them has one JSON object a line:
/// `{"fact": …, "question": …, "document": slug, "pattern": regular expression}`.
package struct FactTable {
  package struct Fact {
    /// In words, for the person who mends.
    var fact: String
    var question: String
    /// The slug of the document that must be found.
    var document: String
    /// What a passage of that document must match, whatever the case of letters.
    var pattern: Regex<AnyRegexOutput>
    /// In the file, counted from 1.
    var line: Int
  }

  /// As it was given.
  package let path: String
  let facts: [Fact]

  private struct Row: Decodable {
    var fact: String
    var question: String
    var document: String
    var pattern: String
  }

  /// - Throws: `Failure` that names every line that is not a fact.
  package static func reading(_ path: String) throws(Failure) -> FactTable {
    let decoder = JSONDecoder()
    var facts: [Fact] = []
    var problems: [String] = []
    for (number, line) in TextFile.numberedLines(try TextFile.read(path)) {
      guard let row = try? decoder.decode(Row.self, from: Data(line.utf8)) else {
        problems.append("\(path), line \(number): not a JSON object with fact, question, document and pattern.")
        continue
      }
      guard let pattern = try? Regex(row.pattern) else {
        problems.append(
          "\(path), line \(number): the pattern \"\(row.pattern.prefix(120))\" is no regular expression. "
            + "Put a backslash before a bracket or sign that stands for itself.")
        continue
      }
      facts.append(
        Fact(
          fact: row.fact, question: row.question, document: row.document, pattern: pattern.ignoresCase(), line: number))
    }
    guard problems.isEmpty else { throw Failure(.data, problems.joined(separator: "\n")) }
    guard !facts.isEmpty else { throw Failure(.data, "\(path) holds no facts.") }
    return FactTable(path: path, facts: facts)
  }
}

/// Text files that a person names on the command line.
enum TextFile {
  /// - Throws: `Failure` with the path when it cannot be read or is no UTF-8.
  static func read(_ path: String) throws(Failure) -> String {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Failure(.data, "\(path) cannot be read. Name an existing file.")
    }
    guard let text = String(validating: data, as: UTF8.self) else { throw Failure(.data, "\(path) is not UTF-8 text.") }
    return text
  }

  /// The lines that hold something, each with its number, counted from 1.
  static func numberedLines(_ text: String) -> [(number: Int, line: Substring)] {
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated()
      .filter { !$0.element.allSatisfy(\.isWhitespace) }
      .map { ($0.offset + 1, $0.element) }
  }
}
