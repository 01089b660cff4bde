import ChatPlatforms
import Dialogue
import Foundation
import Testing
import WebServer

@Suite("The interface for programs")
struct APITests {
  @Test("a question gets the reply, with its id and its conversation")
  func asks() async throws {
    try await withServer { client, calls in
      let conversation = "c-0123456789abcdef0123456789abcdef"
      let response = try await client.ask(#"{"ask":" how\nso? ","id":"7","conversation":"\#(conversation)"}"#)
      #expect(response.status == 200)
      #expect(response.headers["content-type"] == "application/json; charset=utf-8")
      let reply = try #require(try json(response.body) as? [String: Any])
      #expect(reply["kind"] as? String == "answer")
      #expect(reply["id"] as? String == "7")
      #expect(reply["conversation"] as? String == conversation)
      let utterance = try #require(calls.asks.first)
      #expect(utterance.text == "how so?")
      #expect(utterance.surface == .http)
    }
  }

  @Test("a conversation that was never issued starts afresh")
  func startsAfresh() async throws {
    try await withServer { client, calls in
      try await expect(200, from: client.ask(#"{"ask":"how?","conversation":"mine"}"#))
      #expect(calls.asks.map(\.conversation) == [nil])
    }
  }

  @Test(
    "a body that is not a question is refused, and the fault is named",
    arguments: [
      ("", "byte 0", "invalid-json"), ("[]", "object", "invalid-json"), ("{", "byte 1", "invalid-json"),
      (#"{"ask":"a"} x"#, "byte 12", "invalid-json"),
      (#"{"ask":"a","ask":"b"}"#, #""ask" comes twice"#, "invalid-json"),
      (#"{"ask":"a","colour":1}"#, #""colour""#, "invalid-argument"), (#"{"id":"1"}"#, #""ask""#, "invalid-argument"),
      (#"{"ask":7}"#, #""ask""#, "invalid-argument"), (#"{"ask":"a","id":7}"#, #""id""#, "invalid-argument"),
      (#"{"ask":"a","conversation":null}"#, #""conversation""#, "invalid-argument"),
      (#"{"ask":" \u0000 "}"#, "empty", "empty-request"),
      (#"{"ask":"a","id":"\#(String(repeating: "i", count: 129))"}"#, "128", "invalid-argument"),
      (#"{"ask":"\#(String(repeating: "a", count: 8193))"}"#, "8,192", "line-too-long"),
      (String(repeating: "[", count: 1000), "deeper than 32", "invalid-json"),
      (#"{"ask":1e999}"#, "out of range", "invalid-json"), (#"{"ask":"\ud800"}"#, "Unicode", "invalid-json"),
    ])
  func refusesBody(body: String, detail: String, code: String) async throws {
    try await withServer { client, calls in
      let response = try await client.ask(body)
      #expect(response.status == (code == "line-too-long" ? 413 : 400))
      let problem = try #require(try json(response.body) as? [String: Any])
      #expect(problem["code"] as? String == code)
      #expect((problem["detail"] as? String)?.contains(detail) == true)
      #expect(calls.asks.isEmpty)
    }
  }

  @Test("a body of another media type is refused", arguments: ["text/plain", "application/x-www-form-urlencoded"])
  func refusesMediaType(type: String) async throws {
    try await withServer { client, _ in
      let response = try await client.request("POST", "/v1/ask", headers: ["Content-Type: \(type)"], body: "{}")
      #expect(response.status == 415)
    }
  }

  @Test("a fault of the coach is a problem with its code and the matching status")
  func mapsFault() async throws {
    try await withServer { client, _ in
      let response = try await client.ask(#"{"ask":"fail"}"#)
      #expect(response.status == 429)
      #expect(response.headers["retry-after"] == "5")
      #expect((try json(response.body) as? [String: Any])?["code"] as? String == "too-many-questions")
    }
  }

  @Test(
    "text is given to whom it is what they want most",
    arguments: [
      ("text/plain", true), ("text/*", true), ("text/plain, application/json;q=0.5", true),
      ("TEXT/PLAIN ; q=1, */*;q=0.1", true), ("application/json", false), ("*/*", false), ("", false),
      ("text/plain;q=0.2, application/json", false), ("text/html", false), ("text/plain, application/json", false),
      ("text/plain;q=0", false), (";;;,,,q=", false), ("text/plain;q=nan", false),
    ])
  func choosesForm(accept: String, isText: Bool) async throws {
    try await withServer { client, _ in
      let response = try await client.ask(#"{"ask":"how?"}"#, headers: ["Accept: \(accept)"])
      #expect(response.headers["content-type"]?.hasPrefix("text/plain") == isText)
      if isText { #expect(response.body == "You asked something.\nWhat next?\n") }
    }
  }

  @Test(
    "queries are decoded and strict",
    arguments: [
      ("/v1/search?q=a+b%C3%A9", 200, #"{"query":"a bé","limit":10}"#),
      ("/v1/search?q=a&limit=50", 200, #""limit":50"#),
      ("/v1/search", 400, "?q="), ("/v1/search?q=", 400, "?q="), ("/v1/search?q=+", 400, "?q="),
      ("/v1/search?q=a&limit=0", 400, "1 to 50"), ("/v1/search?q=a&limit=51", 400, "1 to 50"),
      ("/v1/search?q=a&limit=+5", 400, "1 to 50"), ("/v1/search?q=a&limit=99999999999999999999", 400, "1 to 50"),
      ("/v1/search?q=a&q=b", 400, "twice"), ("/v1/search?q=a&mode=x", 400, "mode"), ("/v1/search?q=%ff", 400, "UTF-8"),
      ("/v1/concepts", 200, "[]"), ("/v1/concepts?x=1", 400, "x"), ("/v1/tip", 200, "tip on anything"),
      ("/v1/tip?topic=trust", 200, "tip on trust"), ("/v1/tip?topic=", 200, "tip on anything"),
    ])
  func readsQuery(target: String, status: Int, content: String) async throws {
    try await withServer { client, _ in
      let response = try await client.request("GET", target)
      #expect(response.status == status)
      #expect(response.body.contains(content))
    }
  }
}
