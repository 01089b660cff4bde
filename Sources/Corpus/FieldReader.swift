/// Takes the known fields out of front matter and names what is left.
struct FieldReader {
  private let front: FrontMatter
  private let path: String
  private var known: Set<String> = []
  private(set) var problems: [Problem]

  init(_ front: FrontMatter, path: String) {
    self.front = front
    self.path = path
    problems = front.misfits.map {
      Problem(.warning, path: path, line: $0.line, what: $0.what, remedy: $0.remedy)
    }
  }

  /// A text, nil when it is not given.
  mutating func text(_ name: String) -> String? {
    known.insert(name)
    guard let field = front.fields[name] else { return nil }
    guard case .text(let text) = field.value, !text.isEmpty else {
      warn(field.line, "\"\(name)\" should be a text.", "Write \(name): followed by words on the same line.")
      return nil
    }
    return text
  }

  /// A list of texts, empty when it is not given.
  mutating func list(_ name: String) -> [String] {
    known.insert(name)
    guard let field = front.fields[name] else { return [] }
    guard case .list(let texts) = field.value else {
      warn(field.line, "\"\(name)\" should be a list.", "Write \(name): [first, second], or one a line behind a dash.")
      return []
    }
    return texts
  }

  /// Names every field that nobody asked for, with the known one that is nearest.
  mutating func finish() {
    for (name, field) in front.fields.sorted(by: { $0.value.line < $1.value.line }) where !known.contains(name) {
      let nearest = known.map { (name: $0, distance: Self.distance($0, name)) }
        .min { ($0.distance, $0.name) < ($1.distance, $1.name) }
      let remedy =
        if let nearest, nearest.distance <= 3 {
          "Did you mean \"\(nearest.name)\"?"
        } else {
          "Known are \(known.sorted().joined(separator: ", "))."
        }
      warn(field.line, "The field \"\(name.prefix(40))\" is not known.", remedy)
    }
    problems.sort { ($0.line ?? 0) < ($1.line ?? 0) }
  }

  private mutating func warn(_ line: Int, _ what: String, _ remedy: String) {
    problems.append(Problem(.warning, path: path, line: line, what: what, remedy: remedy))
  }

  /// Levenshtein's distance in bytes; names longer than 40 bytes are far from everything.
  private static func distance(_ one: String, _ other: String) -> Int {
    let (one, other) = (Array(one.utf8), Array(other.utf8))
    guard one.count <= 40, other.count <= 40 else { return Int.max }
    var row = Array(0...other.count)
    for (index, byte) in one.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for column in other.indices {
        let substituted = diagonal + (byte == other[column] ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(substituted, row[column] + 1, diagonal + 1)
      }
    }
    return row[other.count]
  }
}
