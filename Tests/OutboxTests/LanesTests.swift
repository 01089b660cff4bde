import Outbox
import Testing

@Suite struct LanesTests {
  private let limits = Lanes.Limits(rate: 1, burst: 5, perLane: 4, total: 64)

  @Test("a lane never heard of proves itself with one attempt")
  func proof() {
    var lanes = Lanes(limits: limits)
    #expect(lanes.allowance(at: .zero).total == 64)
    #expect(lanes.allowance(at: .zero).unknownLane == 1)
    #expect(lanes.allowance(at: .zero).lanes.isEmpty)
    lanes.started("a", at: .zero)
    #expect(lanes.allowance(at: .zero).lanes["a"] == 0)
    lanes.finished("a", answered: true)
    #expect(lanes.allowance(at: .zero).lanes["a"] == 4)
  }

  @Test("a lane gets its burst, then its rate")
  func rate() {
    var lanes = Lanes(limits: limits)
    var started = 0
    for millisecond in 0..<20_000 {
      let now = Duration.milliseconds(millisecond)
      let allowance = lanes.allowance(at: now)
      for _ in 0..<(allowance.lanes["a"] ?? allowance.unknownLane) {
        lanes.started("a", at: now)
        lanes.finished("a", answered: true)
        started += 1
      }
    }
    #expect((24...25).contains(started))
  }

  @Test("lanes never heard of leave slots to those that answer")
  func neverHeard() {
    var lanes = Lanes(limits: limits)
    lanes.started("good", at: .zero)
    lanes.finished("good", answered: true)
    for number in 0..<200 where lanes.allowance(at: .zero).unknownLane > 0 { lanes.started("new\(number)", at: .zero) }
    #expect(lanes.inFlight == 56)
    #expect(lanes.allowance(at: .zero).total == 8)
    #expect(lanes.allowance(at: .zero).lanes["good"] == 4)
  }

  @Test("lanes that do not answer never take more than half of the slots")
  func failing() {
    var lanes = Lanes(limits: limits)
    for number in 0..<100 {
      lanes.started("dead\(number)", at: .zero)
      lanes.finished("dead\(number)", answered: false)
    }
    for number in 0..<100 where lanes.allowance(at: .zero).lanes["dead\(number)"] == 1 {
      lanes.started("dead\(number)", at: .zero)
    }
    #expect(lanes.inFlight == 32)
    #expect(lanes.allowance(at: .zero).unknownLane == 1)
  }

  @Test("a lane that stops answering falls back to one attempt at a time")
  func fallsBack() {
    var lanes = Lanes(limits: limits)
    lanes.started("a", at: .zero)
    lanes.finished("a", answered: true)
    lanes.started("a", at: .zero)
    lanes.finished("a", answered: false)
    #expect(lanes.allowance(at: .zero).lanes["a"] == 1)
  }

  @Test("an attempt that was not made says nothing about the receiver")
  func notMade() {
    var lanes = Lanes(limits: limits)
    lanes.started("a", at: .zero)
    lanes.finished("a", answered: true)
    lanes.started("a", at: .zero)
    lanes.finished("a", answered: nil)
    #expect(lanes.allowance(at: .zero).lanes["a"] == 3)
    #expect(lanes.inFlight == 0)
  }

  @Test("a paused lane rests until its time")
  func pause() {
    var lanes = Lanes(limits: limits)
    lanes.started("a", at: .zero)
    lanes.finished("a", answered: true)
    lanes.pause("a", until: .seconds(600))
    #expect(lanes.allowance(at: .seconds(599)).lanes["a"] == 0)
    #expect(lanes.allowance(at: .seconds(600)).lanes["a"] == 4)
  }

  @Test("lanes that are at rest are forgotten when there are many")
  func forgetting() {
    var lanes = Lanes(limits: limits)
    for number in 0..<5000 {
      lanes.started("host\(number)", at: .zero)
      lanes.finished("host\(number)", answered: true)
    }
    #expect(lanes.allowance(at: .seconds(10)).lanes.isEmpty)
  }
}
