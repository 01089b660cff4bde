/// What somebody wrote, made fit for `Utterance.text`: one line, no control characters, at most 8 KiB.
package struct Words: Sendable, Equatable {
  package let text: String
  /// Something had to be removed, so this is never taken as a command.
  package let isRepaired: Bool

  /// The line limit of the line protocol, so that every surface takes the same question.
  package static let limitBytes = 8192

  /// Turns line breaks, tabs and runs of spaces into one space each, and drops other control characters.
  package init(_ raw: String) {
    var result = String.UnicodeScalarView()
    var (size, isRepaired, isSpaceDue) = (0, false, false)
    for scalar in raw.unicodeScalars {
      if Self.isSpace(scalar) {
        isSpaceDue = size > 0
        continue
      }
      if scalar.properties.generalCategory == .control {
        isRepaired = true
        continue
      }
      if scalar == "\u{FFFD}" { isRepaired = true }
      size += UTF8.width(scalar) + (isSpaceDue ? 1 : 0)
      if size > Self.limitBytes {
        isRepaired = true
        break
      }
      if isSpaceDue { result.append(" ") }
      isSpaceDue = false
      result.append(scalar)
    }
    self.text = String(result)
    self.isRepaired = isRepaired
  }

  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case " ", "\t", "\n", "\r", "\u{85}", "\u{A0}", "\u{2028}", "\u{2029}": true
    default: false
    }
  }
}
