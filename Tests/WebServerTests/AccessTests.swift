import NIOCore
import Testing
import WebServer

@Suite("Who may ask")
struct AccessTests {
  @Test(
    "with a token, only its holder is answered",
    arguments: [
      (["Authorization: Bearer s3cret"], 200), (["authorization: bearer s3cret"], 200), ([], 401),
      (["Authorization: Bearer s3cre"], 401), (["Authorization: Bearer s3crett"], 401),
      (["Authorization: Bearer S3CRET"], 401), (["Authorization: Basic s3cret"], 401), (["Authorization: s3cret"], 401),
      (["Authorization: Bearer s3cret", "Authorization: Bearer s3cret"], 401), (["Authorization: Bearer "], 401),
      (["Authorization: Bearer s3cret", "Host: coach.example", "X-Forwarded-For: 1.2.3.4"], 200),
    ])
  func asksForToken(headers: [String], status: Int) async throws {
    try await withServer(.init(host: "127.0.0.1", port: 0, token: "s3cret")) { client, _ in
      for path in ["/v1/concepts", "/metrics"] {
        let response = try await client.request("GET", path, headers: headers)
        #expect(response.status == status)
        #expect((response.headers["www-authenticate"] == "Bearer") == (status == 401))
      }
    }
  }

  @Test(
    "without a token, only programs on this machine are answered: no web page, no proxy, no other name",
    arguments: [
      ("Host: 127.0.0.1:8080", 200), ("Host: localhost", 200), ("Host: LOCALHOST:1", 200), ("Host: [::1]:8080", 200),
      ("Host: 127.0.0.2", 200), ("Host: coach.example", 403), ("Host: 127.0.0.1.evil.example", 403),
      ("Host: localhost.evil.example", 403), ("Host: [::2]", 403), ("Origin: http://127.0.0.1:8080", 403),
      ("X-Forwarded-For: 127.0.0.1", 403), ("Forwarded: for=127.0.0.1", 403), ("X-Real-IP: 127.0.0.1", 403),
    ])
  func answersOwnMachine(header: String, status: Int) async throws {
    try await withServer { client, _ in
      let response = try await client.request("GET", "/v1/concepts", headers: [header])
      #expect(response.status == status)
      if status == 403 { #expect(response.body.contains("http.token")) }
      try await expect(200, from: client.request("GET", "/healthz", headers: [header]))
    }
  }

  @Test("without a token, another address than loopback is refused", .enabled(if: outsideAddress != nil))
  func refusesOtherAddress() async throws {
    let host = try #require(Self.outsideAddress)
    try await withServer(.init(host: "0.0.0.0", port: 0)) { client, _ in
      let outside = Client(host: host, port: client.port)
      try await expect(403, from: outside.request("GET", "/v1/concepts"))
      try await expect(200, from: outside.request("GET", "/healthz"))
    }
  }

  /// An address of this machine that is not loopback.
  static let outsideAddress: String? = (try? System.enumerateDevices())?.lazy
    .compactMap(\.address?.ipAddress).first { !$0.hasPrefix("127.") && !$0.contains(":") }
}
