import ChatPlatforms
import CoachService
import Coaching
import Corpus
import Crypto
import Foundation
import Logging
import Storage
import Testing

/// A folder of one test's own, gone afterwards, and what a service needs in it.
final class Bench: Sendable {
  static let project = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path(percentEncoded: false)

  static let quiet = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path(percentEncoded: false) + "coach-service-\(UUID())"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  var data: String { path + "/var" }
  var prompts: String { Self.project + "Prompts" }

  /// Writes a file into the folder and gives its path.
  @discardableResult
  func write(_ text: String, to name: String, mode: Int = 0o600) throws -> String {
    try write(Data(text.utf8), to: name, mode: mode)
  }

  @discardableResult
  func write(_ data: Data, to name: String, mode: Int = 0o600) throws -> String {
    let file = path + "/" + name
    try FileManager.default.createDirectory(
      atPath: URL(filePath: file).deletingLastPathComponent().path, withIntermediateDirectories: true)
    try data.write(to: URL(filePath: file))
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file)
    return file
  }

  /// A small knowledge folder of two documents, one after the other in `related`, and three tips.
  func writeKnowledge(tips: Bool = true) throws {
    try write(
      """
      ---
      title: Trust
      summary: Trust is earned by kept promises.
      related: [listening]
      ---
      ## What it is

      > Trust grows from promises that are kept. It is lost faster than it grows.

      People watch what you do.

      **Try this:** If you promise something, then write it down.

      **Ask yourself:** Which promise is still open?

      ## Why it matters

      > Without trust, a lead in the middle has nothing but a title.

      A title alone moves nobody.
      """, to: "knowledge/concepts/trust.md")
    try write(
      "---\ntitle: Listening\nsummary: Listening comes before advice.\n---\n## How it goes\n\nAsk, wait, and repeat.\n",
      to: "knowledge/practices/listening.md")
    guard tips else { return }
    let entries = ["Keep one", "Write it down", "Ask twice"].map {
      "## \($0)\n\nDo it today.\n\nFrom: trust#what-it-is\n"
    }
    try write(
      "---\ntitle: Trust\ntopic: trust\n---\n\n" + entries.joined(separator: "\n"), to: "knowledge/tips/trust.md")
  }

  /// A workspace of the bench: its own data, the project's prompts, and further lines of configuration.
  func workspace(knowledge: String? = nil, _ lines: String = "") throws -> Workspace {
    let text = """
      knowledge: { folders: ["\(knowledge ?? path + "/knowledge")"] }
      prompts: "\(prompts)"
      data: "\(data)"

      """
    return try Workspace(configurationPath: try write(text + lines, to: "coach.yaml"))
  }

  func database() throws -> Database {
    try Database(in: try DataDirectory(preparing: data))
  }

  /// The coach and the catalogue of the bench's knowledge.
  func knowledge() throws -> (coach: Coach, catalogue: Catalogue) {
    let workspace = try workspace()
    return (try workspace.coach(), try workspace.catalogue())
  }
}

/// Channels of a configuration text, with their secrets from an environment.
func channels(_ yaml: String = leadsYAML, _ environment: [String: String] = leadsEnvironment) throws
  -> [String: ChatChannel]
{
  let configuration = try Configuration.read(yaml, path: nil, environment: [:])
  return Dictionary(
    uniqueKeysWithValues: try configuration.channels.map {
      ($0.name, try ChatChannel($0, environment: environment))
    })
}

let leadsYAML = """
  channels:
    leads:
      platform: slack
      signing-secret: env:SIGNING
      webhook: env:WEBHOOK
      token: env:TOKEN
  """
let leadsEnvironment = [
  "SIGNING": "signing-canary-0001", "WEBHOOK": "https://hooks.slack.com/services/T0/B0/webhook-canary",
  "TOKEN": "xoxb-token-canary",
]

/// A request signed as Slack signs.
func slashCommand(
  _ text: String, trigger: String, person: String = "U0ANNA001", secret: String = "signing-canary-0001", at time: Date
) -> InboundRequest {
  var allowed = CharacterSet.alphanumerics
  allowed.insert(charactersIn: "-._~")
  let words = text.addingPercentEncoding(withAllowedCharacters: allowed) ?? ""
  let body = Array(
    ("team_id=T0LEAD001&channel_id=C0TEAM001&user_id=\(person)&command=%2Fcoach&text=\(words)"
      + "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT0LEAD001%2F1%2Fabc&trigger_id=\(trigger)").utf8)
  let seconds = "\(Int(time.timeIntervalSince1970))"
  let code = HMAC<SHA256>.authenticationCode(
    for: Array("v0:\(seconds):".utf8) + body, using: SymmetricKey(data: Array(secret.utf8)))
  let hex = code.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  return InboundRequest(
    method: "POST", path: "/hooks/leads",
    headers: [
      .init("Content-Type", "application/x-www-form-urlencoded"), .init("X-Slack-Request-Timestamp", seconds),
      .init("X-Slack-Signature", "v0=" + hex),
    ], body: body)
}

/// Waits until something is so; false after half a minute.
func eventually(_ condition: () async throws -> Bool) async throws -> Bool {
  let clock = ContinuousClock()
  let deadline = clock.now + .seconds(30)
  while clock.now < deadline {
    if try await condition() { return true }
    try await Task.sleep(for: .milliseconds(5))
  }
  return try await condition()
}
