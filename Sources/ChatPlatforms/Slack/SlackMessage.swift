package import Dialogue

/// A reply as Slack shows it: the same lines as everywhere, with air before the step and the question, the step in bold
/// and the question in italics.
struct SlackMessage {
  /// Slack shows 4,000 characters comfortably; the rest is room for the styling.
  static let limit = 3_800

  private let lines: [String]

  init(_ reply: Reply) {
    let text = Self.cut(reply.text)
    lines = text.split(separator: "\n").map(String.init).flatMap { line in
      if let practice = reply.practice, Self.line(line, holds: practice) { return ["", Self.styled(line, "*")] }
      if let question = reply.question, Self.line(line, holds: question) { return ["", Self.styled(line, "_")] }
      return [SlackText.escaped(line)]
    }
  }

  var mrkdwn: String { lines.drop { $0.isEmpty }.joined(separator: "\n") }

  private static func line(_ line: String, holds part: String) -> Bool {
    !part.isEmpty && line.contains(part)
  }

  /// A line that holds a style's own character stays plain: Slack has no escape for it.
  private static func styled(_ line: String, _ mark: String) -> String {
    let escaped = SlackText.escaped(line)
    let isPlain = !line.contains { "*_~`".contains($0) } && line.first != " " && line.last != " "
    return isPlain ? mark + escaped + mark : escaped
  }

  /// The text up to the last whole word that fits when escaped, with an ellipsis if anything is missing; without control
  /// characters. Never inside a grapheme or an entity, since the cut is made before escaping.
  static func cut(_ text: String) -> String {
    var (size, result, wordEnd) = (0, "", "".endIndex)
    for character in text where character == "\n" || !isControl(character) {
      size += SlackText.escaped(String(character)).utf16.count
      if size > limit { return String(wordEnd > result.startIndex ? result[..<wordEnd] : result[...]) + " …" }
      if character == " " || character == "\n" { wordEnd = result.endIndex }
      result.append(character)
    }
    return result
  }

  private static func isControl(_ character: Character) -> Bool {
    character.unicodeScalars.contains { $0.properties.generalCategory == .control }
  }
}

extension Slack {
  package func message(_ reply: Reply, to address: ReplyAddress) -> OutgoingMessage {
    var object = JSONObject()
    switch address {
    case .responseURL(let url):
      object.add("response_type", "ephemeral")
      // A response_url lives 30 minutes; one minute is kept for the way.
      return outgoing(reply, object, to: .url(url), lifetime: .seconds(29 * 60))
    case .post(let channel, let thread):
      object.add("channel", channel)
      object.add("thread_ts", thread)
      return outgoing(reply, object, to: .api("chat.postMessage"), lifetime: OutgoingMessage.longestLifetime)
    case .webhook(let thread):
      object.add("thread_ts", thread)
      return outgoing(reply, object, to: .webhook, lifetime: OutgoingMessage.longestLifetime)
    }
  }

  package func message(tip: Reply) -> OutgoingMessage {
    message(tip, to: .webhook(thread: nil))
  }

  private func outgoing(
    _ reply: Reply, _ addressed: JSONObject, to target: OutgoingMessage.Target, lifetime: Duration
  ) -> OutgoingMessage {
    var object = addressed
    object.add("text", SlackMessage(reply).mrkdwn)
    object.add("unfurl_links", false)
    object.add("unfurl_media", false)
    return OutgoingMessage(
      target: target, contentType: "application/json; charset=utf-8", body: Array(object.finished().utf8),
      lifetime: lifetime)
  }
}
