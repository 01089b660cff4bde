import LineProtocol
import Testing

private let (se, ayt, sb, will, wont, doIt, dont, iac): (UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8) =
  (240, 246, 250, 251, 252, 253, 254, 255)
private let (terminalType, windowSize): (UInt8, UInt8) = (24, 31)
private let asked: [UInt8] = [iac, doIt, windowSize, iac, doIt, terminalType]

private struct Filtered: Equatable {
  var events: [TelnetFilter.Event] = []
  var answers: [UInt8] = []
  var data: [UInt8] = []

  init(_ bytes: [UInt8], at time: (Int) -> Duration = { _ in .zero }) {
    var filter = TelnetFilter()
    for (index, byte) in bytes.enumerated() {
      switch filter.consume(byte, at: time(index), answers: &answers) {
      case .data(let byte): data.append(byte)
      case .some(let event): events.append(event)
      case nil: break
      }
    }
  }
}

@Suite("Telnet")
struct TelnetFilterTests {
  @Test("a client that does not negotiate is sent nothing")
  func silence() {
    let filtered = Filtered(Array("hello\r\n".utf8) + [iac, iac, iac, 241, iac, 242, iac, 243])
    #expect(filtered.answers.isEmpty)
    #expect(filtered.events.isEmpty)
    #expect(filtered.data == Array("hello\r\n".utf8) + [255])
  }

  @Test("the first option makes us ask for window size and terminal type, once")
  func asksOnce() {
    let filtered = Filtered([iac, will, windowSize, iac, will, terminalType, iac, will, windowSize])
    #expect(filtered.events == [.negotiating])
    #expect(filtered.answers == asked + [iac, sb, terminalType, 1, iac, se])
  }

  @Test("an option is refused once, however often it is offered", arguments: [will, doIt])
  func refusesOnce(verb: UInt8) {
    var bytes: [UInt8] = []
    for round in 0..<10_000 { bytes += [iac, verb, UInt8(round % 256)] }
    let answers = Filtered(bytes).answers
    #expect(answers.count / 3 <= 256 + 4)
    let refusal = verb == will ? dont : wont
    #expect(Set(answers.indices.filter { answers[$0] == refusal && answers[max($0 - 1, 0)] == iac }).count <= 256)
  }

  @Test("no sequence of offers and refusals is answered by more than it holds")
  func cannotLoop() {
    var random = SeededGenerator(seed: 3)
    for _ in 0..<500 {
      var filter = TelnetFilter()
      var rounds = 0
      var incoming: [UInt8] = []
      for _ in 0..<20 {
        incoming += [iac, UInt8.random(in: 251...254, using: &random), [1, 24, 31].randomElement(using: &random) ?? 1]
      }
      // The worst peer: one that turns each of our answers into the next offer.
      while !incoming.isEmpty, rounds < 100 {
        var answers: [UInt8] = []
        for byte in incoming { _ = filter.consume(byte, at: .zero, answers: &answers) }
        incoming = Self.acknowledged(answers)
        rounds += 1
      }
      #expect(rounds < 10)
    }
  }

  /// What a peer by RFC 854 answers: DO with WILL, DONT with WONT, WILL with DO, WONT with DONT.
  private static func acknowledged(_ answers: [UInt8]) -> [UInt8] {
    let opposite: [UInt8: UInt8] = [doIt: will, dont: wont, will: doIt, wont: dont]
    var reply: [UInt8] = []
    var index = 0
    while index + 2 < answers.count {
      if let verb = opposite[answers[index + 1]] {
        reply += [iac, verb, answers[index + 2]]
        index += 3
      } else {
        index += 6
      }
    }
    return reply
  }

  @Test(
    "a window's width is taken if it is one",
    arguments: [
      ([0, 100, 0, 24], 100), ([0, 0, 0, 0], nil), ([255, 255, 255, 255, 255, 255, 255, 255], 65_535), ([0, 100], nil),
      ([0, 255, 255, 0, 24], 255), ([0, 100, 0, 24, 9], nil),
    ] as [([UInt8], Int?)])
  func width(parameters: [UInt8], expected: Int?) {
    let filtered = Filtered([iac, will, windowSize, iac, sb, windowSize] + parameters + [iac, se])
    #expect(filtered.events == [.negotiating] + (expected.map { [.width($0)] } ?? []))
    #expect(filtered.data.isEmpty)
  }

  @Test("a terminal's name is cut to letters, digits and dashes, and taken once")
  func terminal() {
    let name = Array("XTERM-256;rm -rf \u{1B}[2J".utf8)
    let told = [iac, sb, terminalType, 0] + name + [iac, se]
    let filtered = Filtered([iac, will, terminalType] + told + told)
    #expect(filtered.events == [.negotiating, .terminal("XTERM-256rm-rf2J")])
  }

  @Test("subnegotiations that nobody asked for are read and dropped", arguments: [31, 24, 34, 39, 0, 255] as [UInt8])
  func unasked(option: UInt8) {
    let filtered = Filtered([iac, sb, option == 255 ? 254 : option, 0] + Array("USER=-f root".utf8) + [iac, se, 0x61])
    #expect(filtered == Filtered([0x61]))
  }

  @Test("a subnegotiation without an end is given up at 4 KiB")
  func endless() {
    let filtered = Filtered([iac, sb, 34] + [UInt8](repeating: 1, count: 4096))
    #expect(filtered.events.count == 1)
    #expect(filtered.events.first == .overflow)
  }

  @Test("AYT is answered at most once a second")
  func areYouThere() {
    let bytes = [UInt8](repeating: 0, count: 3).flatMap { _ in [iac, ayt] }
    #expect(Filtered(bytes).events == [.areYouThere])
    #expect(Filtered(bytes, at: { .milliseconds($0 * 500) }).events == [.areYouThere, .areYouThere, .areYouThere])
  }
}
