import Dialogue
import Yams

/// Reads one mapping of the configuration key by key and collects every problem with its line.
///
/// A key that was asked for is known; whatever else the mapping holds is reported by `finish()`, so the set of keys is
/// declared by the code that reads them and nowhere else. The environment's value of a scalar key comes before the file's:
/// `line.listen` is `COACH_LINE_LISTEN`.
final class ConfigurationReader {
  /// What is wrong, where, and what would be right.
  struct Problem: Sendable, Equatable, CustomStringConvertible {
    var key: String
    var line: Int?
    var what: String
    var description: String { (line.map { "line \($0): " } ?? "") + "\(key): \(what)" }
  }

  private let mapping: Node.Mapping?
  private let path: [String]
  private let environment: [String: String]
  private var known: [String] = []
  private(set) var problems: [Problem] = []

  init(_ node: Node?, path: [String] = [], environment: [String: String]) {
    self.path = path
    self.environment = environment
    mapping = node?.mapping
    if let node, mapping == nil, node.null == nil {
      problems.append(
        Problem(
          key: path.isEmpty ? "the file" : name(nil), line: node.mark?.line,
          what: "must hold keys, one a line, such as `listen: ...`"))
    }
  }

  /// The names of the entries, in order; for mappings whose keys are free (channels, schedules).
  var names: [String] { mapping?.keys.compactMap(\.string) ?? [] }

  func line(of key: String) -> Int? { mapping?.first { $0.key.string == key }?.key.mark?.line }

  func string(_ key: String, _ fallback: String, example: String) -> String {
    guard let (text, _) = scalar(key, example: example) else { return fallback }
    if text.isEmpty { report(key, "must not be empty; for example: \(key): \(example)") }
    return text
  }

  /// A text that has no default; empty when it is missing, which is reported.
  func required(_ key: String, example: String) -> String {
    let reported = problems.count
    let text = string(key, "", example: example)
    if text.isEmpty, problems.count == reported { report(key, "is missing; for example: \(key): \(example)") }
    return text
  }

  func optionalString(_ key: String, example: String) -> String? {
    scalar(key, example: example).map(\.text)
  }

  func bool(_ key: String, _ fallback: Bool) -> Bool {
    value(key, fallback, example: "true") { ["true": true, "false": false][$0] }
  }

  func int(_ key: String, _ fallback: Int, in range: ClosedRange<Int>) -> Int {
    value(key, fallback, example: "\(fallback)", rule: "a whole number from \(range.lowerBound) to \(range.upperBound)")
    { text in
      Int(text).flatMap { range.contains($0) ? $0 : nil }
    }
  }

  func duration(_ key: String, _ fallback: Duration, in range: ClosedRange<Duration>) -> Duration {
    let rule = "a duration from \(DurationText.text(range.lowerBound)) to \(DurationText.text(range.upperBound))"
    return value(key, fallback, example: DurationText.text(fallback), rule: rule) { text in
      DurationText.parse(text).flatMap { range.contains($0) ? $0 : nil }
    }
  }

  func choice<Choice: RawRepresentable & CaseIterable>(_ key: String, _ fallback: Choice) -> Choice
  where Choice.RawValue == String {
    let words = Choice.allCases.map(\.rawValue).joined(separator: ", ")
    return value(key, fallback, example: fallback.rawValue, rule: "one of \(words)") { Choice(rawValue: $0) }
  }

  func secret(_ key: String) -> Secret? {
    optional(key, example: "env:NAME", rule: "never a secret itself but where to find it, env:NAME or file:PATH") {
      Secret($0)
    }
  }

  /// A value that `parse` accepts; the fallback where the key is absent or what it holds is not accepted.
  func value<Value>(
    _ key: String, _ fallback: Value, example: String, rule: String? = nil, parse: (String) -> Value?
  ) -> Value {
    optional(key, example: example, rule: rule, parse: parse) ?? fallback
  }

