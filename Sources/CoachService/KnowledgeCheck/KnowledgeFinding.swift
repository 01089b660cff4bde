import Dialogue

/// What the check of the knowledge found in one place, for the person who can mend it.
package struct KnowledgeFinding: Sendable, Equatable, CustomStringConvertible {
  package enum Severity: String, Sendable {
    /// The knowledge does not keep to its form, or does not hold what it should.
    case error
    /// Worth a look by somebody who knows the matter.
    case advice
  }

  package var severity: Severity
  /// Of the file, relative to the knowledge folder; `tips/` and the id for a tip; for facts the path that was given.
  package var path: String
  /// The slug of the heading; nil when it concerns the whole file.
  package var section: String?
  /// Counted from 1; nil where the file's lines are not known.
  package var line: Int?
  /// What is wrong, one sentence.
  package var what: String
  /// What to do about it, one sentence.
  package var remedy: String

  package init(
    _ severity: Severity, path: String, section: String? = nil, line: Int? = nil, what: String, remedy: String
  ) {
    self.severity = severity
    self.path = path
    self.section = section
    self.line = line
    self.what = what
    self.remedy = remedy
  }

  /// `concepts/trust.md#what-it-is: error: The lead has 70 words. Write 35 to 60 words.`
  package var description: String {
    let place = path + (section.map { "#\($0)" } ?? "") + (line.map { ":\($0)" } ?? "")
    return "\(place): \(severity.rawValue): \(what) \(remedy)"
  }

  var json: String {
    var object = JSONObject()
    object.add("severity", severity.rawValue)
    object.add("path", path)
    object.add("section", section)
    object.add("line", line)
    object.add("what", what)
    object.add("remedy", remedy)
    return object.finished()
  }

  /// By path, then by place in the file, then by what it says.
  static func precedes(_ one: KnowledgeFinding, _ other: KnowledgeFinding) -> Bool {
    (one.path, one.line ?? 0, one.section ?? "", one.what)
      < (other.path, other.line ?? 0, other.section ?? "", other.what)
  }
}
