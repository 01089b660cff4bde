import LineProtocol
import Testing

private func frames(_ bytes: [UInt8], limit: Int = 16) -> [LineFramer.Frame] {
  var framer = LineFramer(limitBytes: limit)
  var position = 0
  var frames: [LineFramer.Frame] = []
  while let frame = framer.next(in: bytes, from: &position, to: bytes.count) { frames.append(frame) }
  if let last = framer.finishInput() { frames.append(last) }
  return frames
}

private func line(_ text: String) -> LineFramer.Frame { .line(Array(text.utf8)) }

@Suite("Line framing")
struct LineFramerTests {
  @Test(
    "LF, CR LF and CR NUL end a line, a bare CR and a bare NUL do not, and the last line needs no end",
    arguments: [
      ("a\nb\n", ["a", "b"]), ("a\r\nb\r\n", ["a", "b"]), ("a\r\0b\r\0", ["a", "b"]), ("a\nb", ["a", "b"]),
      ("a\rb\n", ["a\rb"]), ("a\0b\n", ["a\0b"]), ("\n\r\n\r\0", ["", "", ""]), ("", []), ("a\r\r\n", ["a\r"]),
      ("a\r", ["a"]), ("\0\n", ["\0"]),
    ])
  func ends(input: String, expected: [String]) {
    #expect(frames(Array(input.utf8)) == expected.map(line))
  }

  @Test("a line may be as long as the limit, its end included, and no longer")
  func limit() {
    let fits = [UInt8](repeating: 0x78, count: 15)
    #expect(frames(fits + [0x0A]) == [.line(fits)])
    #expect(frames(fits + [0x78, 0x0A] + Array("b\n".utf8)) == [.tooLong(beginning: fits + [0x78]), line("b")])
    #expect(frames(Array(fits.dropLast()) + [0x0D, 0x0A]) == [.line(Array(fits.dropLast()))])
  }

  @Test("one error stands for a line of any length, and after 1 MiB there is no hope")
  func hopeless() {
    let long = [UInt8](repeating: 0x78, count: 100_000)
    #expect(frames(long + long + [0x0A, 0x61]).count == 2)
    var framer = LineFramer(limitBytes: 16)
    var found: [LineFramer.Frame] = []
    for _ in 0..<40 {
      var position = 0
      while let frame = framer.next(in: long, from: &position, to: long.count) { found.append(frame) }
    }
    #expect(found.count == 2)
    #expect(found.last == .hopeless)
    #expect(framer.begun.isEmpty)
  }

  @Test("a line that was taken back leaves nothing behind")
  func discard() {
    var framer = LineFramer()
    var position = 0
    #expect(framer.next(in: Array("half".utf8), from: &position, to: 4) == nil)
    #expect(framer.hasBegun)
    framer.discard()
    #expect(!framer.hasBegun)
    #expect(framer.finishInput() == nil)
  }
}
