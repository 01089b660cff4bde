import Coaching
import Foundation
import Yams

extension Configuration {
  /// Everything that is wrong with a configuration, all at once.
  package struct Problems: Error, Sendable, CustomStringConvertible {
    package var path: String?
    package var lines: [String]
    package var description: String {
      lines.map { "\(path ?? "configuration"): \($0)" }.joined(separator: "\n")
    }
  }

  private static let byteLimit = 1_048_576

  /// Finds and reads the configuration: `path` if given, else `./coach.yaml`, else `/etc/inner-coach/coach.yaml`, else the
  /// defaults.
  package static func load(path: String?, environment: [String: String]) throws(Problems) -> Configuration {
    let candidates = path.map { [$0] } ?? ["coach.yaml", "/etc/inner-coach/coach.yaml"]
    guard let found = path ?? candidates.first(where: FileManager.default.fileExists) else {
      return try read("", path: nil, environment: environment)
    }
    guard let data = FileManager.default.contents(atPath: found) else {
      throw Problems(path: found, lines: ["cannot be read; name an existing file with --config"])
    }
    guard data.count <= byteLimit, let text = String(data: data, encoding: .utf8) else {
      throw Problems(path: found, lines: ["is not a UTF-8 text of at most 1 MiB"])
    }
    return try read(text, path: found, environment: environment)
  }

  /// Reads a configuration's text; relative paths in it stay relative to the working folder.
  package static func read(
    _ text: String, path: String?, environment: [String: String]
  ) throws(Problems) -> Configuration {
    let root: Node?
    do {
      root = try Yams.compose(yaml: text)
    } catch {
      throw Problems(path: path, lines: [Self.words(for: error)])
    }
    let reader = ConfigurationReader(root, environment: environment)
    var configuration = Configuration()
    configuration.path = path
    configuration.read(reader)
    reader.finish()
    if !reader.problems.isEmpty {
      let sorted = reader.problems.sorted { ($0.line ?? 0) < ($1.line ?? 0) }
      throw Problems(path: path, lines: sorted.map(\.description))
    }
    return configuration
  }

