import CoachService
import Foundation
import Outbox
import Storage
import Testing

@Suite("The verbs of the command line")
struct WorkspaceTests {
  private let bench: Bench
  private let workspace: Workspace

  init() throws {
    bench = try Bench()
    try bench.writeKnowledge()
    workspace = try bench.workspace(
      """
      channels: { leads: { platform: slack, signing-secret: env:COACH_TEST_NONE, webhook: env:COACH_TEST_NONE } }
      schedules:
        morning: { channel: leads, at: "weekdays 09:00", time-zone: Europe/Berlin }
      """)
  }

  private func object(_ json: String) throws -> [String: Any] {
    #expect(!json.contains("\n"))
    return try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
  }

  @Test("a configuration with problems ends with 78 and all of them")
  func badConfiguration() throws {
    let path = try bench.write("dta: x\nline: { listen: nowhere }\n", to: "bad.yaml")
    let failure = try #require(throws: Failure.self) { try Workspace(configurationPath: path) }
    #expect(failure.status == .configuration)
    #expect(failure.description.split(separator: "\n").allSatisfy { $0.hasPrefix("\(path): line ") })
    #expect(failure.description.split(separator: "\n").count == 2)
  }

  @Test("index builds once, finds itself up to date, and builds again when a file changed")
  func index() throws {
    let first = try object(try workspace.index().json)
    #expect(first["built"] as? Bool == true && first["documents"] as? Int == 2 && first["tips"] as? Int == 3)
    #expect(first["passages"] as? Int == 3)
    let path = try #require(first["path"] as? String)
    let bytes = try Data(contentsOf: URL(filePath: path))
    let second = try object(try workspace.index().json)
    #expect(second["built"] as? Bool == false && second["fingerprint"] as? String == first["fingerprint"] as? String)
    #expect(try Data(contentsOf: URL(filePath: path)) == bytes)
    try bench.write("---\ntitle: New\n---\n\nSomething new.\n", to: "knowledge/concepts/new.md")
    let third = try object(try workspace.index().json)
    #expect(third["built"] as? Bool == true && third["documents"] as? Int == 3)
    #expect(third["fingerprint"] as? String != first["fingerprint"] as? String)
  }

