import CoachService
import Dialogue
import Testing

@Suite("A channel's secrets")
struct ChatChannelTests {
  @Test(
    "each one that is missing stops the start and is named",
    arguments: [
      ("SIGNING", "channels.leads.signing-secret"), ("WEBHOOK", "channels.leads.webhook"),
      ("TOKEN", "channels.leads.token"),
    ])
  func missing(variable: String, key: String) throws {
    var environment = leadsEnvironment
    environment[variable] = nil
    let failure = try #require(throws: Failure.self) { try channels(leadsYAML, environment) }
    #expect(failure.status == .configuration)
    #expect(failure.description.contains(key) && failure.description.contains(variable))
    #expect(!failure.description.contains("canary"))
  }

  @Test(
    "without a signing secret, or without a way to post, there is no channel",
    arguments: [
      ("webhook: env:WEBHOOK", "signing-secret: is missing"), ("signing-secret: env:SIGNING", "webhook: is missing"),
    ])
  func notConfigured(line: String, problem: String) throws {
    let failure = try #require(throws: Failure.self) {
      try channels("channels:\n  leads:\n    platform: slack\n    \(line)")
    }
    #expect(failure.status == .configuration && failure.description.contains(problem))
  }

  @Test("a person's conversation is their own in each place and channel, and its name tells nothing of them")
  func conversations() throws {
    let leads = try #require(try channels()["leads"])
    let other = try #require(try channels(leadsYAML, leadsEnvironment.merging(["SIGNING": "other"]) { $1 })["leads"])
    let id = leads.conversation(of: "U0ANNA001", in: "C1")
    #expect(id == leads.conversation(of: "U0ANNA001", in: "C1"))
    let others = [
      leads.conversation(of: "U0BOB0002", in: "C1"), leads.conversation(of: "U0ANNA001", in: "C2"),
      leads.conversation(of: "1", in: "C1U0ANNA00"), other.conversation(of: "U0ANNA001", in: "C1"),
    ]
    #expect(Set(others + [id]).count == 5)
    #expect(!id.rawValue.contains("ANNA") && id.rawValue.hasPrefix("chat-"))
  }
}
