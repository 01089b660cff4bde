import CoachService
import Coaching
import Foundation
import Testing

@Suite("The configuration")
struct ConfigurationTests {
  static let full = """
    knowledge:
      folders: [Knowledge, /srv/ours]
      language: english
      model: none
    prompts: Words
    data: /srv/data
    database: sqlite
    line:
      listen: "0.0.0.0:7171"
      public: true
      limits:
        connections: 11
        connections-per-address: 12
        questions-per-minute: 13
        line-bytes: 1024
        output-bytes: 32768
        idle: 2m
        unfinished-line: 15s
    http:
      listen: "[::]:8181"
      public: true
      token: env:HTTP_TOKEN
    privacy:
      questions: none
      keep: 7d
    contacts:
      - name: Works council
        for: [harassment, crisis]
        how: room 12
      - name: Anna
        for: [legal]
        how: 555 0100
    channels:
      leads:
        platform: slack
        signing-secret: env:SLACK_SIGNING_SECRET
        webhook: file:/run/secrets/webhook
        token: env:SLACK_BOT_TOKEN
        api: https://slack.example/api
        allow-private: true
        allow-hosts: [chat.example.org]
        owners: [U0ANNA001, U0BOB0002]
      second:
        platform: slack
        signing-secret: env:SECOND
        webhook: env:SECOND_HOOK
    schedules:
      morning-tip:
        channel: leads
        at: weekdays 09:00
        time-zone: Europe/Berlin
        topics: [trust, followership]
        catch-up: 90m

    """

  static func read(_ text: String, _ environment: [String: String] = [:]) throws(Configuration.Problems)
    -> Configuration
  {
    try Configuration.read(text, path: nil, environment: environment)
  }

  static func problems(_ text: String, _ environment: [String: String] = [:]) -> [String] {
    do throws(Configuration.Problems) {
      _ = try read(text, environment)
      return []
    } catch {
      return error.lines
    }
  }

  @Test(
    "nothing at all, or only comments, gives the defaults", arguments: ["", "\n", "# nothing\n", "---\n", "line:\n"])
  func defaults(text: String) throws {
    let configuration = try Self.read(text)
    #expect(configuration.yaml == Configuration().yaml)
    #expect(configuration.line.listen == ListenAddress(host: "127.0.0.1", port: 7070))
    #expect(configuration.http.listen == ListenAddress(host: "127.0.0.1", port: 8080))
    #expect(configuration.knowledge.folders == ["Knowledge"])
    #expect(configuration.privacy.questions == .none && configuration.privacy.keep == .seconds(30 * 86_400))
    #expect(configuration.channels.isEmpty && configuration.schedules.isEmpty && configuration.contacts.isEmpty)
    #expect(!configuration.line.isPublic && !configuration.http.isPublic && configuration.http.token == nil)
  }

  @Test("every key is read")
  func everyKey() throws {
    let configuration = try Self.read(Self.full)
    #expect(configuration.knowledge.folders == ["Knowledge", "/srv/ours"])
    #expect(configuration.prompts == "Words" && configuration.data == "/srv/data")
    #expect(configuration.line.listen == ListenAddress(host: "0.0.0.0", port: 7171) && configuration.line.isPublic)
    let limits = configuration.line.limits
    #expect(limits.connections == 11 && limits.connectionsPerAddress == 12 && limits.questionsPerMinute == 13)
    #expect(limits.lineBytes == 1024 && limits.outputBytes == 32_768)
    #expect(limits.idle == .seconds(120) && limits.unfinishedLine == .seconds(15))
    #expect(configuration.http.listen == ListenAddress(host: "::", port: 8181) && configuration.http.isPublic)
    #expect(configuration.http.token?.reference == "env:HTTP_TOKEN")
    #expect(configuration.privacy.keep == .seconds(7 * 86_400))
    #expect(configuration.contacts.map(\.name) == ["Works council", "Anna"])
    #expect(configuration.contacts.first?.matters == ["harassment", "crisis"])
    #expect(configuration.contacts.last?.how == "555 0100")
    let leads = try #require(configuration.channel("leads"))
    #expect(leads.platform == .slack && leads.allowPrivate && leads.allowHosts == ["chat.example.org"])
    #expect(leads.signingSecret?.reference == "env:SLACK_SIGNING_SECRET")
    #expect(leads.webhook?.reference == "file:/run/secrets/webhook" && leads.token?.reference == "env:SLACK_BOT_TOKEN")
    #expect(leads.api == "https://slack.example/api" && leads.owners == ["U0ANNA001", "U0BOB0002"])
    #expect(configuration.channels.map(\.name) == ["leads", "second"])
    let schedule = try #require(configuration.schedules.first)
    #expect(schedule.name == "morning-tip" && schedule.channel == "leads" && schedule.at == "weekdays 09:00")
    #expect(schedule.timeZone == "Europe/Berlin" && schedule.topics == ["trust", "followership"])
    #expect(schedule.catchUp == .seconds(5400))
  }

  @Test("the printed form reads back equal, and prints no secret", arguments: ["", full])
  func printed(text: String) throws {
    let configuration = try Self.read(text)
    let again = try Self.read(configuration.yaml)
    #expect(again.yaml == configuration.yaml)
    #expect(String(describing: again) == String(describing: configuration))
  }

