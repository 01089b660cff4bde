package import Corpus
import Foundation

/// A shuffled pile of tips that is dealt from the top and shuffled again when it is through: no tip comes twice in a round.
///
/// Invariant: `remaining` and `dealt` share no id. Tips that appear while a round lasts are put at random places of the
/// rest, tips that disappear are passed over.
package struct Deck: Sendable, Equatable, Codable {
  private var owner: String
  private var round = -1
  private var remaining: [String] = []
  private var dealt: [String] = []

  /// - Parameter owner: whose deck it is (a channel's or a conversation's name); different owners get different orders.
  package init(owner: String) {
    self.owner = owner
  }

  /// Deals the next of `tips`, or nil when there are none. Complexity: linear in the number of tips.
  package mutating func deal(from tips: [Tip]) -> Tip? {
    guard !tips.isEmpty else { return nil }
    let known = Dictionary(tips.map { ($0.id, $0) }) { first, _ in first }
    refill(with: known.keys.sorted())
    while let id = remaining.popLast() {
      guard let tip = known[id] else { continue }
      dealt.append(id)
      return tip
    }
    return nil
  }

  private mutating func refill(with ids: [String]) {
    let seen = Set(dealt).union(remaining)
    if seen.isEmpty { return startRound(of: ids) }
    let fresh = ids.filter { !seen.contains($0) }
    let known = Set(ids)
    remaining.removeAll { !known.contains($0) }
    if remaining.isEmpty && fresh.isEmpty { return startRound(of: ids) }
    var generator = SeededGenerator(seed: "\(owner)/\(round)/\(dealt.count)")
    for id in fresh { remaining.insert(id, at: Int.random(in: 0...remaining.count, using: &generator)) }
  }

  /// Only the given tips begin again: those of other topics that were dealt stay dealt.
  private mutating func startRound(of ids: [String]) {
    let last = dealt.last
    let known = Set(ids)
    round &+= 1
    dealt.removeAll(where: known.contains)
    remaining = Self.order(of: ids, owner: owner, round: round).reversed()
    if remaining.count > 1, remaining.last == last { remaining.swapAt(remaining.count - 1, remaining.count - 2) }
  }

  /// The tip that a deck which nobody changes gives on a day: round after round of all tips, one a day.
  ///
  /// - Parameter day: days since any fixed day, 0 or more.
  package static func foretold(day: Int, owner: String, tips: [Tip]) -> Tip? {
    guard day >= 0, !tips.isEmpty else { return nil }
    let ids = tips.map(\.id).sorted()
    let order = order(of: ids, owner: owner, round: day / ids.count)
    return tips.first { $0.id == order[day % ids.count] }
  }

  /// The order of a round, first to last. The owner's tips are parted into two halves for good, and a round shuffles each by
  /// itself: so at least half a deck lies between a tip and its next coming, also over the seam of two rounds.
  private static func order(of ids: [String], owner: String, round: Int) -> [String] {
    var generator = SeededGenerator(seed: owner)
    let all = ids.shuffled(using: &generator)
    var shuffle = SeededGenerator(seed: "\(owner)/\(round)")
    let half = all.count / 2
    return all.prefix(half).shuffled(using: &shuffle) + all.dropFirst(half).shuffled(using: &shuffle)
  }

  /// The form in which a deck is stored.
  package var bytes: [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return (try? encoder.encode(self)).map([UInt8].init) ?? []
  }

  /// Restores a stored deck; nil for bytes that are none.
  package init?(bytes: [UInt8]) {
    guard let deck = try? JSONDecoder().decode(Deck.self, from: Data(bytes)) else { return nil }
    self = deck
  }
}

/// SplitMix64 (Steele, Lea and Flood, OOPSLA 2014), seeded from text by FNV-1a: the same text gives the same order on
/// every machine, which lets `coach tip --date` foretell a deck. Not for secrets.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: String) {
    state = seed.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
