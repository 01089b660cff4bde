/// The sentences of a text that answer a question best: one to three that stand together.
public struct Snippet: Sendable, Equatable {
  /// As in the text, from the beginning of a sentence to the end of one; white space between them as it was.
  public var text: String
  /// Where in `text` words of the question stand, in order, without overlap. A surface renders or drops them.
  public var marks: [Range<String.Index>]
  /// The place of the first sentence among the sentences of the text.
  public var firstSentence: Int
  /// 1 to the limit that was asked for.
  public var sentenceCount: Int

  /// The text with a sign before and behind each marked word, for surfaces that have no better way to show it. Complexity: linear.
  public func marked(with sign: String) -> String {
    var (result, rest) = ("", text.startIndex)
    for mark in marks {
      result += text[rest..<mark.lowerBound] + sign + text[mark] + sign
      rest = mark.upperBound
    }
    return result + text[rest...]
  }

  /// Chooses the sentences: those that hold most of the question by idf; among equals fewer sentences, then earlier
  /// ones.
  ///
  /// Where no sentence holds a word of the question, the first ones are taken, so that a passage always has a snippet.
  /// Complexity: linear in the text.
  /// - Parameters:
  ///   - sentenceLimit: how many sentences at most, 1 or more.
  ///   - characterLimit: a further sentence is not added beyond so many characters; one sentence may be longer.
  /// - Returns: nil for a text without words.
  public static func best(
    of text: String, for query: Query, sentenceLimit: Int = 3, characterLimit: Int = 400
  ) -> Snippet? {
    let sentences = SnippetSentence.read(text, query)
    guard let best = window(sentences, query, max(1, min(sentenceLimit, sentences.count)), characterLimit),
      let first = sentences[best].first, let last = sentences[best].last
    else { return nil }
    let range = first.text.startIndex..<last.text.endIndex
    let cut = String(text[range])
    let base = text.utf8.distance(from: text.startIndex, to: range.lowerBound)
    let marks = sentences[best].flatMap(\.matches).map { match in
      cut.utf8.index(
        cut.startIndex, offsetBy: match.lowerBound - base)..<cut.utf8.index(
          cut.startIndex, offsetBy: match.upperBound - base)
    }
    return Snippet(text: cut, marks: marks, firstSentence: best.lowerBound, sentenceCount: best.count)
  }

  private static func window(
    _ sentences: [SnippetSentence], _ query: Query, _ sentenceLimit: Int, _ characterLimit: Int
  ) -> Range<Int>? {
    // A further sentence must bring more than half of what an average word of the question weighs: readers pay for it.
    let price =
      query.terms.reduce(0) { $0 + $1.inverseDocumentFrequency } / Double(max(1, query.terms.count)) / 2
    var best: (range: Range<Int>, value: Double)?
    for start in sentences.indices {
      var (terms, length) = (Set<Int>(), 0)
      for end in start..<min(sentences.count, start + sentenceLimit) {
        length += sentences[end].text.count + 1
        if end > start, length > characterLimit { break }
        terms.formUnion(sentences[end].terms)
        let value =
          terms.reduce(0) { $0 + query.terms[$1].inverseDocumentFrequency } - Double(end - start) * price
        if best.map({ value > $0.value + 1e-9 }) ?? true { best = (start..<end + 1, value) }
      }
    }
    return best?.range
  }
}

/// A sentence and the words of the question in it.
private struct SnippetSentence {
  var text: Substring
  var terms: Set<Int> = []
  /// In UTF-8 bytes of the whole text.
  var matches: [Range<Int>] = []

  static func read(_ text: String, _ query: Query) -> [SnippetSentence] {
    let places = Dictionary(query.terms.enumerated().map { ($1.term, $0) }) { first, _ in first }
    let analyzer = Analyzer()
    return Sentences.of(text).map { part in
      var sentence = SnippetSentence(text: part)
      let base = text.utf8.distance(from: text.startIndex, to: part.startIndex)
      for token in analyzer.tokens(of: String(part)) where token.isStopWord == query.isStopWordsOnly {
        guard let place = places[token.term] else { continue }
        sentence.terms.insert(place)
        sentence.matches.append(base + token.range.lowerBound..<base + token.range.upperBound)
      }
      return sentence
    }
  }
}
