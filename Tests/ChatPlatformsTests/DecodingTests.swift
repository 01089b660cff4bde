import ChatPlatforms
import Foundation
import Testing

@Suite("Forms, JSON and words, strictly read")
struct DecodingTests {
  @Test(
    "a form's fields are decoded",
    arguments: [
      ("a=b", ["a": "b"]), ("a=b+c&d=", ["a": "b c", "d": ""]), ("a", ["a": ""]), ("", [:]), ("&&a=b&", ["a": "b"]),
      ("a=b=c", ["a": "b=c"]), ("%61=%C3%A9%2B", ["a": "é+"]), ("a=%f0%9F%99%82", ["a": "🙂"]), ("=x", ["": "x"]),
    ])
  func decodesForm(text: String, fields: [String: String]) throws {
    let form = try FormFields(Array(text.utf8))
    #expect(Set(form.names) == Set(fields.keys))
    for (name, value) in fields { #expect(form[name] == value) }
  }

  @Test(
    "a form that could be read in two ways is refused",
    arguments: [
      ("a=1&a=2", .duplicate("a")), ("a=1&%61=2", .duplicate("a")), ("a=%", .badEscape), ("a=%4", .badEscape),
      ("a=%4g", .badEscape), ("a=%00", .notText), ("a=%ff", .notText), ("a=%c3", .notText),
      ((0...100).map { "f\($0)" }.joined(separator: "&"), .tooManyFields),
    ] as [(String, FormFields.Failure)])
  func refusesForm(text: String, failure: FormFields.Failure) {
    #expect(throws: failure) { try FormFields(Array(text.utf8)) }
  }

  @Test("a form of 100 fields is taken")
  func takesHundredFields() throws {
    #expect(try FormFields(Array((0..<100).map { "f\($0)" }.joined(separator: "&").utf8)).names.count == 100)
  }

  @Test(
    "JSON is read",
    arguments: [
      (" null ", .null), ("true", .bool(true)), ("-0.5e+2", .number(-50)), ("0", .number(0)), ("[]", .array([])),
      ("{}", .object([:])), (#""a\"\\\/\b\f\n\r\té🙂\ud83d\ude42""#, .string("a\"\\/\u{8}\u{C}\n\r\té🙂🙂")),
      (
        #"{"a":[1,{"b":false}], "c" : "" }"#,
        .object([
          "a": .array([.number(1), .object(["b": .bool(false)])]), "c": .string(""),
        ])
      ), (#""\u0000""#, .string("\u{0}")),
    ] as [(String, JSONValue)])
  func readsJSON(text: String, value: JSONValue) throws {
    #expect(try JSONValue(parsing: Array(text.utf8)) == value)
  }

  @Test(
    "what is not JSON by the letter is refused",
    arguments: [
      ("", .syntax), ("{", .syntax), ("[1,]", .syntax), (#"{"a":1,}"#, .syntax), (#"{"a" 1}"#, .syntax),
      ("{a:1}", .syntax), ("'a'", .syntax), ("01", .syntax), ("1.", .syntax), (".5", .syntax), ("+1", .syntax),
      ("1e", .syntax), ("-", .syntax), ("NaN", .syntax), ("Infinity", .syntax), ("0x10", .syntax), ("tru", .syntax),
      ("1 2", .syntax), ("\u{FEFF}1", .syntax), ("\"a\nb\"", .syntax), (#""a"#, .syntax), (#""\x""#, .syntax),
      (#""\u12g4""#, .syntax), (#""\u12"#, .syntax), ("1e999", .notFinite), ("-1e999", .notFinite),
      (#""\ud800""#, .notText), (#""\udc00""#, .notText), (#""\ud800\u0041""#, .notText),
      (#"{"a":1,"a":1}"#, .duplicateKey("a")), (#"{"a":1,"\u0061":1}"#, .duplicateKey("a")),
      (String(repeating: "[", count: 33), .tooDeep), (String(repeating: "[", count: 1_000_000), .tooDeep),
    ] as [(String, JSONValue.Failure.Reason)])
  func refusesJSON(text: String, reason: JSONValue.Failure.Reason) {
    let failure = #expect(throws: JSONValue.Failure.self) { try JSONValue(parsing: Array(text.utf8)) }
    #expect(failure?.reason == reason)
  }

  @Test("bytes that are not UTF-8 are refused inside a string")
  func refusesBadUTF8() {
    let failure = #expect(throws: JSONValue.Failure.self) { try JSONValue(parsing: [0x22, 0xFF, 0x22]) }
    #expect(failure?.reason == .notText)
  }

  @Test("nesting of 32 is taken")
  func takesDepth() throws {
    let text = String(repeating: "[", count: 32) + String(repeating: "]", count: 32)
    _ = try JSONValue(parsing: Array(text.utf8))
  }

  @Test("of 20,000 damaged texts none stops the program, and none is taken that Foundation refuses")
  func survivesDamage() {
    var generator = SplitMix(state: 7)
    let original = Array(SignedRequest.eventBody.utf8)
    for _ in 0..<20_000 {
      var bytes = original.prefix(Int.random(in: 0...original.count, using: &generator))
      if let index = bytes.indices.randomElement(using: &generator) { bytes[index] = generator.next(upperBound: 255) }
      if (try? JSONValue(parsing: Array(bytes))) != nil {
        #expect((try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)) != nil)
      }
      _ = try? FormFields(bytes)
    }
  }

  @Test(
    "words are one line without control characters",
    arguments: [
      ("  how   are\tyou\r\n ", "how are you", false), ("a\u{0}b", "ab", true), ("/he\u{1B}lp", "/help", true),
      ("a\u{FFFD}b", "a\u{FFFD}b", true), ("a\u{A0}b\u{2028}c", "a b c", false), ("", "", false), ("é🙂", "é🙂", false),
    ])
  func cleansWords(raw: String, text: String, isRepaired: Bool) {
    let words = Words(raw)
    #expect(words.text == text)
    #expect(words.isRepaired == isRepaired)
  }

  @Test("words end at 8 KiB, at a whole scalar, and then are never a command")
  func boundsWords() {
    let words = Words(String(repeating: "🙂", count: 5000))
    #expect(words.text.utf8.count == Words.limitBytes)
    #expect(words.isRepaired)
  }
}
