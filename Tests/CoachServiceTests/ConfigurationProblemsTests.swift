import CoachService
import Testing

@Suite("What is wrong with a configuration")
struct ConfigurationProblemsTests {
  private func problems(_ text: String) -> [String] { ConfigurationTests.problems(text) }

  @Test(
    "an unknown key is told with its line and the key that was meant",
    arguments: [
      ("dta: var", "line 1: dta: is not a key; did you mean data?"),
      ("data: var\nlime: {}", "line 2: lime: is not a key; did you mean line?"),
      ("line:\n  lisen: \"127.0.0.1:1\"", "line 2: line.lisen: is not a key; did you mean listen?"),
      ("line:\n  limits:\n    idel: 5m", "line 3: line.limits.idel: is not a key; did you mean idle?"),
      ("privacy:\n  keeep: 30d", "line 2: privacy.keeep: is not a key; did you mean keep?"),
      (
        "contacts:\n  - { name: A, for: [x], how: B, hwo: C }",
        "line 2: contacts[1].hwo: is not a key; did you mean how?"
      ),
      ("telemetry: on", "line 1: telemetry: is not a key; known here: "),
    ])
  func unknownKeys(text: String, problem: String) {
    let found = problems(text)
    #expect(found.count == 1 && found.first?.hasPrefix(problem) == true, "\(found)")
  }

