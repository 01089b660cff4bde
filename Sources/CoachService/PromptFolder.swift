import Coaching
import Foundation

/// Reads the templates from the folder that `prompts` names.
enum PromptFolder {
  /// - Throws: `Failure` (configuration) with every template that is missing or does not parse.
  static func read(_ path: String) throws(Failure) -> Templates {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
      throw Failure(
        .configuration, "prompts: the folder \(path) cannot be read. Restore it from the project, or set prompts to it."
      )
    }
    var texts: [String: String] = [:]
    for name in names where name.hasSuffix(".mustache") {
      guard let data = FileManager.default.contents(atPath: "\(path)/\(name)"), data.count <= 65_536 else { continue }
      texts[String(name.dropLast(".mustache".count))] = String(data: data, encoding: .utf8)
    }
    do {
      return try Templates(texts: texts)
    } catch {
      throw Failure(.configuration, error.problems.map { "\(path)/\($0)" }.joined(separator: "\n"))
    }
  }
}