  /// What the YAML parser found and where, without the line itself: a secret may stand on it.
  private static func words(for error: any Error) -> String {
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      "line \(mark.line): is not valid YAML: \(problem)"
    case .duplicatedKeysInMapping(let duplicates, let context):
      "line \(context.mark.line): \(duplicates.sorted().joined(separator: ", ").prefix(80)): stands there twice"
    case .reader(let problem, _, _, _): "is not valid YAML: \(problem)"
    default: "is not valid YAML"
    }
  }

  private mutating func read(_ root: ConfigurationReader) {
    root.section("knowledge") { section in
      knowledge.folders = section.strings("folders", knowledge.folders, example: "[Knowledge]")
      if knowledge.folders.isEmpty {
        section.report("folders", "must name at least one folder; for example: [Knowledge]")
      }
      refuseOther("language", "english", in: section, until: "other languages are")
      refuseOther("model", "none", in: section, until: "the encoder is")
    }
    prompts = root.string("prompts", prompts, example: "Prompts")
    data = root.string("data", data, example: "var")
    refuseOther("database", "sqlite", in: root, until: "other databases are")
    root.section("line") { readLine($0) }
    root.section("http") { readHTTP($0) }
    root.section("privacy") { section in
      privacy.questions = section.choice("questions", privacy.questions)
      privacy.keep = section.duration("keep", privacy.keep, in: .seconds(86_400)...(.seconds(365 * 86_400)))
      if privacy.questions != .none {
        section.report("questions", "keeping questions is not built yet; for example: questions: none")
      }
    }
    root.list("contacts", example: "[{ name: Works council, for: [harassment], how: room 12 }]") { entry in
      contacts.append(
        Contact(
          name: entry.required("name", example: "Works council"),
          matters: entry.strings("for", [], example: "[crisis, harassment]"),
          how: entry.required("how", example: "room 12, or 555 0100")))
    }
    root.section("channels") { section in
      for name in section.names.sorted() { section.section(name) { readChannel(name, $0) } }
    }
    root.section("schedules") { section in
      for name in section.names.sorted() { section.section(name) { readSchedule(name, $0) } }
    }
  }

  private mutating func readLine(_ section: ConfigurationReader) {
    line.listen = listenAddress(section, line.listen, isPublic: &line.isPublic)
    for key in ["telnet", "tls", "token"] { refuse(key, in: section) }
    section.section("limits") { limits in
      line.limits.connections = limits.int("connections", line.limits.connections, in: 1...1_000_000)
      line.limits.connectionsPerAddress = limits.int(
        "connections-per-address", line.limits.connectionsPerAddress, in: 1...1_000_000)
      line.limits.questionsPerMinute = limits.int(
        "questions-per-minute", line.limits.questionsPerMinute, in: 1...10_000_000)
      line.limits.lineBytes = limits.int("line-bytes", line.limits.lineBytes, in: 256...1_048_576)
      line.limits.outputBytes = limits.int("output-bytes", line.limits.outputBytes, in: 16_384...16_777_216)
      line.limits.idle = limits.duration("idle", line.limits.idle, in: .seconds(1)...(.seconds(86_400)))
      line.limits.unfinishedLine = limits.duration(
        "unfinished-line", line.limits.unfinishedLine, in: .seconds(1)...(.seconds(3600)))
    }
  }

  private mutating func readHTTP(_ section: ConfigurationReader) {
    http.listen = listenAddress(section, http.listen, isPublic: &http.isPublic)
    http.token = section.secret("token")
    for key in ["metrics-listen", "trusted-proxies"] { refuse(key, in: section) }
  }

  private mutating func readChannel(_ name: String, _ section: ConfigurationReader) {
    let platform = section.string("platform", "", example: "slack")
    let built = Platform(rawValue: platform)
    if built == nil {
      let reason =
        Platform.allNamed.contains(platform)
        ? "\(platform) is not built yet" : platform.isEmpty ? "is missing" : "\"\(platform.prefix(40))\" is no platform"
      section.report("platform", "\(reason); for example: platform: slack")
    }
    if name.isEmpty || !name.utf8.allSatisfy(Self.isNameByte) {
      section.report("platform", "a channel's name is part of a URL: use letters, digits, -, _ and . only")
    }
    var channel = Channel(name: name, platform: built ?? .slack)
    channel.signingSecret = section.secret("signing-secret")
    channel.webhook = section.secret("webhook")
    channel.token = section.secret("token")
    channel.api = section.optionalString("api", example: "https://slack.com/api")
    channel.allowPrivate = section.bool("allow-private", false)
    channel.allowHosts = section.strings("allow-hosts", [], example: "[chat.example.org]")
    channel.owners = section.strings("owners", [], example: "[U0ANNA001]")
    channels.append(channel)
  }

  private mutating func readSchedule(_ name: String, _ section: ConfigurationReader) {
    let schedule = Schedule(
      name: name, channel: section.required("channel", example: "leads"),
      at: section.required("at", example: "weekdays 09:00"),
      timeZone: section.required("time-zone", example: "Europe/Berlin"),
      topics: section.strings("topics", [], example: "[trust, followership]"),
      catchUp: section.duration("catch-up", .seconds(6 * 3600), in: .seconds(60)...(.seconds(28 * 3600))))
    if !schedule.channel.isEmpty, channel(schedule.channel) == nil {
      section.report("channel", "there is no channel \"\(schedule.channel.prefix(40))\"; declare it under channels:")
    }
    if !schedule.at.isEmpty, !schedule.timeZone.isEmpty, let problem = schedule.problem {
      section.report("at", problem)
    }
    schedules.append(schedule)
  }

  private func listenAddress(
    _ section: ConfigurationReader, _ fallback: ListenAddress, isPublic: inout Bool
  ) -> ListenAddress {
    let address = section.value("listen", fallback, example: "\"\(fallback)\"", rule: "a host and a port") {
      ListenAddress($0)
    }
    isPublic = section.bool("public", false)
    if !address.isLoopback && !isPublic {
      section.report(
        "listen",
        "\(address) can be reached from other machines; if that is meant, add public: true, else use \"\(fallback)\"")
    }
    return address
  }

  private func refuseOther(_ key: String, _ only: String, in section: ConfigurationReader, until what: String) {
    let value = section.string(key, only, example: only)
    if value != only { section.report(key, "must be \(only) until \(what) built; for example: \(key): \(only)") }
  }

  private func refuse(_ key: String, in section: ConfigurationReader) {
    if section.optionalString(key, example: "nothing") != nil {
      section.report(key, "is not built yet; leave the key out")
    }
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
      true
    default: false
    }
  }
}
