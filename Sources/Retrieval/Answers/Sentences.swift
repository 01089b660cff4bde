/// Cuts text into sentences.
///
/// A sentence ends at `.`, `!`, `?` or `…` with closing quotes and brackets, if white space and then anything but a
/// lower-case letter follows, and the full stop does not belong to a common abbreviation, an initial or a number; and
/// at every end of a line. These are the rules of Unicode Standard Annex 29, section 5, with the abbreviations that it
/// leaves to applications.
public enum Sentences {
  /// The sentences in their order, without white space around them; none for a text without words.
  ///
  /// Complexity: linear in the text.
  public static func of(_ text: String) -> [Substring] {
    var sentences: [Substring] = []
    var start = text.startIndex
    for end in ends(of: text) {
      let sentence = trimmed(text[start..<end])
      if !sentence.isEmpty { sentences.append(sentence) }
      start = end
    }
    return sentences
  }

  private static func ends(of text: String) -> [String.Index] {
    let scalars = text.unicodeScalars
    var ends: [String.Index] = []
    var index = scalars.startIndex
    var wordStart = index
    while index < scalars.endIndex {
      let scalar = scalars[index]
      let next = scalars.index(after: index)
      if scalar == "\n" || scalar == "\r" || scalar == "\u{2029}" {
        ends.append(next)
        wordStart = next
      } else if scalar.properties.isWhitespace {
        wordStart = next
      } else if terminators.contains(scalar) {
        let close = skip(scalars, from: next) { terminators.contains($0) || closers.contains($0) }
        if isEnd(scalars, word: wordStart..<index, terminator: scalar, close) { ends.append(close) }
        index = close
        continue
      }
      index = next
    }
    ends.append(scalars.endIndex)
    return ends
  }

  private static func isEnd(
    _ scalars: String.UnicodeScalarView, word: Range<String.Index>, terminator: Unicode.Scalar, _ close: String.Index
  ) -> Bool {
    let after = skip(scalars, from: close) { $0.properties.isWhitespace }
    guard after > close, after < scalars.endIndex else { return after == scalars.endIndex }
    if scalars[after].properties.isLowercase { return false }
    if terminator != "." { return true }
    let before = String(scalars[word]).lowercased().drop { openers.contains($0) }
    let isInitial = before.count == 1 && before.first?.isLetter == true && before != "i"
    return !isInitial && !abbreviations.contains(String(before))
  }

  private static func skip(
    _ scalars: String.UnicodeScalarView, from start: String.Index, while isSkipped: (Unicode.Scalar) -> Bool
  ) -> String.Index {
    var index = start
    while index < scalars.endIndex, isSkipped(scalars[index]) { index = scalars.index(after: index) }
    return index
  }

  private static func trimmed(_ text: Substring) -> Substring {
    let head = text.unicodeScalars.drop { $0.properties.isWhitespace }
    guard let last = head.lastIndex(where: { !$0.properties.isWhitespace }) else { return "" }
    return Substring(head[...last])
  }

  private static let terminators: Set<Unicode.Scalar> = [".", "!", "?", "…", "。", "！", "？"]
  private static let closers: Set<Unicode.Scalar> = ["\"", "'", "”", "’", "»", ")", "]", "*", "_"]
  private static let openers: Set<Character> = ["\"", "'", "“", "‘", "«", "(", "[", "*", "_"]
  /// Without their last full stop.
  private static let abbreviations: Set<String> = [
    "e.g", "i.e", "cf", "vs", "etc", "al", "approx", "dr", "mr", "mrs", "ms", "prof", "st", "jr", "sr", "no", "p", "pp",
    "vol", "ed", "eds", "fig", "ch", "u.s", "u.k",
  ]
}
