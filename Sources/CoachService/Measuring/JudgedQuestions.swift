import Foundation

/// Judged questions: what people ask, and the documents that a fair judge would accept. One JSON object a line.
package struct JudgedQuestion: Sendable, Decodable {
  package var id: String?
  package var question: String
  /// Acceptable documents, best first; empty when nothing supports an answer.
  package var documents: [String]
  /// How it was made: `fact`, `paraphrase`, `none`, ...; figures are printed by kind.
  package var kind: String?
  /// The question before it, for a follow-up.
  package var after: String?
  /// The passage that answers best, where the judge said so: `delegation#when-the-work-comes-back`.
  package var passage: String?

  /// - Throws: `Failure` that names the file and the line.
  package static func read(_ path: String) throws(Failure) -> [JudgedQuestion] {
    let decoder = JSONDecoder()
    var questions: [JudgedQuestion] = []
    for (number, line) in try TextLines.read(path) {
      do {
        questions.append(try decoder.decode(JudgedQuestion.self, from: Data(line.utf8)))
      } catch {
        throw Failure(.data, "\(path), line \(number): not a JSON object with question and documents.")
      }
    }
    guard !questions.isEmpty else { throw Failure(.data, "\(path) holds no questions.") }
    return questions
  }
}
