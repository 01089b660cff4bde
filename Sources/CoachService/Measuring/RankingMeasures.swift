import Foundation

/// Measures of a ranking, as trec_eval defines them.
package enum RankingMeasures {
  /// Normalised discounted cumulative gain at a depth, with linear gains (Järvelin and Kekäläinen 2002; trec_eval's `ndcg_cut`).
  ///
  /// - Parameter gains: judged gain by document; documents that are not judged gain nothing.
  /// - Returns: 0 to 1; 0 when nothing is judged.
  package static func ndcg(_ ranking: [String], gains: [String: Double], at depth: Int) -> Double {
    let ideal = discounted(gains.values.filter { $0 > 0 }.sorted(by: >).prefix(depth))
    guard ideal > 0 else { return 0 }
    return discounted(ranking.prefix(depth).map { gains[$0] ?? 0 }) / ideal
  }

  /// One over the rank of the first relevant document; 0 when there is none.
  package static func reciprocalRank(_ ranking: [String], relevant: Set<String>) -> Double {
    ranking.firstIndex(where: relevant.contains).map { 1 / Double($0 + 1) } ?? 0
  }

  private static func discounted(_ gains: some Sequence<Double>) -> Double {
    gains.enumerated().reduce(0) { $0 + $1.element / log2(Double($1.offset) + 2) }
  }
}
