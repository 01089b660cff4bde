/// What kind of help a question asks for.
enum QuestionShape: Equatable {
  /// A fact: who, when, how many. The answer is the fact and its source, without a step to try.
  case fact
  /// Anything else, which somebody asks because something is to be done.
  case matter

  private static let factWords: Set<String> = ["who", "whom", "whose", "when", "which", "where"]
  private static let factPairs: Set<String> = [
    "how many", "how much", "what percentage", "what share", "what year", "what survey", "what proportion", "in which",
    "according to", "what does", "what did",
  ]
  /// Somebody who speaks of themselves asks for help, whatever the first word is.
  private static let personal: Set<String> = [
    "i", "i'm", "i've", "i'd", "i'll", "me", "my", "mine", "we", "we're", "our", "us", "should", "you", "your",
  ]

  init(_ question: String) {
    let words = question.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "'" && $0 != "\u{2019}" }.map(
      String.init)
    let opening = words.prefix(2).joined(separator: " ")
    let asksForFact = words.first.map(Self.factWords.contains) ?? false || Self.factPairs.contains(opening)
    self = asksForFact && !words.contains(where: Self.personal.contains) ? .fact : .matter
  }
}
