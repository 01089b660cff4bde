import Coaching
import Corpus
import Foundation
import Testing

@Suite("A deck of tips")
struct DeckTests {
  private func tips(_ numbers: some Sequence<Int>) throws -> [Tip] {
    let from = try #require(PassageID(rawValue: "a#b"))
    return numbers.map {
      Tip(id: "topic/t\($0)", title: "T\($0)", text: "Do \($0).", topic: "topic", audience: "everyone", from: from)
    }
  }

  private func deal(_ count: Int, of tips: [Tip], from deck: inout Deck) -> [String] {
    (0..<count).compactMap { _ in deck.deal(from: tips)?.id }
  }

  @Test("deals every tip once a round, and never the same twice running", arguments: [1, 2, 3, 4, 7, 40])
  func rounds(count: Int) throws {
    let tips = try tips(0..<count)
    for owner in 0..<40 {
      var deck = Deck(owner: "owner \(owner)")
      let dealt = deal(count * 4, of: tips, from: &deck)
      for round in 0..<4 {
        #expect(Set(dealt[(round * count)..<((round + 1) * count)]).count == count)
      }
      if count > 1 { #expect(zip(dealt, dealt.dropFirst()).allSatisfy { $0 != $1 }, "\(owner): \(dealt)") }
    }
  }

  @Test("without tips deals nothing, and begins when there are some")
  func empty() throws {
    var deck = Deck(owner: "leads")
    #expect(deck.deal(from: []) == nil)
    #expect(deck.deal(from: try tips([1]))?.id == "topic/t1")
    #expect(deck.deal(from: []) == nil)
  }

  @Test("tips that come in the middle of a round are dealt in it, and repeat nothing", arguments: 0..<20)
  func added(seed: Int) throws {
    var deck = Deck(owner: "owner \(seed)")
    let before = deal(5, of: try tips(0..<10), from: &deck)
    let after = deal(10, of: try tips(0..<15), from: &deck)
    #expect(Set(before + after).count == 15)
    let next = deal(15, of: try tips(0..<15), from: &deck)
    #expect(Set(next).count == 15)
    #expect(next.first != after.last)
  }

  @Test("tips that go in the middle of a round are passed over, and the rest is dealt once", arguments: 0..<20)
  func removed(seed: Int) throws {
    var deck = Deck(owner: "owner \(seed)")
    let before = deal(4, of: try tips(0..<10), from: &deck)
    let left = try tips((0..<10).filter { !before.contains("topic/t\($0)") }.dropFirst(2))
    let after = deal(left.count, of: left, from: &deck)
    #expect(Set(after) == Set(left.map(\.id)))
  }

  @Test("a tip that went and came back is not dealt again in the round")
  func cameBack() throws {
    let all = try tips(0..<6)
    var deck = Deck(owner: "leads")
    let first = try #require(deck.deal(from: all)?.id)
    _ = deck.deal(from: all.filter { $0.id != first })
    let rest = deal(4, of: all, from: &deck)
    #expect(!rest.contains(first) && Set(rest).count == 4)
  }

  @Test("different owners get different orders, the same owner the same")
  func owners() throws {
    let tips = try tips(0..<20)
    func order(_ owner: String) -> [String] {
      var deck = Deck(owner: owner)
      return deal(20, of: tips, from: &deck)
    }
    #expect(Set((0..<50).map { order("owner \($0)") }).count == 50)
    #expect(order("leads") == order("leads"))
  }

  @Test("the order of the tips that it is given does not matter")
  func orderOfTips() throws {
    let tips = try tips(0..<12)
    var (one, other) = (Deck(owner: "leads"), Deck(owner: "leads"))
    #expect(deal(24, of: tips, from: &one) == deal(24, of: tips.reversed(), from: &other))
  }

  @Test("restored from its bytes after each tip, it deals as if nothing had happened")
  func restored() throws {
    let tips = try tips(0..<9)
    var whole = Deck(owner: "leads")
    var stored = Deck(owner: "leads").bytes
    for _ in 0..<30 {
      var deck = try #require(Deck(bytes: stored))
      #expect(deck.deal(from: tips) == whole.deal(from: tips))
      #expect(deck == whole)
      stored = deck.bytes
    }
  }

  @Test("bytes that are no deck give none", arguments: ["", "{}", "null", "[1]", #"{"owner":1}"#])
  func noDeck(text: String) {
    #expect(Deck(bytes: Array(text.utf8)) == nil)
  }

  @Test("foretold days are rounds without repeats, and no tip comes on two days running", arguments: [2, 3, 5, 40])
  func foretold(count: Int) throws {
    let tips = try tips(0..<count)
    for owner in 0..<40 {
      let days = (0..<(count * 3)).compactMap { Deck.foretold(day: $0, owner: "owner \(owner)", tips: tips)?.id }
      for round in 0..<3 { #expect(Set(days[(round * count)..<((round + 1) * count)]).count == count) }
      #expect(zip(days, days.dropFirst()).allSatisfy { $0 != $1 }, "\(owner): \(days)")
    }
  }

  @Test("what is foretold is what a deck deals that begins on the first day")
  func foretoldIsDealt() throws {
    let tips = try tips(0..<11)
    var deck = Deck(owner: "leads")
    for day in 0..<60 {
      #expect(Deck.foretold(day: day, owner: "leads", tips: tips) == deck.deal(from: tips))
    }
  }

  @Test("there is nothing to foretell without tips or before the first day")
  func nothingForetold() throws {
    #expect(Deck.foretold(day: 3, owner: "leads", tips: []) == nil)
    #expect(Deck.foretold(day: -1, owner: "leads", tips: try tips(0..<3)) == nil)
    #expect(Deck.foretold(day: .max, owner: "leads", tips: try tips(0..<3)) != nil)
  }

  @Test("at least half a deck lies between a tip and its next coming", arguments: [2, 3, 7, 34, 287])
  func spacing(count: Int) throws {
    let tips = try tips(0..<count)
    var last: [String: Int] = [:]
    for day in 0..<(count * 5) {
      let tip = try #require(Deck.foretold(day: day, owner: "leads", tips: tips))
      if let before = last[tip.id] { #expect(day - before >= (count + 1) / 2) }
      last[tip.id] = day
    }
  }
}
