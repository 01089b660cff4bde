import Corpus
import Retrieval

/// How easily English text reads, by Flesch's formula (R. Flesch, "A New Readability Yardstick", 1948): 206.835 less 1.015
/// times the words a sentence, less 84.6 times the syllables a word. 60 to 70 is plain English; below 50 it gets hard for
/// people who read it as a second language.
///
/// Syllables are counted by a small rule, right for nine words of ten: every run of the vowels a, e, i, o, u and y is one. A
/// last `e`, `-es` or `-ed` behind a consonant is silent, unless that consonant is an `l` behind another one (`table`,
/// `settled`), a hissing sound before `-es` (`boxes`) or a d or t before `-ed` (`wanted`). Every word has at least one.
package enum ReadingEase {
  static let threshold = 50.0

  static func findings(_ document: Document) -> [KnowledgeFinding] {
    let score = score(document.passages.map(\.text).joined(separator: "\n"))
    guard let score, score < threshold else { return [] }
    return [
      KnowledgeFinding(
        .advice, path: document.path, what: "It is hard to read: Flesch's reading ease is \(Int(score.rounded())).",
        remedy: "Shorten sentences and choose shorter words until it is \(Int(threshold)) or more.")
    ]
  }

  /// nil for a text without words.
  package static func score(_ text: String) -> Double? {
    let sentences = Sentences.of(text).count
    let words = Analyzer().tokens(of: text).map(\.word)
    guard sentences > 0, !words.isEmpty else { return nil }
    let syllables = words.reduce(0) { $0 + Self.syllables($1) }
    return 206.835 - 1.015 * Double(words.count) / Double(sentences) - 84.6 * Double(syllables) / Double(words.count)
  }

  /// Of a word in lower case; numbers count as one.
  package static func syllables(_ word: String) -> Int {
    let letters = Array(word)
    var count = 0
    var isInVowels = false
    for letter in letters {
      let isVowel = vowels.contains(letter)
      if isVowel, !isInVowels { count += 1 }
      isInVowels = isVowel
    }
    return max(1, count - (hasSilentEnding(letters) ? 1 : 0))
  }

  private static func hasSilentEnding(_ letters: [Character]) -> Bool {
    guard let ending = ["e", "es", "ed"].first(where: { letters.ends(with: $0) }) else { return false }
    let stem = letters.dropLast(ending.count)
    guard let consonant = stem.last, !vowels.contains(consonant) else { return false }
    if consonant == "l", let before = stem.dropLast().last, before != "l", !vowels.contains(before) { return false }
    return switch ending {
    case "es": !hissing.contains(consonant)
    case "ed": consonant != "d" && consonant != "t"
    default: true
    }
  }

  private static let vowels: Set<Character> = ["a", "e", "i", "o", "u", "y"]
  /// Letters that end `s`, `x`, `z`, `ch`, `sh`, soft `c` and soft `g`.
  private static let hissing: Set<Character> = ["s", "x", "z", "h", "c", "g"]
}

extension [Character] {
  fileprivate func ends(with ending: String) -> Bool { suffix(ending.count).elementsEqual(ending) }
}
