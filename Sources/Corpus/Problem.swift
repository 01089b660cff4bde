/// A finding about one file, for the person who can mend it.
package struct Problem: Sendable, Hashable, CustomStringConvertible {
  package enum Severity: String, Sendable, Comparable {
    /// The file is served; something in it was passed over.
    case warning
    /// The file is not served.
    case refused

    package static func < (one: Severity, other: Severity) -> Bool { one == .warning && other == .refused }
  }

  package var severity: Severity
  /// Relative to the knowledge folder.
  package var path: String
  /// Counted from 1; nil when it concerns the whole file.
  package var line: Int?
  /// What is wrong, one sentence.
  package var what: String
  /// What to do about it, one sentence.
  package var remedy: String

  package init(_ severity: Severity, path: String, line: Int? = nil, what: String, remedy: String) {
    self.severity = severity
    self.path = path
    self.line = line
    self.what = what
    self.remedy = remedy
  }

  /// `concepts/trust.md:3: The key "aliasses" is not known. Did you mean "aliases"?`
  package var description: String {
    let place = line.map { "\(path):\($0)" } ?? path
    return "\(place): \(what) \(remedy)"
  }
}
