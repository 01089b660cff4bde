import Dialogue
import LineProtocol
import Testing

/// What a client may send; none of it may be read differently when the network cuts it differently.
private let inputs: [(name: String, bytes: [UInt8])] = [
  ("lines", bytes("one\ntwo\r\nthree\r\0four")),
  ("bare CR and NUL", bytes("a\rb\n/he\0lp\n\0\n\r\n\r\r\nx\r")),
  (
    "JSON",
    bytes(#"{"ask":"What?","id":"7"}"# + "\n" + #"{"ask":"/width 40"}"# + "\r\n{\n{}\n" + #"{"ask":"a","ask":"b"}"#)
  ),
  (
    "bad UTF-8",
    bytes("caf") + [0xC3, 0xA9, 0x0A, 0xC0, 0xAF] + bytes("/help\n") + [0xED, 0xA0, 0x80, 0x0A, 0xE2, 0x82]
  ),
  (
    "telnet",
    [255, 251, 31, 255, 251, 24] + bytes("hi\r\n") + [255, 250, 31, 0, 40, 0, 24, 255, 240]
      + [255, 250, 24, 0] + bytes("XTERM") + [255, 240, 255, 246, 255, 253, 1, 255, 251, 1, 255, 252, 31]
      + bytes("long enough a question to be wrapped at forty columns, I hope\r\0") + [255, 255, 0x0A, 255, 244]
      + bytes("x") + [255, 244, 0x0A]
  ),
  (
    "broken subnegotiation", [255, 250, 39, 1, 2, 255, 253, 6] + bytes("hi\n") + [255, 250, 31, 255, 255, 255, 255, 9]
  ),
  ("overlong", bytes("a\n" + String(repeating: "x", count: 70) + "\nb\n{" + String(repeating: "y", count: 64) + "\nc")),
  ("limit", bytes(String(repeating: "x", count: 63) + "\n" + String(repeating: "y", count: 64) + "\n")),
  ("HTTP", bytes("GET / HTTP/1.1\r\nHost: x\r\n\r\n/quit\r\n")),
  ("TLS", [0x16, 0x03, 0x01, 0x02, 0x00, 0x0A, 0x01, 0xFF, 0xFB, 0x01]),
  ("SSH", bytes("SSH-2.0-OpenSSH_9.2p1 Debian\r\n")),
  ("quit", bytes("/prompt on\none\n/quit\ntwo\n")),
  ("errors", bytes(String(repeating: "\n", count: 12))),
  ("prompt and JSON", bytes("/prompt on\none\n" + #"{"ask":"two"}"# + "\nthree\n")),
]

private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

private func outcome(_ pieces: [ArraySlice<UInt8>]) -> (output: [UInt8], asked: [Utterance], isClosed: Bool) {
  var conversation = Conversation(limits: Session.Limits(lineBytes: 64), greeting: "Hello.")
  for piece in pieces { conversation.send(Array(piece)) }
  conversation.finish()
  return (conversation.output, conversation.asked, conversation.isClosed)
}

@Suite("A session, however its input is cut")
struct SessionCutTests {
  @Test("two pieces or single bytes give what the whole gives", arguments: inputs.indices)
  func anyCut(index: Int) {
    let input = inputs[index].bytes
    let whole = outcome([input[...]])
    #expect(whole.isClosed)
    for cut in input.indices {
      let cutOutcome = outcome([input[..<cut], input[cut...]])
      #expect(cutOutcome == whole, "\(inputs[index].name), cut at \(cut)")
    }
    #expect(outcome(input.indices.map { input[$0...$0] }) == whole, "\(inputs[index].name), byte by byte")
  }

  @Test("a thousand random inputs give the same whole, in bytes and in random pieces")
  func randomCuts() {
    var random = SeededGenerator(seed: 7)
    for round in 0..<1000 {
      let input = random.hostileBytes(count: Int.random(in: 0...300, using: &random))
      let whole = outcome([input[...]])
      var pieces: [ArraySlice<UInt8>] = []
      var rest = input[...]
      while !rest.isEmpty {
        let count = Int.random(in: 1...rest.count, using: &random)
        pieces.append(rest.prefix(count))
        rest = rest.dropFirst(count)
      }
      #expect(outcome(pieces) == whole, "round \(round): \(input)")
      #expect(outcome(input.indices.map { input[$0...$0] }) == whole, "round \(round), byte by byte: \(input)")
    }
  }
}
