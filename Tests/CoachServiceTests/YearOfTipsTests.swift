import CoachService
import Coaching
import Corpus
import Testing

@Suite("A year of tips, as `coach tip --date` foretells it")
struct YearOfTipsTests {
  @Test(
    "brings no tip again before half a deck is through, gives each once a round, and names a passage that is there",
    arguments: [
      ("leads", ["trust", "followership", "team"]), ("deputies", ["managing-up", "politics", "influence", "conflict"]),
      ("heads", []),
    ])
  func year(channel: String, topics: [String]) throws {
    let catalogue = try Bench().workspace(knowledge: Bench.project + "Knowledge").catalogue()
    let tips = topics.isEmpty ? catalogue.tips : catalogue.tips.filter { topics.contains($0.topic) }
    #expect(tips.count >= 30)
    let firstDay = 20_788  // 1 December 2026
    let dealt = try (firstDay..<firstDay + 365).map {
      try #require(Deck.foretold(day: $0, owner: channel, tips: tips))
    }
    var lastDay: [String: Int] = [:]
    for (day, tip) in dealt.enumerated() {
      if let last = lastDay[tip.id] { #expect(day - last >= tips.count / 2, "\(tip.id) on days \(last) and \(day)") }
      lastDay[tip.id] = day
      #expect(catalogue[tip.from.document]?.passages.contains(tip.from) == true, "\(tip.id)")
    }
    let rounds = Dictionary(grouping: dealt.indices) { (firstDay + $0) / tips.count }
    for days in rounds.values { #expect(Set(days.map { dealt[$0].id }).count == days.count) }
    if 2 * tips.count <= dealt.count { #expect(lastDay.count == tips.count) }
  }
}
