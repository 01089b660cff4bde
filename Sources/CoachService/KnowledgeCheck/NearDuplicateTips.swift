import Corpus
import Retrieval

/// Tips that say nearly the same: of the content words (stems) that either of two has, the share that both have (Jaccard's
/// index).
enum NearDuplicateTips {
  /// Two tips on the same matter with different advice stay well below: of the 287 tips in this project no two have more
  /// than 0.25 in common (measured 2026-11-23). A tip that only got another order or another example keeps half of its
  /// words or more. The threshold lies between, since a reader of daily tips notices repetition early.
  static let threshold = 0.35

  /// - Complexity: quadratic in the tips, about a microsecond a pair.
  static func findings(_ tips: [Tip]) -> [KnowledgeFinding] {
    let analyzer = Analyzer()
    let words = tips.map { tip in
      Set(analyzer.tokens(of: tip.title + "\n" + tip.text).lazy.filter { !$0.isStopWord }.map(\.term))
    }
    var findings: [KnowledgeFinding] = []
    for later in tips.indices {
      for earlier in tips.indices.prefix(upTo: later) {
        let share = similarity(words[earlier], words[later])
        guard share >= threshold else { continue }
        findings.append(
          KnowledgeFinding(
            .error, path: tips[later].path,
            what: "It shares \(Int((100 * share).rounded())) % of its words with the tip \(tips[earlier].id).",
            remedy: "Write about something else, or remove one of the two."))
      }
    }
    return findings
  }

  static func similarity(_ one: Set<String>, _ other: Set<String>) -> Double {
    let both = one.count < other.count ? one.count(where: other.contains) : other.count(where: one.contains)
    let either = one.count + other.count - both
    return either == 0 ? 0 : Double(both) / Double(either)
  }
}
