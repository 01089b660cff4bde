import ChatPlatforms
import Testing
import WebServer

@Suite("Hooks")
struct HookTests {
  @Test("a hook gets the exact bytes, and every header as it came")
  func passesBytes() async throws {
    try await withServer { client, calls in
      let body = "a=%41+b\r\n\0é🙂"
      let response = try await client.request(
        "POST", "/hooks/leads?x=%31", headers: ["X-Twice: one", "X-Twice: two", "Content-Type: a/b"], body: body)
      #expect(response.status == 200)
      #expect(response.body == "taken")
      let (channel, request) = try #require(calls.hooks.first)
      #expect(channel == "leads")
      #expect(request.body == Array(body.utf8))
      #expect(request.method == "POST")
      #expect(request.path == "/hooks/leads")
      #expect(request.query == "x=%31")
      #expect(request.values(of: "x-twice") == ["one", "two"])
    }
  }

  @Test("a body in chunks is one body")
  func joinsChunks() async throws {
    try await withServer { client, calls in
      let response = try await client.exchange(
        post("Transfer-Encoding: chunked") + "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")
      #expect(response.status == 200)
      #expect(calls.hooks.first?.request.body == Array("abcde".utf8))
    }
  }

  @Test("hooks ask for no token and take callers from anywhere, for they have a proof of their own")
  func asksForNoToken() async throws {
    try await withServer(.init(host: "127.0.0.1", port: 0, token: "secret")) { client, _ in
      let response = try await client.request(
        "POST", "/hooks/leads", headers: ["Host: coach.example", "X-Forwarded-For: 1.2.3.4"], body: "{}")
      #expect(response.status == 200)
    }
  }

  @Test(
    "what no chat server sends is refused before its body is read",
    arguments: [
      ("Origin: https://evil.example", 403), ("Content-Encoding: gzip", 415), ("Content-Encoding: br", 415),
      ("Content-Encoding: identity", 200), ("Host: 127.0.0.1\r\nHost: other", 400),
    ])
  func refusesHeader(header: String, status: Int) async throws {
    try await withServer { client, calls in
      let response = try await client.request("POST", "/hooks/leads", headers: [header], body: "{}")
      #expect(response.status == status)
      #expect(calls.hooks.count == (status == 200 ? 1 : 0))
    }
  }

  @Test("a body of the limit is taken; a longer one is refused, declared or not, and the connection ends")
  func boundsBody() async throws {
    var configuration = WebServer.Configuration.free
    configuration.bodyBytes = 1000
    try await withServer(configuration) { client, calls in
      let whole = String(repeating: "a", count: 1000)
      try await expect(200, from: client.request("POST", "/hooks/leads", body: whole))
      try await expect(413, from: client.request("POST", "/hooks/leads", body: whole + "a"))
      let declared = try await client.exchange(post("Content-Length: 99999999999999999999"))
      #expect([400, 413].contains(declared.status))
      let chunk = "3e8\r\n" + whole + "\r\n"
      let chunked = try await client.exchange(post("Transfer-Encoding: chunked") + chunk + "1\r\na\r\n0\r\n\r\n")
      #expect(chunked.status == 413)
      #expect(chunked.headers["connection"] == "close")
      #expect(calls.hooks.count == 1)
    }
  }

  private func post(_ header: String) -> String {
    "POST /hooks/leads HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\(header)\r\n\r\n"
  }
}
