import Dialogue
import Foundation
import Testing

@Suite("The JSON form of a reply")
struct ReplyJSONTests {
  private func decoded(_ json: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
  }

  @Test("unused fields are left out")
  func unusedFields() throws {
    let object = try decoded(Reply(kind: .notice, text: "hello").json())
    #expect(Set(object.keys) == ["kind", "text"])
  }

  @Test("a full answer carries every field in its shape")
  func fullAnswer() throws {
    var reply = Reply(
      kind: .answer, text: "t", answer: "a", practice: "If x, then y.", question: "q?",
      passages: [
        Reply.Passage(id: "d#s", document: "d", title: "T", text: "p", source: "S", score: 0.833_333)
      ], near: [Reply.Topic(document: "n", title: "N")], confidence: 0.91, repaired: ["personel": "personal"],
      degraded: "lexical")
    reply.id = "7"
    let object = try decoded(reply.json())
    #expect(object["id"] as? String == "7")
    #expect((object["passages"] as? [[String: Any]])?.first?["score"] as? Double == 0.833)
    #expect((object["near"] as? [[String: String]])?.first == ["document": "n", "title": "N"])
    #expect(object["repaired"] as? [String: String] == ["personel": "personal"])
    #expect(object["confidence"] as? Double == 0.91)
  }

  @Test("whatever the text, the JSON is one line without control characters and reads back the same")
  func oneLine() throws {
    for value in UInt32(0)...0x2100 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let text = "a\(scalar)\"\\\n\u{2028}\u{1F642}b"
      let json = Reply(kind: .notice, text: text).json()
      let hasControl = json.unicodeScalars.contains {
        $0.value < 0x20 || (0x7F...0x9F).contains($0.value) || $0.value == 0x2028 || $0.value == 0x2029
      }
      #expect(!hasControl)
      #expect(try decoded(json)["text"] as? String == text)
    }
  }

  @Test("numbers that JSON cannot hold are left out")
  func numbers() throws {
    for confidence in [Double.nan, .infinity, -.infinity, 1e300] {
      let object = try decoded(Reply(kind: .unknown, text: "", confidence: confidence).json())
      #expect(object["confidence"] == nil)
    }
  }
}
