import Retrieval

/// A question that leans on the last answer: "and what if they refuse?", "who said that?", "tell me more".
///
/// Three signs are taken: it opens like a continuation, it points back with a pronoun and is short, or it says hardly anything
/// ("important for what exactly?"). What
/// it asks for (an example, the source, the risks) is turned into the words that the sections of a document use for it.
/// No sign is sure ("what about delegation?", "I know that my boss is wrong"), so a question that the knowledge supports by
/// itself well enough stands alone.
struct FollowUp: Equatable {
  /// As asked.
  var question: String
  /// What to look for among the documents of the last answer.
  var query: String
  /// From this confidence on, the question by itself is taken to stand alone.
  private var independence: Double
  /// It is an opening and nothing more, "go on", and means the last answer whatever documents name the same words.
  private var isBare: Bool

  private static let openings = [
    "and ", "but ", "so ", "or ", "also ", "then ", "what if", "what about", "how about", "tell me more", "more ",
    "go on",
    "why is that", "why not", "really", "ok ", "okay ", "such as", "like what", "for example", "for instance",
    "what else",
    "anything else", "can you explain", "could you explain", "who said", "who says", "says who", "give me an example",
    "can you give", "could you give", "any example", "an example", "in what way", "meaning what", "even if",
    "is there more",
    "give an example",
  ]
  private static let pointers: Set<String> = [
    "that", "this", "it", "they", "them", "those", "these", "he", "she", "him", "her", "its", "their", "one", "there",
  ]
  private static let cues: [(words: Set<String>, sections: String)] = [
    (
      ["example", "examples", "instance", "practice", "practical", "concrete", "concretely"],
      "how it looks in practice example"
    ),
    (
      ["who", "said", "says", "source", "author", "authors", "wrote", "study", "evidence", "proof", "come"],
      "what the source says"
    ),
    (
      [
        "wrong", "risk", "risks", "risky", "danger", "dangerous", "refuse", "refuses", "fail", "fails", "backfire",
        "not", "downside", "limits",
      ],
      "when this advice is wrong"
    ),
    (["why", "matter", "matters", "care", "important"], "why it matters in the middle"),
  ]

  /// - Parameter terms: the question's own terms, as the index reads them.
  init?(_ question: String, after conversation: Conversation, terms: [Query.Term]) {
    guard !conversation.passages.isEmpty else { return nil }
    let lowered = question.lowercased()
    let words = lowered.split { !$0.isLetter && $0 != "'" }.map(String.init)
    let continues = words.count <= 14 && Self.openings.contains { (lowered + " ").hasPrefix($0) }
    let pointsBack = words.count <= 9 && words.contains(where: Self.pointers.contains)
    let saysLittle = words.count <= 7 && terms.count <= 2 && terms.allSatisfy(\.isKnown)
    guard continues || pointsBack || saysLittle else { return nil }
    let sections = Self.cues.filter { !$0.words.isDisjoint(with: words) }.map(\.sections)
    self.question = question
    query = ([question] + sections).joined(separator: " ")
    isBare = Self.openings.contains { opening in
      opening.split(separator: " ").elementsEqual(words) { $0 == $1 }
    }
    let isShort = words.count <= (pointsBack ? 5 : 4)
    independence =
      (continues || pointsBack) && isShort ? .infinity : terms.count <= 2 ? 0.97 : continues ? 0.9 : Support.threshold
  }
}

extension FollowUp {
  /// Whether the knowledge supports the question by itself well enough, or a document names nearly this question.
  func standsAlone(_ support: Support) -> Bool {
    !isBare
      && (support.confidence >= independence || support.isEnough && support.nearness >= Self.nearlyNamed)
  }

  private static let nearlyNamed = 0.8
}

extension Conversation {
  /// More than a document has passages; it bounds what is stored.
  private static let seenLimit = 64

  /// The documents of the last answer, best first.
  var documents: [String] {
    passages.compactMap { $0.split(separator: "#").first.map(String.init) }.uniqued()
  }

  func wasShown(_ id: String) -> Bool { passages.prefix(shown).contains(id) || seen.contains(id) }

  /// - Parameter isFollowUp: what was shown before stays shown.
  mutating func remember(
    _ ids: [String], cited: [String], confidence: Double, question: String, isFollowUp: Bool
  ) {
    self.cited = cited
    seen = isFollowUp ? (seen + passages.prefix(shown)).suffix(Self.seenLimit) : []
    passages = ids
    shown = 1
    self.confidence = confidence
    self.question = question
  }
}
