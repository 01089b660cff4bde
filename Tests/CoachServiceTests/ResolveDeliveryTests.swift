import CoachService
import Foundation
import Outbox
import Testing

@Suite("Where a delivery goes")
struct ResolveDeliveryTests {
  private func delivery(_ destination: Delivery.Destination, channel: String = "leads") -> Delivery {
    var generator = SystemRandomNumberGenerator()
    let now = Date(timeIntervalSince1970: 1_790_000_000)
    return Delivery(
      channel: channel, destination: destination, purpose: .tip, contentType: "application/json",
      body: Array("{}".utf8), notBefore: now, expires: now + 60, using: &generator)
  }

  private func endpoint(_ destination: Delivery.Destination) throws -> Resolution.Endpoint? {
    let resolve = ResolveDelivery(channels: try channels())
    if case .endpoint(let endpoint) = resolve(delivery(destination)) { return endpoint }
    return nil
  }

  @Test("the webhook is the configured one, and gets no token")
  func webhook() throws {
    let endpoint = try #require(try endpoint(.webhook))
    #expect(endpoint.url == leadsEnvironment["WEBHOOK"] && endpoint.headers.isEmpty && !endpoint.allowsPrivate)
  }

  @Test("the platform's own interface gets the token, and only it does")
  func api() throws {
    let endpoint = try #require(try endpoint(.api(path: "chat.postMessage")))
    #expect(endpoint.url == "https://slack.com/api/chat.postMessage")
    #expect(endpoint.headers.map(\.name) == ["Authorization"])
    #expect(endpoint.headers.map(\.value) == ["Bearer xoxb-token-canary"])
  }

  @Test(
    "a URL out of a request is followed to the platform's hosts only",
    arguments: [
      ("https://hooks.slack.com/commands/T/1/a", true), ("https://hooks.slack.com.evil.example/", false),
      ("http://hooks.slack.com/commands/T/1/a", false), ("https://169.254.169.254/latest", false),
      ("https://user@hooks.slack.com/x", false), ("file:///etc/passwd", false), ("", false),
    ])
  func url(url: String, isFollowed: Bool) throws {
    let endpoint = try endpoint(.url(url))
    #expect((endpoint != nil) == isFollowed)
    #expect(endpoint?.headers.isEmpty ?? true)
  }

  @Test("a channel or a way that the configuration no longer has refuses, and shows no secret")
  func gone() throws {
    let slim = try channels("channels:\n  leads: { platform: slack, signing-secret: env:SIGNING, token: env:TOKEN }")
    let refusals = [
      ResolveDelivery(channels: [:])(delivery(.webhook)), ResolveDelivery(channels: slim)(delivery(.webhook)),
      ResolveDelivery(channels: slim)(delivery(.url("https://canary.example/canary"))),
      ResolveDelivery(channels: slim)(delivery(.webhook, channel: "others")),
    ]
    for refusal in refusals {
      guard case .refused(let reason) = refusal else {
        Issue.record("it was followed")
        continue
      }
      #expect(reason.contains("leads") || reason.contains("others"))
      #expect(!reason.contains("canary"))
    }
  }

  @Test(
    "Slack's own words decide, whatever its status says",
    arguments: [
      (200, #"{"ok":true}"#, Outcome.Kind.delivered), (200, #"{"ok":false,"error":"channel_not_found"}"#, .permanent),
      (200, #"{"ok":false,"error":"ratelimited"}"#, .retryable),
    ])
  func verdicts(status: Int, body: String, kind: Outcome.Kind) throws {
    let endpoint = try #require(try endpoint(.api(path: "chat.postMessage")))
    let reply = TransportReply(status: status, body: Array(body.utf8))
    #expect(Outcome(.replied(reply), verdict: endpoint.verdict, now: .now).kind == kind)
  }
}
