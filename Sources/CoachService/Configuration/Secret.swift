import Foundation
import Glibc

/// A secret by reference: `env:NAME` or `file:PATH`. Its value is read when it is needed and never printed, coded or logged.
package struct Secret: Sendable, Equatable, CustomStringConvertible {
  /// As the configuration has it; safe to show.
  package let reference: String

  /// nil unless the text is a reference.
  package init?(_ reference: String) {
    guard reference.hasPrefix("env:") && reference.count > 4 || reference.hasPrefix("file:") && reference.count > 5
    else { return nil }
    self.reference = reference
  }

  package var description: String { reference }

  /// The value, without a final line end.
  ///
  /// - Throws: a sentence that names the reference and the remedy.
  package func value(in environment: [String: String]) throws(Unavailable) -> String {
    if reference.hasPrefix("env:") {
      let name = String(reference.dropFirst(4))
      guard let value = environment[name], !value.isEmpty else {
        throw Unavailable(
          text: "the environment variable \(name) is not set; set it, or name another with env: or file:")
      }
      return value
    }
    let path = String(reference.dropFirst(5))
    var status = stat()
    guard unsafe stat(path, &status) == 0 else {
      throw Unavailable(text: "the file \(path) cannot be read: \(unsafe String(cString: strerror(errno)))")
    }
    guard status.st_mode & 0o077 == 0 else {
      throw Unavailable(text: "the file \(path) can be read by others; run: chmod 600 \(path)")
    }
    guard let data = FileManager.default.contents(atPath: path), data.count <= 4096,
      let text = String(data: data, encoding: .utf8)
    else { throw Unavailable(text: "the file \(path) is not a short text") }
    let value = text.trimmingCharacters(in: .newlines)
    guard !value.isEmpty else { throw Unavailable(text: "the file \(path) is empty") }
    return value
  }

  package struct Unavailable: Error, Sendable, CustomStringConvertible {
    package var text: String
    package var description: String { text }
  }
}
