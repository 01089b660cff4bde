import CoachService
import Foundation
import Storage
import Testing

@Suite("What the doctor finds")
struct DoctorTests {
  private let bench: Bench

  init() throws {
    bench = try Bench()
    try bench.writeKnowledge()
  }

  private func findings(_ workspace: Workspace) async -> [Doctor.Findings.Finding] {
    await Doctor(workspace).findings().findings
  }

  private func channelLines(_ secret: String, schedule: String = "") -> String {
    """
    channels:
      leads: { platform: slack, signing-secret: "\(secret)", webhook: "\(secret)" }
    \(schedule)
    """
  }

  @Test("with everything in its place nothing needs mending")
  func healthy() async throws {
    let secret = try bench.write("canary", to: "secret")
    let lines = channelLines(
      "file:\(secret)",
      schedule: "schedules: { morning: { channel: leads, at: \"09:00\", time-zone: UTC, topics: [trust] } }")
    let found = await Doctor(try bench.workspace(lines)).findings()
    #expect(found.exitStatus == nil, "\(found.text)")
    let subjects = Set(found.findings.map(\.subject))
    #expect(
      subjects.isSuperset(of: [
        "configuration", "prompts", "knowledge", "index", "form", "channels", "schedule morning", "database",
        "deliveries",
        "serving",
      ]))
    #expect(found.text.split(separator: "\n").allSatisfy { $0.hasPrefix("ok  ") })
    #expect(!found.text.contains("canary") && !found.json.contains("canary"))
    let json = try JSONSerialization.jsonObject(with: Data(found.json.utf8)) as? [String: Any]
    #expect(json?["ok"] as? Bool == true && (json?["findings"] as? [Any])?.count == found.findings.count)
  }

  @Test("each thing that is wrong is one finding with its remedy and status")
  func wrong() async throws {
    let workspace = try bench.workspace(
      channelLines(
        "file:\(bench.path)/none",
        schedule: "schedules: { morning: { channel: leads, at: \"09:00\", time-zone: UTC, topics: [juggling] } }"))
    let found = await findings(workspace)
    let wrong = found.filter { $0.status != nil }
    #expect(wrong.map(\.subject) == ["channels", "schedule morning"], "\(wrong)")
    #expect(
      wrong.first?.status == .configuration && wrong.first?.text.contains("channels.leads.signing-secret") == true)
    #expect(wrong.last?.text.contains("juggling") == true && wrong.last?.text.contains("trust") == true)
  }

  @Test("a secret that others can read is found", arguments: [0o644, 0o640])
  func openSecret(mode: Int) async throws {
    let secret = try bench.write("canary", to: "secret", mode: mode)
    let found = await Doctor(try bench.workspace(channelLines("file:\(secret)"))).findings()
    #expect(found.exitStatus == .configuration && found.text.contains("chmod 600") && !found.text.contains("canary"))
  }

  @Test("empty knowledge, a broken file and a damaged index are found")
  func knowledge() async throws {
    try FileManager.default.createDirectory(atPath: bench.path + "/empty", withIntermediateDirectories: true)
    let empty = await findings(try bench.workspace(knowledge: bench.path + "/empty"))
    #expect(empty.contains { $0.subject == "knowledge" && $0.status == .data })
    try bench.write("---\ntitle: [unclosed\n---\n## A\n\nB.\n", to: "knowledge/concepts/broken.md")
    let workspace = try bench.workspace()
    let broken = await findings(workspace)
    #expect(broken.contains { $0.subject == "knowledge" && $0.status == .data && $0.text.contains("broken.md") })
    _ = try workspace.index()
    let index = bench.data + "/index.coach"
    var bytes = try Data(contentsOf: URL(filePath: index))
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: URL(filePath: index))
    let damaged = await findings(workspace)
    #expect(damaged.contains { $0.subject == "index" && $0.status == .data && $0.text.contains("coach index") })
  }

  @Test("missing prompts are found, every one of them")
  func prompts() async throws {
    try bench.write("{{answer}}", to: "words/answer.mustache")
    try bench.write("{{#open", to: "words/tip.mustache")
    let path = try bench.write(
      "knowledge: { folders: [\"\(bench.path)/knowledge\"] }\ndata: \"\(bench.data)\"\nprompts: \"\(bench.path)/words\"\n",
      to: "coach.yaml")
    let found = await findings(try Workspace(configurationPath: path)).filter { $0.subject == "prompts" }
    #expect(found.count > 10, "\(found.count)")
    #expect(found.allSatisfy { $0.status == .configuration })
    #expect(found.contains { $0.text.contains("tip.mustache") && $0.text.contains("not valid") })
    #expect(!found.contains { $0.text.contains("answer.mustache") })
  }

  @Test("a database that is none is found and left as it is")
  func damagedDatabase() async throws {
    let garbage = Data(repeating: 0x42, count: 8192)
    try bench.write(garbage, to: "var/coach.sqlite")
    let found = await findings(try bench.workspace())
    #expect(found.contains { $0.subject == "data" && $0.status == .data })
    #expect(try Data(contentsOf: URL(filePath: bench.data + "/coach.sqlite")) == garbage)
  }

  @Test("a data folder that is a file is found")
  func dataIsFile() async throws {
    try bench.write("x", to: "var")
    let found = await Doctor(try bench.workspace()).findings()
    #expect(found.exitStatus == .configuration)
  }

  @Test("it sees whether somebody serves from here")
  func serving() async throws {
    let workspace = try bench.workspace()
    let directory = try DataDirectory(preparing: bench.data)
    let lock = try directory.lock()
    let during = await findings(workspace).first { $0.subject == "serving" }
    #expect(during?.text == "a coach serves from here" && during?.status == nil)
    withExtendedLifetime(lock) {}
  }
}
