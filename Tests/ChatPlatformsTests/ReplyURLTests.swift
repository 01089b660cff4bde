import ChatPlatforms
import Testing

@Suite("URLs that come in a request")
struct ReplyURLTests {
  @Test(
    "an ordinary URL is read into scheme, host and port",
    arguments: [
      ("https://hooks.slack.com/commands/T1/2/a", true, "hooks.slack.com", 443),
      ("HTTPS://Hooks.Slack.COM/a?b=@c", true, "hooks.slack.com", 443), ("https://a.example", true, "a.example", 443),
      ("https://a.example?x", true, "a.example", 443), ("http://127.0.0.1:9000/x", false, "127.0.0.1", 9000),
      ("http://localhost/x", false, "localhost", 80),
    ])
  func reads(text: String, isSecure: Bool, host: String, port: Int) throws {
    let url = try #require(ReplyURL(text))
    #expect(url.isSecure == isSecure)
    #expect(url.host == host)
    #expect(url.port == port)
  }

  @Test(
    "what parsers read differently is not a URL here",
    arguments: [
      "", "https://", "https:///x", "ftp://a.example/x", "file:///etc/passwd", "gopher://a.example", "//a.example/x",
      "https://user@a.example/x", "https://user:pass@a.example/x", "http://a@b@c/", "https://a.example\\@b.example/x",
      "https://a.example#@b.example/x", "https://a.example/x#y", "https://a.example /x", "https://a.example/\r\nX: y",
      "https://a.example/\u{0}", "https://a.example\t/x", " https://a.example/x", "https://a.example./x",
      "https://.a.example/x", "https://a..example/x", "https://-a.example/x", "https://a%2eexample/x",
      "https://ａ.example/x", "https://a.example:/x", "https://a.example:0/x", "https://a.example:0443/x",
      "https://a.example:65536/x", "https://a.example:443:1/x", "https://a.example:+443/x", "https://[::1]/x",
      "https://①.example/x", "https://a_b.example/x", "https://" + String(repeating: "a", count: 64) + ".example/x",
      "https://a.example/" + String(repeating: "a", count: 2048),
    ])
  func refuses(text: String) {
    #expect(ReplyURL(text) == nil)
  }

  @Test(
    "a reply goes to the platform's hosts by https on 443, and to what the operator named",
    arguments: [
      ("https://hooks.slack.com/x", [], false, true), ("https://hooks.slack.com:443/x", [], false, true),
      ("http://hooks.slack.com/x", [], true, false), ("https://hooks.slack.com:444/x", [], true, false),
      ("https://evil.slack.com/x", [], true, false), ("https://slack.com/x", [], true, false),
      ("https://chat.example/x", ["chat.example"], false, true),
      ("https://Chat.Example/x", ["CHAT.example"], false, true),
      ("https://chat.example:8443/x", ["chat.example"], true, false),
      ("https://chat.example:8443/x", ["chat.example:8443"], false, true),
      ("https://chat.example/x", ["chat.example:8443"], true, false),
      ("http://127.0.0.1:9000/x", ["127.0.0.1:9000"], true, true),
      ("http://127.0.0.1:9000/x", ["127.0.0.1:9000"], false, false),
      ("http://127.0.0.1/x", ["127.0.0.1"], true, true), ("http://127.1/x", ["127.0.0.1"], true, false),
    ] as [(String, [String], Bool, Bool)])
  func allows(text: String, allowHosts: [String], allowPrivate: Bool, isAllowed: Bool) {
    let slack = SignedRequest.slack(allowHosts: allowHosts, allowPrivate: allowPrivate)
    #expect(slack.mayFollow(text) == isAllowed)
  }
}