  @Test(
    "a value of a wrong type or out of its range is told with an example that would do",
    arguments: [
      "line:\n  limits:\n    connections: many", "line:\n  limits:\n    connections: 0",
      "line:\n  limits:\n    connections: -1", "line:\n  limits:\n    connections: 99999999999999999999",
      "line:\n  limits:\n    connections: 1.5", "line:\n  limits:\n    connections: [1]",
      "line:\n  limits:\n    line-bytes: 10", "line:\n  limits:\n    idle: 300", "line:\n  limits:\n    idle: 5 m",
      "line:\n  limits:\n    idle: 0s", "line:\n  limits:\n    idle: 2d", "line:\n  limits:\n    idle: -5s",
      "line:\n  limits:\n    idle: 9999999s", "line:\n  listen: 7070", "line:\n  listen: [a]", "line:\n  public: yes",
      "line:\n  public: 1", "privacy:\n  questions: some", "privacy:\n  questions: all", "privacy:\n  keep: 366d",
      "privacy:\n  keep: 1h", "knowledge:\n  folders: Knowledge", "knowledge:\n  folders: []",
      "knowledge:\n  folders: [\"\"]", "knowledge:\n  folders: [[a]]", "knowledge:\n  language: german",
      "knowledge:\n  model: e5", "database: postgres", "prompts: \"\"", "data: [var]", "data: { a: b }",
      "http:\n  token: secret-itself", "contacts: Anna", "contacts: { name: Anna }",
    ])
  func wrongValues(text: String) throws {
    let found = problems(text)
    #expect(found.count == 1, "\(found)")
    let line = text.split(separator: "\n").count
    #expect(
      found.first?.hasPrefix("line \(line): ") == true && found.first?.contains("for example: ") == true, "\(found)")
  }

  @Test(
    "a section that is none is told", arguments: ["line: 7", "http: [a]", "channels: slack", "schedules: [a]", "- a"])
  func wrongSections(text: String) {
    let found = problems(text)
    #expect(found.count == 1 && found.first?.hasPrefix("line 1: ") == true, "\(found)")
    #expect(found.first?.contains(": :") == false)
  }

  @Test(
    "what is not built yet is refused, not ignored",
    arguments: [
      "line:\n  telnet: \"127.0.0.1:23\"", "line:\n  tls: cert.pem", "line:\n  token: env:A",
      "line:\n  tls: { cert: a }",
      "http:\n  metrics-listen: \"127.0.0.1:9\"", "http:\n  trusted-proxies: [10.0.0.1]",
      "channels:\n  a:\n    platform: discord\n    signing-secret: env:A",
    ])
  func notBuilt(text: String) {
    #expect(problems(text).count == 1, "\(problems(text))")
  }

  @Test("an address that others reach needs public: true", arguments: ["line", "http"])
  func publicAddresses(section: String) {
    for address in ["0.0.0.0:1", "[::]:1", "192.168.1.2:1", "coach.example.org:1", "127.example.org:1"] {
      let found = problems("\(section):\n  listen: \"\(address)\"")
      #expect(found.count == 1 && found.first?.contains("public: true") == true, "\(found)")
      #expect(problems("\(section):\n  listen: \"\(address)\"\n  public: true").isEmpty)
    }
    #expect(problems("\(section):\n  listen: \"127.0.0.2:1\"").isEmpty)
  }

  @Test(
    "a channel needs a platform and a name that a URL can hold",
    arguments: [
      ("a: { signing-secret: env:A }", "platform: is missing"), ("a: { platform: irc }", "is no platform"),
      ("a: { platform: teams }", "teams is not built yet"), ("\"a b\": { platform: slack }", "part of a URL"),
      ("\"ä\": { platform: slack }", "part of a URL"), ("\"a/b\": { platform: slack }", "part of a URL"),
    ])
  func channelNames(channel: String, problem: String) {
    let found = problems("channels:\n  \(channel)")
    #expect(found.count == 1 && found.first?.contains(problem) == true, "\(found)")
  }

  @Test(
    "a schedule needs a channel that there is, a time and a zone",
    arguments: [
      ("{ at: \"09:00\", time-zone: UTC }", "channel: is missing"),
      ("{ channel: b, at: \"09:00\", time-zone: UTC }", "there is no channel \"b\""),
      ("{ channel: a, time-zone: UTC }", "at: is missing"), ("{ channel: a, at: \"09:00\" }", "time-zone: is missing"),
      ("{ channel: a, at: \"25:00\", time-zone: UTC }", "not a time"),
      ("{ channel: a, at: \"someday 09:00\", time-zone: UTC }", "not a day"),
      ("{ channel: a, at: \"09:00\", time-zone: Mars/Base }", "not a time zone"),
      ("{ channel: a, at: \"09:00\", time-zone: UTC, catch-up: 29h }", "must be a duration"),
      ("{ channel: a, at: \"09:00\", time-zone: UTC, catch-up: 0s }", "must be a duration"),
    ])
  func schedules(schedule: String, problem: String) {
    let found = problems("channels: { a: { platform: slack, signing-secret: env:A } }\nschedules:\n  s: \(schedule)")
    #expect(found.count == 1 && found.first?.contains(problem) == true, "\(found)")
  }

  @Test("every problem is told at once, in the order of the lines")
  func allAtOnce() {
    let found = problems(
      """
      dta: x
      knowledge: { language: french }
      line:
        listen: nowhere
        limits: { idle: soon, connections: none }
      http: { token: abc }
      channels: { a: { platform: irc } }
      schedules: { s: { channel: b } }
      """)
    #expect(found.count == 10, "\(found)")
    let lines = found.compactMap { $0.firstMatch(of: #/^line (\d+): /#).flatMap { Int($0.output.1) } }
    #expect(lines == lines.sorted() && lines.count >= 8)
  }

  @Test(
    "a text that is no YAML, or has a key twice, is told by its line and not repeated",
    arguments: [
      "channels:\n  a:\n    webhook: \"https://canary", "data: canary: canary", "data: 'canary\nline: [",
      "data: *canary", "\tdata: canary", "data: x\ndata: canary", "http: { token: canary", "data: %canary\n  @canary",
      "channels:\n  a: { token: env:A, token: canary }", "data: \u{1}canary", "data: !!binary canary\n b: canary",
    ])
  func noYAML(text: String) {
    let found = problems(text)
    #expect(found.count >= 1)
    #expect(!found.joined().contains("canary"), "\(found)")
    #expect(found.allSatisfy { !$0.contains("\n") })
  }

  @Test(
    "a secret that was written in place of its reference is not repeated",
    arguments: [
      "canary-secret", "https://hooks.slack.com/services/T/B/canary", "env:", "file:", "\"env: canary\" x", "[canary]",
      "{ canary: canary }", "ENV:CANARY-canary",
    ])
  func secretsInPlace(value: String) {
    for key in ["signing-secret", "webhook", "token"] {
      let found = problems("channels:\n  a:\n    platform: slack\n    \(key): \(value)")
      #expect(found.count == 1 && !found.joined().contains("canary"), "\(found)")
    }
    #expect(!problems("http:\n  token: \(value)").joined().contains("canary"))
  }

  @Test(
    "a key that is a list or a mapping is no key, and is told",
    arguments: [
      "? [a, b]\n: c", "line:\n  ? { a: b }\n  : c", "channels:\n  ? [a]\n  : { platform: slack }",
    ])
  func complexKeys(text: String) {
    #expect(problems(text).count == 1, "\(problems(text))")
  }
}