  @Test(
    "what somebody writes into a text is printed so that it reads back equal",
    arguments: [
      "plain", "two words", "a: b", "- a", "#a", "'", "\"", "\\", "{}", "[a, b]", "true", "null", "~", "1", "1e3", "&a",
      "*a",
      "!a", "%a", "@a", "`a", "tab\there", "line\nline", "cr\rlf\r\n", "\u{7}\u{1B}[2J", "\u{85}x\u{2028}y\u{2029}z",
      "\u{80}\u{9F}", "ünï 🙂 信", " edge ", "---", "...", "a #b", "yes", "0x1F", "2026-11-23", "<<", "=",
    ])
  func hostileTexts(text: String) throws {
    var configuration = try Self.read(Self.full)
    configuration.contacts[0].how = text
    configuration.contacts[0].matters = [text, "x"]
    configuration.prompts = text
    configuration.channels[0].owners = [text]
    let again = try Self.read(configuration.yaml)
    #expect(again.contacts == configuration.contacts)
    #expect(again.prompts == text && again.channels[0].owners == [text])
  }

  @Test(
    "the environment comes before the file",
    arguments: [
      ("COACH_LINE_LISTEN", "127.0.0.1:1"), ("COACH_HTTP_LISTEN", "[::1]:2"), ("COACH_DATA", "/elsewhere"),
      ("COACH_PROMPTS", "Other"), ("COACH_LINE_LIMITS_CONNECTIONS_PER_ADDRESS", "77"), ("COACH_LINE_LIMITS_IDLE", "9m"),
      ("COACH_KNOWLEDGE_FOLDERS", "one, two"), ("COACH_HTTP_TOKEN", "file:/token"), ("COACH_PRIVACY_KEEP", "2d"),
      ("COACH_CHANNELS_LEADS_API", "https://x.example"), ("COACH_SCHEDULES_MORNING_TIP_AT", "10:30"),
    ])
  func environment(variable: String, value: String) throws {
    let configuration = try Self.read(Self.full, [variable: value])
    let parts = value.split(separator: ", ").map(String.init)
    #expect(parts.allSatisfy { configuration.yaml.contains($0) })
    #expect(configuration.yaml != (try Self.read(Self.full)).yaml)
  }

  @Test(
    "an environment variable of a wrong form is a problem like one in the file",
    arguments: [
      ("COACH_LINE_LISTEN", "nowhere"), ("COACH_LINE_LIMITS_CONNECTIONS", "many"), ("COACH_LINE_PUBLIC", "perhaps"),
      ("COACH_HTTP_TOKEN", "the-secret-canary"), ("COACH_PRIVACY_KEEP", "1"), ("COACH_DATABASE", "oracle"),
      ("COACH_KNOWLEDGE_FOLDERS", ""), ("COACH_LINE_LISTEN", "0.0.0.0:1"), ("COACH_PROMPTS", ""),
    ])
  func wrongEnvironment(variable: String, value: String) {
    let problems = Self.problems("", [variable: value])
    #expect(problems.count == 1, "\(problems)")
    #expect(!problems.joined().contains("canary"))
  }

  @Test(
    "a duration is a number and a unit, and is printed in the largest that fits",
    arguments: [
      ("1s", 1, "1s"), ("59s", 59, "59s"), ("60s", 60, "1m"), ("90s", 90, "90s"), ("90m", 5400, "90m"),
      ("120m", 7200, "2h"), ("24h", 86_400, "1d"), ("1d", 86_400, "1d"), ("000060s", 60, "1m"),
    ])
  func durations(text: String, seconds: Int, printed: String) throws {
    let configuration = try Self.read("line: { limits: { idle: \(text) } }")
    #expect(configuration.line.limits.idle == .seconds(seconds))
    #expect(configuration.yaml.contains("    idle: \(printed)\n"))
  }

  @Test(
    "what is no duration is told",
    arguments: ["s", "5", "5 m", "-5s", "+5s", "5.5m", "5M", "5w", "1h30m", "0000060s", "٥s", "5s5", "''", "1e3s"])
  func noDuration(text: String) {
    #expect(Self.problems("line: { limits: { idle: \(text) } }").count == 1)
  }

  @Test("a file is looked for where it was named, and there only")
  func load() throws {
    let bench = try Bench()
    let file = try bench.write("data: /srv/x\n", to: "a.yaml")
    #expect(try Configuration.load(path: file, environment: [:]).data == "/srv/x")
    #expect(try Configuration.load(path: file, environment: [:]).path == file)
    for wrong in [bench.path + "/none.yaml", bench.path] {
      let problems = try #require(throws: Configuration.Problems.self) {
        try Configuration.load(path: wrong, environment: [:])
      }
      #expect(problems.description.contains(wrong))
    }
    let binary = try bench.write(Data([0x64, 0xFF, 0xFE]), to: "b.yaml")
    let large = try bench.write("#" + String(repeating: "x", count: 1_048_576), to: "c.yaml")
    for wrong in [binary, large] {
      #expect(throws: Configuration.Problems.self) { try Configuration.load(path: wrong, environment: [:]) }
    }
  }
}
