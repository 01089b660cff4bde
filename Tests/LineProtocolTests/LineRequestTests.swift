import Dialogue
import LineProtocol
import Testing

private func decode(_ line: String) throws(LineRequest.Fault) -> LineRequest {
  try LineRequest(line: Array(line.utf8))
}

private func refusal(_ line: [UInt8]) -> LineRequest.Fault? {
  do {
    _ = try LineRequest(line: line)
    return nil
  } catch { return error }
}

@Suite("Requests")
struct LineRequestTests {
  @Test("a JSON request has a question, and may have an id and a conversation")
  func json() throws {
    let name = "c-" + String(repeating: "0a", count: 16)
    let request = try decode(#" {"ask":"x"}"#)
    #expect(request.form == .text)
    let full = try decode(#"{ "id" : "7","conversation":"\#(name)" , "ask":"What \u00e9\ud83d\ude00\/\"\\?" }"#)
    #expect(full.text == "What é😀/\"\\?")
    #expect(full.id == "7")
    #expect(full.conversation?.rawValue == name)
    #expect(full.form == .json)
    #expect(!full.isRepaired)
  }

  @Test(
    "what is wrong with a JSON request is said",
    arguments: [
      (#"{"#, "double quotes"), (#"{}"#, "\"ask\" is missing"), (#"{"ask":"a",}"#, "double quotes"),
      (#"{"ask":"a","ask":"b"}"#, "twice"), (#"{"ask":"a","question":"b"}"#, "no key \"question\""),
      (#"{"ask":7}"#, "\"ask\" must be a string"), (#"{"ask":"a","id":7}"#, "\"id\" must be a string"),
      (#"{"ask":null}"#, "must be a string"), (#"{"ask":["a"]}"#, "must be a string"),
      (#"{"ask":{"ask":{"ask":"a"}}}"#, "must be a string"), (#"{"ask":"a"} x"#, "follows the object"),
      (#"{"ask":"a"}{"ask":"b"}"#, "follows the object"), (#"{"ask":"a"#, "does not end"),
      (#"{"ask":"\"#, "does not end"),
      (#"{"ask":"\x"}"#, "no such escape"), (#"{"ask":"\u12"}"#, "four hexadecimal"),
      (#"{"ask":"\ud800"}"#, "surrogate"), (#"{"ask":"\udc00\ud800"}"#, "surrogate"),
      (#"{"ask":"\ud800\u0041"}"#, "surrogate"), ("{\"ask\":\"a\tb\"}", "escape"), ("{\"ask\":\"a\0b\"}", "escape"),
      ("{\"ask\":\"a\u{FFFD}b\"}", "UTF-8"), (#"{ask:"a"}"#, "double quotes"), (#"{'ask':'a'}"#, "double quotes"),
      (#"{"ask" "a"}"#, "expected :"), (#"{"ask":"a" "id":"b"}"#, "expected , or }"),
      (#"{"\u001b[2J":"a"}"#, "no key \"[2J\""),
    ])
  func faults(line: String, sentence: String) throws {
    let fault = try #require(refusal(Array(line.utf8)))
    #expect(fault.form == .json)
    #expect(fault.reply.code == .invalidJSON)
    #expect(fault.reply.text.contains(sentence), "\(fault.reply.text)")
    #expect(!fault.reply.text.unicodeScalars.contains { $0.value < 0x20 })
  }

  @Test("bad UTF-8 in a JSON line is refused, not repaired")
  func badUTF8() {
    let line = Array(#"{"ask":"a"#.utf8) + [0xC0, 0xAF] + Array("\"}".utf8)
    #expect(refusal(line)?.reply.code == .invalidJSON)
  }

  @Test("an argument that is wrong keeps the request's id")
  func arguments() {
    let conversation = refusal(Array(#"{"ask":"a","id":"7","conversation":"mine"}"#.utf8))
    #expect(conversation?.reply.code == .invalidArgument)
    #expect(conversation?.reply.id == "7")
    let empty = refusal(Array(#"{"id":"8","ask":" \n "}"#.utf8))
    #expect(empty?.reply.code == .emptyRequest)
    #expect(empty?.reply.id == "8")
    let long = String(repeating: "é", count: 65)
    #expect(refusal(Array(#"{"ask":"a","id":"\#(long)"}"#.utf8))?.reply.code == .invalidArgument)
    #expect(refusal(Array(#"{"ask":"a","id":"\#(long.dropLast())"}"#.utf8)) == nil)
  }

  @Test("deep nesting costs nothing")
  func nesting() {
    #expect(refusal(Array((#"{"ask":"# + String(repeating: "[", count: 1_000_000)).utf8))?.reply.code == .invalidJSON)
  }

  @Test(
    "text is cleaned, and knows that it was",
    arguments: [
      ("plain", "plain", false), ("a\tb", "a b", false), ("café 東京", "café 東京", false), ("a\u{0}b", "ab", true),
      ("a\rb", "a b", true), ("a\u{1B}[2Jb\u{9B}c\u{7F}", "a[2Jbc", true), ("a\u{202E}b\u{2069}", "ab", true),
      ("\u{FEFF}/help", "/help", true), ("a\u{200B}b", "ab", true), ("👨\u{200D}👩", "👨\u{200D}👩", true),
      ("a\u{E0041}b", "ab", true), ("a\u{2028}b", "a b", true),
      ("caf\u{FFFD}\u{FFFD} is open", "caf\u{FFFD} is open", true),
    ])
  func cleaning(input: String, text: String, isRepaired: Bool) {
    let received = ReceivedText(Array(input.utf8))
    #expect(Array(received.text.utf8) == Array(text.utf8))
    #expect(received.isRepaired == isRepaired)
  }

  @Test(
    "each run of bytes that are not UTF-8 becomes one U+FFFD",
    arguments: [
      [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0x80], [0xE2, 0x82], [0xFF, 0xFE, 0xFD],
    ] as [[UInt8]])
  func invalidUTF8(run: [UInt8]) {
    let received = ReceivedText(Array("well then, ".utf8) + run + Array(" and on it goes".utf8))
    #expect(received.text == "well then, \u{FFFD} and on it goes")
    #expect(received.isRepaired)
    #expect(!received.isMostlyDamaged)
  }

  @Test("what is mostly not text is refused")
  func notText() {
    #expect(refusal([0x80, 0x01, 0x41, 0x99])?.reply.code == .notText)
    let utf16: [UInt8] = Array("What is trust?".utf8).flatMap { [$0, 0] }
    #expect(refusal(utf16)?.reply.code == .notText)
  }
}
