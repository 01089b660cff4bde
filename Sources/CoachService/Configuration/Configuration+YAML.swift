import Coaching

extension Configuration {
  /// The effective configuration as YAML that can be read back. Secrets appear as their references only.
  package var yaml: String {
    var lines = [
      "knowledge:", "  folders: \(list(knowledge.folders))", "  language: english", "  model: none",
      "prompts: \(quoted(prompts))", "data: \(quoted(data))", "database: sqlite",
      "line:", "  listen: \(quoted("\(line.listen)"))", "  public: \(line.isPublic)", "  limits:",
      "    connections: \(line.limits.connections)",
      "    connections-per-address: \(line.limits.connectionsPerAddress)",
      "    questions-per-minute: \(line.limits.questionsPerMinute)", "    line-bytes: \(line.limits.lineBytes)",
      "    output-bytes: \(line.limits.outputBytes)", "    idle: \(DurationText.text(line.limits.idle))",
      "    unfinished-line: \(DurationText.text(line.limits.unfinishedLine))",
      "http:", "  listen: \(quoted("\(http.listen)"))", "  public: \(http.isPublic)",
    ]
    if let token = http.token { lines.append("  token: \(quoted(token.reference))") }
    lines += [
      "privacy:", "  questions: \(privacy.questions.rawValue)", "  keep: \(DurationText.text(privacy.keep))",
    ]
    lines.append(contacts.isEmpty ? "contacts: []" : "contacts:")
    for contact in contacts {
      lines.append("  - { name: \(quoted(contact.name)), for: \(list(contact.matters)), how: \(quoted(contact.how)) }")
    }
    lines.append(channels.isEmpty ? "channels: {}" : "channels:")
    for channel in channels { lines += yaml(channel) }
    lines.append(schedules.isEmpty ? "schedules: {}" : "schedules:")
    for schedule in schedules {
      lines += [
        "  \(quoted(schedule.name)):", "    channel: \(quoted(schedule.channel))", "    at: \(quoted(schedule.at))",
        "    time-zone: \(quoted(schedule.timeZone))", "    topics: \(list(schedule.topics))",
        "    catch-up: \(DurationText.text(schedule.catchUp))",
      ]
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func yaml(_ channel: Channel) -> [String] {
    var lines = ["  \(quoted(channel.name)):", "    platform: \(channel.platform.rawValue)"]
    let secrets = [
      ("signing-secret", channel.signingSecret), ("webhook", channel.webhook), ("token", channel.token),
    ]
    for (key, secret) in secrets {
      if let secret { lines.append("    \(key): \(quoted(secret.reference))") }
    }
    if let api = channel.api { lines.append("    api: \(quoted(api))") }
    lines += [
      "    allow-private: \(channel.allowPrivate)", "    allow-hosts: \(list(channel.allowHosts))",
      "    owners: \(list(channel.owners))",
    ]
    return lines
  }

  private func list(_ texts: [String]) -> String { "[" + texts.map(quoted).joined(separator: ", ") + "]" }

  /// A plain word as it is, anything else as a double-quoted scalar.
  private func quoted(_ text: String) -> String {
    let isPlain =
      text.utf8.allSatisfy { ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A || $0 == 0x2D || $0 == 0x2F } && !text.isEmpty
      && !["true", "false", "null", "yes", "no", "on", "off", "-"].contains(text.lowercased())
    if isPlain { return text }
    let escaped = text.unicodeScalars.map { scalar -> String in
      switch scalar {
      case "\"": "\\\""
      case "\\": "\\\\"
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}", "\u{FEFF}", "\u{FFFE}", "\u{FFFF}":
        "\\u" + String(scalar.value + 0x1_0000, radix: 16).dropFirst()
      default: String(scalar)
      }
    }
    return "\"" + escaped.joined() + "\""
  }
}
