import Testing
import WebServer

@Suite("Requests that are not HTTP/1.1 by the letter")
struct MalformedRequestTests {
  @Test("doubts about where a request ends are answered with 400 and the end of the connection", arguments: framings)
  func refusesFraming(_ framing: Framing) async throws {
    try await withServer { client, calls in
      let smuggled = "GET /v1/tip HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
      let response = try await client.exchange(framing.bytes + smuggled)
      #expect(response.status == 400)
      #expect(!response.all.contains("tip on"))
      #expect(calls.hooks.isEmpty)
    }
  }

  struct Framing: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var bytes: String

    init(_ name: String, head: String, body: String = "", start: String = "POST /hooks/leads HTTP/1.1") {
      testDescription = name
      bytes = start + "\r\nHost: 127.0.0.1\r\n" + head + "\r\n\r\n" + body
    }
  }

  static let framings = [
    Framing("two lengths", head: "Content-Length: 1\r\nContent-Length: 2", body: "ab"),
    Framing("a list of lengths", head: "Content-Length: 1, 2", body: "ab"),
    Framing("a length with a sign", head: "Content-Length: +2", body: "ab"),
    Framing("a length below zero", head: "Content-Length: -2", body: "ab"),
    Framing("a length that is too large", head: "Content-Length: 99999999999999999999", body: "ab"),
    Framing(
      "length and chunks", head: "Content-Length: 4\r\nTransfer-Encoding: chunked", body: "0\r\n\r\n"),
    Framing(
      "chunks and length", head: "Transfer-Encoding: chunked\r\nContent-Length: 4", body: "0\r\n\r\n"),
    Framing("chunked is not last", head: "Transfer-Encoding: chunked, identity", body: "0\r\n\r\n"),
    Framing("space before the colon", head: "Transfer-Encoding : chunked", body: "0\r\n\r\n"),
    Framing("a chunk size that is no number", head: "Transfer-Encoding: chunked", body: "zz\r\nab\r\n0\r\n\r\n"),
    Framing(
      "a chunk size that overflows", head: "Transfer-Encoding: chunked", body: "fffffffffffffffff\r\nab\r\n0\r\n\r\n"),
    Framing("NUL in a header", head: "X-Odd: a\0b"),
    Framing("a header without a name", head: ": value"),
    Framing("a name with a space", head: "X Odd: value"),
    Framing("another protocol", head: "X: y", start: "POST /hooks/leads SMTP/1.0"),
    Framing("no protocol", head: "X: y", start: "POST /hooks/leads x"),
    Framing("a method of no letters", head: "X: y", start: "{} /hooks/leads HTTP/1.1"),
    Framing("a folded header", head: "X: a\r\n b"),
    Framing("a line that ends without CR", head: "X: a\nTransfer-Encoding: chunked", body: "0\r\n\r\n"),
    Framing("a chunk that ends without CR", head: "Transfer-Encoding: chunked", body: "2\nab\r\n0\r\n\r\n"),
    Framing("a chunk longer than its size", head: "Transfer-Encoding: chunked", body: "1\r\nab\r\n0\r\n\r\n"),
    Framing(
      "too many trailers", head: "Transfer-Encoding: chunked",
      body: "0\r\n" + (0..<70).map { "X-\($0): y\r\n" }.joined() + "\r\n"),
    Framing("a path of 100 KiB", head: "X: y", start: "POST /\(String(repeating: "a", count: 102_400)) HTTP/1.1"),
    Framing("65 headers", head: (0..<65).map { "X-\($0): y" }.joined(separator: "\r\n")),
    Framing("one header of 17 KiB", head: "X: " + String(repeating: "y", count: 17_408)),
    Framing(
      "headers of 17 KiB together",
      head: (0..<17).map { "X-\($0): " + String(repeating: "y", count: 1024) }.joined(separator: "\r\n")),
  ]

  @Test(
    "a TLS hello, or noise, ends the connection",
    arguments: ["\u{16}\u{3}\u{1}\u{2}\0\u{1}\0", "\0\0\0\0\n\n", "\u{7F}ELF"])
  func refusesNoise(bytes: String) async throws {
    try await withServer { client, _ in
      let response = try await client.exchange(bytes + "\r\n\r\n")
      #expect([0, 400].contains(response.status))
    }
  }

  @Test("a body that does not come ends the connection at its deadline")
  func endsSlowBody() async throws {
    var configuration = WebServer.Configuration.free
    configuration.bodyTime = .milliseconds(200)
    try await withServer(configuration) { client, calls in
      let response = try await client.exchange(
        "POST /hooks/leads HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 10\r\n\r\nabc")
      #expect(response.status == 0)
      #expect(calls.hooks.isEmpty)
    }
  }

  @Test(
    "headers that do not end, and a connection that says nothing, are ended",
    arguments: ["", "GET /hea", "GET / HTTP/1.1\r\nA: b\r\n"])
  func endsSilence(bytes: String) async throws {
    var configuration = WebServer.Configuration.free
    configuration.idle = .milliseconds(200)
    try await withServer(configuration) { client, _ in
      let response = try await client.exchange(bytes)
      #expect(response.all.isEmpty)
    }
  }
}
