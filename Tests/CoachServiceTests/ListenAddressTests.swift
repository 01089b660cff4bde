import CoachService
import Testing

@Suite("An address to listen on")
struct ListenAddressTests {
  @Test(
    "is a host, a colon and a port",
    arguments: [
      ("127.0.0.1:7070", "127.0.0.1", 7070), ("[::1]:80", "::1", 80), ("localhost:0", "localhost", 0),
      ("coach.example.org:65535", "coach.example.org", 65_535), ("[fe80::1]:1", "fe80::1", 1),
    ])
  func reads(text: String, host: String, port: Int) {
    #expect(ListenAddress(text) == ListenAddress(host: host, port: port))
    #expect(ListenAddress(text)?.description == text)
  }

  @Test(
    "and nothing else",
    arguments: [
      "", ":", "7070", "host", "host:", ":7070", "host:65536", "host:-1", "host:+1", "host: 1", "host:1 ", "::1:80",
      "[]:80", "a b:80", "hóst:80", "host:٣", "host:99999999999999999999", "host:1\n", "host\u{0}:1",
    ])
  func refuses(text: String) {
    #expect(ListenAddress(text) == nil)
  }

  @Test(
    "is this machine's own only by what it is, not by how it begins",
    arguments: [
      ("127.0.0.1", true), ("127.255.0.9", true), ("::1", true), ("localhost", true), ("0.0.0.0", false), ("::", false),
      ("10.0.0.1", false), ("127.example.org", false), ("127.0.0.1.example.org", false),
      ("localhost.example.org", false),
      ("127.0.0.999", false), ("127.0.0.", false), ("128.0.0.1", false),
    ])
  func loopback(host: String, isLoopback: Bool) {
    #expect(ListenAddress(host: host, port: 1).isLoopback == isLoopback)
  }
}
