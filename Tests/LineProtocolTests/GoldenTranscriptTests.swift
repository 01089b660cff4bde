import Dialogue
import Foundation
import LineProtocol
import Testing

/// Sessions as files: `C:` lines are sent as they stand (with `\r`, `\n`, `\xFF` escapes; no line end is added), `S:` lines
/// are what must come back, each ended by LF unless it says otherwise. `end` is the end of the client's input.
@Suite("Golden transcripts")
struct GoldenTranscriptTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")

  static var names: [String] {
    get throws {
      try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".session") }.sorted()
    }
  }

  @Test("every transcript comes out as it stands", arguments: try names)
  func transcript(name: String) throws {
    let file = try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8)
    var conversation = Conversation(limits: .init(lineBytes: 100), greeting: "Inner Coach: ask, or type /help.")
    var expected: [UInt8] = []
    for line in file.split(separator: "\n") {
      if line.hasPrefix("C: ") {
        conversation.send(Self.unescaped(line.dropFirst(3)))
      } else if line == "end" {
        conversation.finish()
      } else if line.hasPrefix("S:") {
        expected += Self.unescaped(line.dropFirst(2).drop { $0 == " " })
        if expected.last == UInt8(ascii: "$") { expected.removeLast() } else { expected.append(0x0A) }
      } else {
        #expect(line.hasPrefix("#"), "\(name): \(line)")
      }
    }
    conversation.work()
    #expect(conversation.output == expected, "\(name): \(String(decoding: conversation.output, as: UTF8.self))")
  }

  @Test("there are transcripts")
  func present() throws {
    #expect(try Self.names.count >= 4)
  }

  private static func unescaped(_ text: Substring) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = Substring(text).utf8
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\"), let escape = rest.popFirst() else {
        bytes.append(byte)
        continue
      }
      switch escape {
      case UInt8(ascii: "n"): bytes.append(0x0A)
      case UInt8(ascii: "r"): bytes.append(0x0D)
      case UInt8(ascii: "x"):
        bytes.append(UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) ?? 0)
        rest = rest.dropFirst(2)
      default: bytes += [byte, escape]
      }
    }
    return bytes
  }
}
