import Mustache

/// The words that people read, one Mustache file each under `Prompts/`; every file states its inputs on its second line.
package struct Templates: Sendable {
  /// The templates that must exist. The raw value is the file's name without `.mustache`.
  package enum Name: String, CaseIterable, Sendable {
    case answer, boundary, concept, concepts, courtesy, empty, goodbye, greeting, help, more, sources, status, tip
    case unknown, why
    case conceptMissing = "concept-missing"
    case helpCommand = "help-command"
    case moreEnd = "more-end"
    case nothingYet = "nothing-yet"
    case notReady = "not-ready"
    case tipMissing = "tip-missing"
    case whyWord = "why-word"
  }

  /// A template that is missing or that does not parse.
  package struct Problem: Error, Sendable, Equatable, CustomStringConvertible {
    package var name: String
    package var what: String
    package var description: String { "\(name).mustache: \(what)" }
  }

  private var compiled: [Name: MustacheTemplate] = [:]

  /// Compiles all templates, or throws every problem at once.
  ///
  /// - Parameter texts: the files' contents by name without extension; further names are ignored.
  package init(texts: [String: String]) throws(Problems) {
    var problems: [Problem] = []
    for name in Name.allCases {
      guard let text = texts[name.rawValue] else {
        problems.append(Problem(name: name.rawValue, what: "is missing; restore it from the project's Prompts folder"))
        continue
      }
      do {
        compiled[name] = try MustacheTemplate(string: text)
      } catch {
        problems.append(Problem(name: name.rawValue, what: "is not valid Mustache: \(error)"))
      }
    }
    if !problems.isEmpty { throw Problems(problems: problems) }
  }

  package struct Problems: Error, Sendable, CustomStringConvertible {
    package var problems: [Problem]
    package var description: String { problems.map(\.description).joined(separator: "\n") }
  }

  /// Renders a template: lines without trailing space, no empty line, no control character, no final LF; whatever line
  /// ends its file has.
  ///
  /// - Parameter inputs: strings, numbers as strings, Booleans, arrays of strings or of such dictionaries.
  package func render(_ name: Name, _ inputs: [String: Any] = [:]) -> String {
    guard let template = compiled[name] else { return "" }
    var lines: [Substring] = []
    for whole in template.render(inputs).split(whereSeparator: \.isNewline) {
      var line = whole
      line.unicodeScalars.removeAll { $0.properties.generalCategory == .control }
      while line.last?.isWhitespace == true { line.removeLast() }
      if !line.isEmpty { lines.append(line) }
    }
    return lines.joined(separator: "\n")
  }
}
