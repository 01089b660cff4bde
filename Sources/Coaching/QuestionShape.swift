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
  private static let firstPerson: Set<String> = [
    "i", "i'm", "i've", "i'd", "i'll", "im", "ive", "me", "my", "mine", "we", "we're", "our", "us",
  ]
  private static let advice: Set<String> = ["should", "you", "your"]

  /// Somebody who speaks of themselves, or asks for advice, asks for help, whatever the first word is.
  init(_ question: String) {
    let words = Self.words(of: question)
    let opening = words.prefix(2).joined(separator: " ")
    let asksForFact = words.first.map(Self.factWords.contains) ?? false || Self.factPairs.contains(opening)
    let asksForHelp = words.contains { Self.firstPerson.contains($0) || Self.advice.contains($0) }
    self = asksForFact && !asksForHelp ? .fact : .matter
  }

  /// Whether the answer should hold a figure or a year.
  static func asksForNumber(_ question: String) -> Bool {
    let words = words(of: question)
    return words.first == "when" || numberOpenings.contains(words.prefix(2).joined(separator: " "))
  }

  private static let numberOpenings: Set<String> = [
    "how many", "how much", "what percentage", "what share", "what year", "what proportion",
  ]

  /// Whether the person speaks of themselves or of their own people.
  static func isPersonal(_ question: String) -> Bool {
    words(of: question).contains(where: firstPerson.contains)
  }

  /// Lower case, with straight apostrophes.
  private static func words(of question: String) -> [String] {
    question.lowercased().replacing("\u{2019}", with: "'")
      .split { !$0.isLetter && !$0.isNumber && $0 != "'" }.map(String.init)
  }
}