  func optional<Value>(_ key: String, example: String, rule: String? = nil, parse: (String) -> Value?) -> Value? {
    guard let (text, line) = scalar(key, example: example) else { return nil }
    if let value = parse(text) { return value }
    // A value that should have been a reference may be the secret itself: it is not repeated.
    let shown = rule?.hasPrefix("never") == true ? "" : " \"\(text.prefix(60))\" is not;"
    problems.append(
      Problem(
        key: name(key), line: line,
        what: "must be \(rule ?? "like \(example)");\(shown) for example: \(key): \(example)"))
    return nil
  }

  func strings(_ key: String, _ fallback: [String], example: String) -> [String] {
    known.append(key)
    if let text = environment[variable(key)] {
      return text.split(separator: ",").map { $0.trimming(" ") }
    }
    guard let node = mapping?[key] else { return fallback }
    if let list = node.sequence {
      let texts = list.compactMap(\.scalar?.string)
      if texts.count == list.count, !texts.contains("") { return texts }
    }
    problems.append(
      Problem(key: name(key), line: node.mark?.line, what: "must be a list of texts; for example: \(key): \(example)"))
    return fallback
  }

  /// The entries of a list of mappings.
  func list(_ key: String, example: String, _ read: (ConfigurationReader) -> Void) {
    known.append(key)
    guard let node = mapping?[key] else { return }
    guard let entries = node.sequence else {
      problems.append(
        Problem(key: name(key), line: node.mark?.line, what: "must be a list; for example: \(key): \(example)"))
      return
    }
    for (index, entry) in entries.enumerated() { nested(entry, "\(key)[\(index + 1)]", read) }
  }

  func section(_ key: String, _ read: (ConfigurationReader) -> Void) {
    known.append(key)
    nested(mapping?[key], key, read)
  }

  func report(_ key: String, _ what: String) {
    problems.append(Problem(key: name(key), line: line(of: key), what: what))
  }

  /// Reports the keys that nobody asked for.
  func finish() {
    for (key, _) in mapping ?? [:] {
      guard let word = key.string else {
        problems.append(
          Problem(key: name("?"), line: key.mark?.line, what: "is a list or a mapping, and no key can be one"))
        continue
      }
      if known.contains(word) { continue }
      let near = known.filter { !$0.contains("[") }.min { Spelling.distance($0, word) < Spelling.distance($1, word) }
      let hint =
        near.flatMap { Spelling.distance($0, word) <= 3 ? "did you mean \($0)?" : nil }
        ?? "known here: \(known.joined(separator: ", "))"
      problems.append(Problem(key: name(word), line: key.mark?.line, what: "is not a key; \(hint)"))
    }
  }

  private func nested(_ node: Node?, _ key: String, _ read: (ConfigurationReader) -> Void) {
    let reader = ConfigurationReader(node, path: path + [key], environment: environment)
    read(reader)
    reader.finish()
    problems += reader.problems
  }

  private func scalar(_ key: String, example: String) -> (text: String, line: Int?)? {
    known.append(key)
    if let text = environment[variable(key)] { return (text, nil) }
    guard let node = mapping?[key], node.null == nil else { return nil }
    guard let text = node.scalar?.string else {
      problems.append(
        Problem(key: name(key), line: node.mark?.line, what: "must be a single value; for example: \(key): \(example)"))
      return nil
    }
    return (text, node.mark?.line)
  }

  private func name(_ key: String?) -> String {
    (path + (key.map { [$0] } ?? [])).joined(separator: ".")
  }

  private func variable(_ key: String) -> String {
    "COACH_" + String(name(key).uppercased().map { $0.isLetter || $0.isNumber ? $0 : "_" })
  }
}

extension StringProtocol {
  func trimming(_ character: Character) -> String {
    String(drop { $0 == character }.reversed().drop { $0 == character }.reversed())
  }
}
