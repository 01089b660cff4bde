/// A question as it was searched: its words, what the index knows of each, and which of them stand side by side.
public struct Query: Sendable, Equatable {
  /// At most this many different terms are searched, the rarest ones.
  public static let termLimit = 32
  /// Of the unknown words of a question only the first so many are compared with the known ones: each costs a walk through
  /// all that begin with its first letter, which must not add up when somebody sends a page of nonsense.
  public static let repairLimit = 4
  /// Of a longer question only so many words are read, stop words not counted; the rest adds little and would only cost
  /// time.
  public static let wordLimit = 256

  public struct Term: Sendable, Equatable {
    /// The word as it was typed, lower case and without accents; its first form where several share the term.
    public var word: String
    /// The form under which passages are indexed: the stem.
    public var term: String
    /// How often the question has it, 1 or more.
    public var count: Int
    /// In how many passages it occurs; 0 for an unknown word.
    public var documentFrequency: Int
    /// How much it tells (`RankingSettings.inverseDocumentFrequency`), above 0; greatest for an unknown word.
    public var inverseDocumentFrequency: Double
    /// What an unknown word was read as, if anything in the index comes close.
    public var repair: Repair?

    /// Whether any passage has it, after repair.
    public var isKnown: Bool { documentFrequency > 0 }
  }

  /// A misspelt word and what it was taken for.
  public struct Repair: Sendable, Equatable {
    public var typed: String
    public var read: String
    /// Letters inserted, left out, replaced or exchanged with their neighbour: 1 or 2.
    public var distance: Int
  }

  /// Two terms that follow each other in the question once stop words are left out, by their places in `terms`.
  public struct Pair: Sendable, Hashable {
    public var first: Int
    public var second: Int
  }

  /// Different terms in the order of the question, without stop words unless there is nothing else.
  public var terms: [Term] = []
  /// Each pair once, in the order of the question.
  public var pairs: [Pair] = []
  /// Whether the question held stop words only, and was searched for these.
  public var isStopWordsOnly = false

  /// The terms of all words in their order, stop words included and misspelt words as they were read; of a longer question
  /// the first `wordLimit`.
  public var sequence: [String] = []

  /// Every word that was read as another, each once, in the order of the question; also those whose term the question had
  /// already.
  public var repairs: [Repair] = []

  /// The words that were read as others, by the word typed.
  public var repaired: [String: String] {
    Dictionary(repairs.map { ($0.typed, $0.read) }) { first, _ in first }
  }
}
