import Glibc

/// How passages are ranked: every number of the ranking, declared here and stored in each index, so that an index is
/// always searched as it was built.
///
/// The function is BM25F (Robertson, Zaragoza and Taylor, "Simple BM25 extension to multiple weighted fields", CIKM
/// 2004; with a length normalisation for each field as in Zaragoza et al., TREC 2004): a term's frequencies in the
/// fields are normalised by field length, weighted, added, and only then saturated. Words that stand side by side in
/// the question and in the passage add a bonus (Rasolofo and Savoy, "Term proximity scoring for keyword-based retrieval
/// systems", ECIR 2003).
public struct RankingSettings: Sendable, Equatable {
  /// What one field counts.
  public struct Weight: Sendable, Equatable {
    /// How many occurrences in the body one occurrence here is worth; 0 or more.
    public var weight: Double
    /// BM25's b for this field, from 0 (length does not matter) to 1 (frequency is divided by relative length).
    public var lengthNormalization: Double

    /// A weight as given; `IndexBuilder.init` checks the ranges.
    public init(weight: Double, lengthNormalization: Double) {
      self.weight = weight
      self.lengthNormalization = lengthNormalization
    }
  }

  /// BM25's k1: the weighted frequency at which a term has given half of what it can give; above 0.
  public var saturation: Double
  /// For `Record.title`.
  public var title: Weight
  /// For `Record.aliases`.
  public var aliases: Weight
  /// For `Record.questions`.
  public var questions: Weight
  /// For `Record.body`; the others are weighed against it.
  public var body: Weight
  /// What a pair of neighbouring words adds, as a part of the rarer word's idf; 0 switches the bonus off.
  public var pairWeight: Double
  /// How many passages, best first without the bonus, are looked at for pairs; only these can get it.
  public var pairDepth: Int

  /// The setting for knowledge and for collections of titles and bodies alike.
  ///
  /// k1 1.5 and b 0.75 lie in the range that Robertson and Zaragoza give ("The Probabilistic Relevance Framework: BM25
  /// and Beyond", 2009, section 3.5), at its upper end as befits whole questions. A title counts three times the body:
  /// twice was worth 0.007 and three times 0.010 (mean nDCG@10 over eight public collections with titles, measured in
  /// 2026). Aliases are other titles; a question is a sentence, most of whose words are not its subject. The fields
  /// that list alternatives are hardly normalised by length, since a document does not become vaguer by a further
  /// alias. Pairs at 0.2 of an idf were worth 0.001 to 0.004 (nDCG@10 on Cranfield, SciFact and XQuAD English,
  /// measured on 2026-11-23), and looking deeper than at twenty passages for them was worth nothing for the first ten.
  public static let knowledge = RankingSettings(
    saturation: 1.5,
    title: Weight(weight: 3, lengthNormalization: 0.75),
    aliases: Weight(weight: 3, lengthNormalization: 0.25),
    questions: Weight(weight: 1.5, lengthNormalization: 0.25),
    body: Weight(weight: 1, lengthNormalization: 0.75),
    pairWeight: 0.2, pairDepth: 20)

  /// Settings of one's own. `IndexBuilder.init` stops the program if a number lies outside its range.
  public init(
    saturation: Double, title: Weight, aliases: Weight, questions: Weight, body: Weight, pairWeight: Double,
    pairDepth: Int
  ) {
    self.saturation = saturation
    self.title = title
    self.aliases = aliases
    self.questions = questions
    self.body = body
    self.pairWeight = pairWeight
    self.pairDepth = pairDepth
  }

  /// The weight of a field.
  public subscript(field: Field) -> Weight {
    switch field {
    case .title: title
    case .aliases: aliases
    case .questions: questions
    case .body: body
    }
  }

  /// Whether every number lies in its range; an index with others is refused.
  var isSound: Bool {
    let weights = Field.allCases.map { self[$0] }
    return saturation > 0 && saturation <= 1000 && pairWeight >= 0 && pairWeight <= 100
      && (0...100_000).contains(pairDepth)
      && weights.allSatisfy {
        $0.weight >= 0 && $0.weight <= 1000 && (0...1).contains($0.lengthNormalization)
      }
  }

  /// Inverse document frequency of a term that `documentFrequency` of `count` passages hold; the form that is never
  /// negative (Lucene's BM25Similarity): ln(1 + (N - n + 0.5) / (n + 0.5)). A word that no passage holds has n = 0.
  public static func inverseDocumentFrequency(_ documentFrequency: Int, of count: Int) -> Double {
    let (n, all) = (Double(max(0, min(documentFrequency, count))), Double(max(0, count)))
    return log(1 + (all - n + 0.5) / (n + 0.5))
  }
}
