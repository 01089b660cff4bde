import Dialogue
import LineProtocol
import Testing

@Suite("A session, whatever it is sent")
struct SessionFuzzTests {
  @Test("nothing that is sent traps, and each text reply ends with the one blank line in it", arguments: 0..<8)
  func survives(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    for _ in 0..<12_500 {
      let input = random.hostileBytes(count: Int.random(in: 0...120, using: &random))
      var session = Session(limits: Session.Limits(lineBytes: 100), greeting: "", at: .zero)
      session.receive(input, at: .zero)
      session.finishInput()
      while let action = session.next() {
        if case .ask(let utterance) = action { session.answer(Reply(kind: .answer, text: utterance.text)) }
      }
      let output = session.takeOutput()
      if let complaint = Self.complaint(about: output) { Issue.record("\(complaint): \(input) gave \(output)") }
    }
  }

  @Test("a hostile reply text gives one reply, without control bytes", arguments: 0..<4)
  func rendersAnything(seed: Int) {
    var random = SeededGenerator(seed: UInt64(100 + seed))
    for _ in 0..<2500 {
      let text = String(decoding: random.hostileBytes(count: Int.random(in: 0...400, using: &random)), as: UTF8.self)
      var renderer = TextRenderer()
      renderer.width = Int.random(in: TextRenderer.widths, using: &random)
      let rendered = Array(renderer.text(of: Reply(kind: .answer, text: text)).utf8)
      let lines = rendered.split(separator: 0x0A, omittingEmptySubsequences: false)
      #expect(
        lines.count >= 3 && lines.suffix(2).allSatisfy(\.isEmpty) && !lines.dropLast(2).contains(where: \.isEmpty))
      #expect(!rendered.contains { ($0 < 0x20 && $0 != 0x0A) || $0 == 0x7F })
      if let complaint = Self.complaint(about: rendered) { Issue.record("\(complaint): \(text.debugDescription)") }
    }
  }

  @Test("every pair of bytes in a question comes back without control bytes")
  func echoesPairs() {
    for first in UInt8.min...UInt8.max {
      var conversation = Conversation(limits: Session.Limits(errorsInARow: 1000))
      for second in UInt8.min...UInt8.max { conversation.send([0x61, first, second, 0x62, 0x0A]) }
      if let complaint = Self.complaint(about: conversation.output) { Issue.record("\(complaint): \(first)") }
    }
  }

  /// What must never be in an output, telnet answers, line ends, prompts and colours apart.
  private static func complaint(about output: [UInt8]) -> String? {
    var plain: [UInt8] = []
    var index = 0
    while index < output.count {
      let byte = output[index]
      if byte == 255 {
        // Our own telnet bytes: three, or the six of the terminal question.
        index += index + 1 < output.count && output[index + 1] == 250 ? 6 : 3
        continue
      }
      if byte == 0x1B {
        // Our own colours: ESC [ digits m.
        guard let end = output[index...].prefix(6).firstIndex(of: UInt8(ascii: "m")) else { return "an escape" }
        index = end + 1
        continue
      }
      plain.append(byte)
      index += 1
    }
    guard let text = String(validating: plain, as: UTF8.self) else { return "not UTF-8" }
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x0A, 0x0D: break
      case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069, 0xE0000...0xE007F: return "control \(scalar.value)"
      default: break
      }
    }
    // No two blank lines together: no reply is empty, and none has a blank line inside (its own end is the only one).
    let normalized = plain.filter { $0 != 0x0D }
    return normalized.indices.dropLast(2).contains { normalized[$0..<($0 + 3)].allSatisfy { $0 == 0x0A } }
      ? "two blank lines" : nil
  }
}