  @Test("a damaged index is refused, said, and built anew")
  func damagedIndex() throws {
    let path = try #require(try object(try workspace.index().json)["path"] as? String)
    var bytes = try Data(contentsOf: URL(filePath: path))
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: URL(filePath: path))
    let report = try workspace.index()
    #expect(report.text.contains("was refused: "))
    #expect(try object(report.json)["refused"] is String)
    #expect(try object(try workspace.index().json)["refused"] == nil)
  }

  @Test("search explains each hit by parts that add up to its score")
  func search() throws {
    let report = try workspace.search("kept promises xyzzyq", limit: 5)
    let json = try object(report.json)
    let hits = try #require(json["hits"] as? [[String: Any]])
    #expect(hits.first?["id"] as? String == "trust#what-it-is")
    for hit in hits {
      let parts = try #require(hit["parts"] as? [[String: Any]])
      #expect(parts.reduce(0) { $0 + ($1["units"] as? Int ?? 0) } == hit["units"] as? Int)
    }
    let terms = try #require(json["terms"] as? [[String: Any]])
    #expect(terms.map { $0["word"] as? String } == ["kept", "promises", "xyzzyq"])
    #expect(report.text.contains("xyzzyq: in no passage"))
    #expect(try workspace.search("", limit: 5).text.contains("No passage"))
    #expect(try object(try workspace.search("xyzzyq", limit: 5).json)["hits"] as? [String] == [])
    #expect(try #require(try object(workspace.search("trust promises", limit: 1).json)["hits"] as? [Any]).count == 1)
  }

  @Test("a day's tip is the same whenever one asks, and another the next day")
  func tip() throws {
    let days = try (20..<29).map { try workspace.tip(topics: [], date: "2026-11-\($0)", channel: "leads").text }
    let again = try (20..<29).map { try workspace.tip(topics: [], date: "2026-11-\($0)", channel: "leads").text }
    #expect(days == again && Set(days).count == 3)
    #expect(zip(days, days.dropFirst()).allSatisfy { $0 != $1 })
    #expect(try workspace.tip(topics: ["Trust"], date: nil, channel: "").text.contains("Do it today."))
  }

  @Test(
    "what is no day, and a topic without tips, are told",
    arguments: [
      "2026-13-01", "2026-02-29", "2026-11", "", "tomorrow", "2026-11-23-1", "1969-12-31", "99999999999999999999-1-1",
      "2026-11-0", "--",
    ])
  func noDay(date: String) throws {
    let failure = try #require(throws: Failure.self) { try workspace.tip(topics: [], date: date, channel: "") }
    #expect(failure.status == .usage)
    let missing = try #require(throws: Failure.self) { try workspace.tip(topics: ["juggling"], date: nil, channel: "") }
    #expect(missing.status == .data && missing.description.contains("juggling"))
  }

  @Test("the next occurrences are told in UTC and in local time, over a change of clocks")
  func next() throws {
    let report = try workspace.nextOccurrences(count: 3, from: "2026-10-23T00:00:00Z")
    let occurrences = try #require(try object(report.json)["occurrences"] as? [[String: Any]])
    #expect(
      occurrences.map { $0["utc"] as? String } == [
        "2026-10-23T07:00:00Z", "2026-10-26T08:00:00Z", "2026-10-27T08:00:00Z",
      ])
    #expect(occurrences.first?["local"] as? String == "Fri 2026-10-23 09:00 +02:00")
    #expect(occurrences[1]["local"] as? String == "Mon 2026-10-26 09:00 +01:00")
    #expect(Set(occurrences.compactMap { $0["key"] as? String }).count == 3)
    #expect(throws: Failure.self) { try workspace.nextOccurrences(count: 1, from: "yesterday") }
    #expect(try bench.workspace().nextOccurrences(count: 1, from: nil).text.contains("no schedules"))
  }

  @Test("deliveries are listed, shown, retried and dropped, each by its own state")
  func deliveries() async throws {
    let empty = try await workspace.deliveries(state: nil, channel: nil, limit: 10)
    #expect(empty.text == "There are no deliveries." && empty.json == #"{"deliveries":[]}"#)
    var generator = SystemRandomNumberGenerator()
    let delivery = Delivery(
      channel: "leads", destination: .webhook, purpose: .tip, contentType: "application/json", body: Array("{}".utf8),
      notBefore: .now, expires: .now + 3600, using: &generator)
    let database = try bench.database()
    var acceptance = Acceptance(now: .now)
    acceptance.deliveries = [delivery]
    #expect(try await database.accept(acceptance) == .accepted)
    try database.close()
    let id = delivery.id.rawValue
    #expect(try await workspace.deliveries(state: "pending", channel: "leads", limit: 10).text.hasPrefix(id))
    #expect(try await workspace.deliveries(state: "dead", channel: nil, limit: 10).text == "There are no deliveries.")
    #expect(try await workspace.deliveries(state: nil, channel: "others", limit: 10).json == #"{"deliveries":[]}"#)
    #expect(try object(try await workspace.delivery(id).json)["state"] as? String == "pending")
    #expect(try await workspace.change(id, .drop) == "\(id) was given up.")
    let refused = try await #require(throws: Failure.self) { try await workspace.change(id, .drop) }
    #expect(refused.status == .usage && refused.description.contains("is dead"))
    #expect(try await workspace.change(id, .retry) == "\(id) will be sent again.")
    #expect(try object(try await workspace.delivery(id).json)["state"] as? String == "pending")
  }

  @Test(
    "a delivery that is none, and a state that is none, are told",
    arguments: [
      "", "d-1", "d-00000000000000000000000000000000", "'; DROP TABLE deliveries; --",
    ])
  func noDelivery(id: String) async throws {
    for failure in [
      await #expect(throws: Failure.self) { try await workspace.delivery(id) },
      await #expect(throws: Failure.self) { try await workspace.change(id, .retry) },
      await #expect(throws: Failure.self) { try await workspace.deliveries(state: "gone", channel: nil, limit: 1) },
    ] {
      #expect(failure?.status == .usage)
    }
  }

  @Test("what was posted and what was missed is on record")
  func history() async throws {
    #expect(try await workspace.occurrenceHistory(limit: 5).text == "Nothing was posted yet.")
    let database = try bench.database()
    var acceptance = Acceptance(now: .now)
    acceptance.occurrence = OccurrenceRecord(
      schedule: "morning", key: "2026-11-23T09:00", channel: "leads", instant: .now, outcome: .missed)
    _ = try await database.accept(acceptance)
    try database.close()
    let report = try await workspace.occurrenceHistory(limit: 5)
    #expect(report.text == "2026-11-23T09:00  morning  leads  missed")
    #expect(
      try #require(try object(report.json)["occurrences"] as? [[String: Any]]).first?["outcome"] as? String == "missed")
  }

  @Test("ask and chat are the coach itself, with the same commands")
  func terminal() throws {
    let dialogue = try TerminalDialogue(workspace)
    #expect(dialogue.greeting.hasPrefix("Inner Coach."))
    let answer = dialogue.reply(to: "How does trust grow from promises that are kept?")
    #expect(answer.text.contains("Trust grows from promises that are kept."))
    #expect(try object(answer.json)["kind"] as? String == "answer")
    #expect(try object(dialogue.reply(to: "/more").json)["kind"] as? String == "answer")
    #expect(!dialogue.isOver)
    for line in ["", "\u{1B}[2J", "/nonsense", "/width 100"] {
      #expect(!dialogue.reply(to: line).text.isEmpty && !dialogue.isOver)
    }
    #expect(dialogue.reply(to: "/QUIT").text.contains("Goodbye") && dialogue.isOver)
  }

  @Test("nothing of it can be done without the folders, and the failure names them")
  func missingFolders() throws {
    let failure = try #require(throws: Failure.self) {
      try bench.workspace(knowledge: bench.path + "/nowhere").index()
    }
    #expect(failure.status == .configuration && failure.description.contains("nowhere"))
    let prompts = try bench.write("prompts: /nowhere/prompts\n", to: "other.yaml")
    let other = try #require(throws: Failure.self) { try Workspace(configurationPath: prompts).templates() }
    #expect(other.status == .configuration && other.description.contains("/nowhere/prompts"))
  }
}
