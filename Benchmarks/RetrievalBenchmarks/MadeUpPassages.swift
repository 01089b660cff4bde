import Retrieval

/// Passages of about sixty words whose frequencies fall as in natural text; the same in every run.
struct MadeUpPassages: Sendable {
  let texts: [String]
  /// Questions of three words that one passage in a hundred or so holds, and of eight words as the text has them.
  let keywords: [String]
  let questions: [String]

  init(count: Int) {
    var state: UInt64 = 7
    func draw(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
    // The product of two even draws makes small numbers frequent.
    func word() -> String { Self.word(draw(200) * draw(200)) }
    texts = (0..<count).map { _ in
      (0..<(30 + draw(60))).map { _ in word() }.joined(separator: " ") + "."
    }
    keywords = (0..<64).map { _ in (0..<3).map { _ in Self.word(1000 + draw(4000)) }.joined(separator: " ") }
    questions = (0..<64).map { _ in (0..<8).map { _ in word() }.joined(separator: " ") }
  }

  func index() -> [UInt8] {
    var builder = IndexBuilder()
    for (number, text) in texts.enumerated() {
      do {
        try builder.add(Record(id: String(1_000_000 + number), body: text))
      } catch {
        fatalError("made-up ids differ: \(error)")
      }
    }
    return builder.build()
  }

  /// A word of the passages with one letter wrong, another one for every number.
  func misspelt(_ number: Int) -> String {
    let word = Self.word(number % 40_000)
    return word.dropLast() + ["x", "q", "j", "w", "h"][number / 40_000 % 5] + "k"
  }

  /// Syllables that no stemmer touches.
  private static func word(_ number: Int) -> String {
    let (heads, tails) = (Array("bcdfgklmnprtvz"), Array("aiou"))
    var (rest, word) = (number + 60, "")
    while rest > 0 {
      word.append(heads[rest % 14])
      word.append(tails[rest / 14 % 4])
      rest /= 56
    }
    return word + "k"
  }
}
