/// Turns text into index terms, the same way for passages and for questions: words are folded, stop words recognised,
/// the rest stemmed.
///
/// Isolation: owns a stemmer with a buffer; one thread at a time. Make one for each owner.
/// Complexity: linear in the text; about half a microsecond for each word that is stemmed.
public final class Analyzer {
  /// Raised whenever the same text gives other terms than before; an index of another version is refused.
  static let version: UInt32 = 1

  /// One word of a text and the term under which it is indexed.
  public struct Token: Sendable, Equatable {
    /// Folded: lower case, without accents.
    public var word: String
    /// The stem; for a stop word the word itself.
    public var term: String
    /// Whether the word is on the English stop list, so that it is searched only where a question has no other words.
    public var isStopWord: Bool
    /// Where the word stands, in UTF-8 bytes of the text.
    public var range: Range<Int>
  }

  private let stemmer = Stemmer()

  /// An analyzer for English, the one language there is.
  public init() {}

  /// The words of a text in their order, stop words included.
  public func tokens(of text: String) -> [Token] {
    var tokens: [Token] = []
    var scanner = WordScanner()
    let bytes = text.utf8Span.span
    while scanner.next(in: bytes) {
      let isStopWord = StopWords.english.contains(scanner.word)
      tokens.append(
        Token(
          word: String(decoding: scanner.word, as: UTF8.self),
          term: String(decoding: isStopWord ? scanner.word : stem(scanner.word), as: UTF8.self),
          isStopWord: isStopWord, range: scanner.range))
    }
    return tokens
  }

  /// The stem of a folded word.
  func stem(_ word: [UInt8]) -> [UInt8] {
    var stem = word
    stemmer.stem(&stem)
    return stem.isEmpty ? word : stem
  }
}
