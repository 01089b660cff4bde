import CoachService
import Testing

@Suite("Measures of a ranking")
struct RankingMeasuresTests {
  @Test(
    "nDCG is what one computes by hand",
    arguments: [
      // Gains 3, 2, 1 in the best order.
      (["a", "b", "c"], 10, 1.0),
      // (1 + 2 / log2 3 + 3 / 2) / (3 + 2 / log2 3 + 1 / 2)
      (["c", "b", "a"], 10, 0.7899980042460358),
      // 3 / (3 + 2 / log2 3 + 1 / 2)
      (["a"], 10, 0.6300059872618923),
      // Cut at two: (2 + 0) / (3 + 2 / log2 3)
      (["b", "x", "a"], 2, 0.46927872602275644),
      (["x", "y"], 10, 0.0), ([], 10, 0.0),
    ] as [([String], Int, Double)])
  func ndcg(ranking: [String], depth: Int, value: Double) {
    let computed = RankingMeasures.ndcg(ranking, gains: ["a": 3, "b": 2, "c": 1, "d": 0], at: depth)
    #expect(abs(computed - value) < 1e-9, "\(computed)")
  }

  @Test("nothing judged, or only what is useless, measures nothing")
  func nothingJudged() {
    #expect(RankingMeasures.ndcg(["a"], gains: [:], at: 10) == 0)
    #expect(RankingMeasures.ndcg(["a"], gains: ["a": 0, "b": -1], at: 10) == 0)
    #expect(RankingMeasures.ndcg(["a"], gains: ["a": 1], at: 0) == 0)
  }

  @Test(
    "the reciprocal rank is that of the first relevant document",
    arguments: [
      (["a", "b"], 1.0), (["x", "a", "b"], 0.5), (["x", "y", "z", "b"], 0.25), (["x"], 0.0), ([], 0.0),
    ] as [([String], Double)])
  func reciprocal(ranking: [String], value: Double) {
    #expect(RankingMeasures.reciprocalRank(ranking, relevant: ["a", "b"]) == value)
  }
}
