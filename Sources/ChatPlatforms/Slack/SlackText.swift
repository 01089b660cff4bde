/// Slack's mrkdwn: reading the text of a message, and writing text that cannot act.
///
/// Source: docs.slack.dev/messaging/formatting-message-text.
enum SlackText {
  /// The words of a message: `<…>` tokens replaced by what a reader saw, then the three entities undone once, so that
  /// `&amp;lt;` stays `&lt;`.
  ///
  /// - Parameters:
  ///   - bot: mentions of this id vanish; other people's are part of what was said.
  ///   - dropsLeadingMention: our id is not known, and a mention at the beginning is taken as ours.
  static func words(_ text: String, bot: String?, dropsLeadingMention: Bool = false) -> Words {
    var rest = Array(text.utf8)[...]
    if dropsLeadingMention { rest = droppingLeadingMention(rest) }
    var result: [UInt8] = []
    while let byte = rest.first {
      if byte == UInt8(ascii: "<"), let token = token(rest) {
        result.append(contentsOf: spoken(token, bot: bot))
        rest = rest.dropFirst(token.count + 2)
      } else if byte == UInt8(ascii: "&"), let (plain, length) = entity(rest) {
        result.append(plain)
        rest = rest.dropFirst(length)
      } else {
        result.append(byte)
        rest = rest.dropFirst()
      }
    }
    return Words(String(decoding: result, as: UTF8.self))
  }

  /// Escapes the three characters that begin everything that Slack acts on: mentions, links, `<!channel>`.
  static func escaped(_ text: String) -> String {
    var result = ""
    for character in text.unicodeScalars {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      default: result.unicodeScalars.append(character)
      }
    }
    return result
  }

  /// The inside of the token at the beginning; nil when the bracket is not closed on this side of another one.
  private static func token(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    let inside = bytes.dropFirst()
    guard let end = inside.firstIndex(where: { $0 == UInt8(ascii: ">") || $0 == UInt8(ascii: "<") }),
      inside[end] == UInt8(ascii: ">")
    else { return nil }
    return inside[..<end]
  }

  private static func spoken(_ token: ArraySlice<UInt8>, bot: String?) -> [UInt8] {
    let parts = token.split(separator: UInt8(ascii: "|"), maxSplits: 1, omittingEmptySubsequences: false)
    let target = parts.first ?? []
    let label = parts.count == 2 && !parts[1].isEmpty ? unescaped(parts[1]) : nil
    switch target.first {
    case UInt8(ascii: "@"):
      if let bot, target.dropFirst().elementsEqual(bot.utf8) { return [] }
      return label ?? Array("someone".utf8)
    case UInt8(ascii: "#"): return label ?? Array("a channel".utf8)
    case UInt8(ascii: "!"): return label ?? []
    default: return label ?? unescaped(target)
    }
  }

  private static func droppingLeadingMention(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let start = bytes.drop { $0 == 0x20 }
    guard start.starts(with: "<@".utf8), let token = token(start) else { return bytes }
    return start.dropFirst(token.count + 2)
  }

  private static func unescaped(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var (result, rest): ([UInt8], ArraySlice<UInt8>) = ([], bytes)
    while let byte = rest.first {
      let found = byte == UInt8(ascii: "&") ? entity(rest) : nil
      result.append(found?.plain ?? byte)
      rest = rest.dropFirst(found?.length ?? 1)
    }
    return result
  }

  private static func entity(_ bytes: ArraySlice<UInt8>) -> (plain: UInt8, length: Int)? {
    if bytes.starts(with: "&amp;".utf8) { return (UInt8(ascii: "&"), 5) }
    if bytes.starts(with: "&lt;".utf8) { return (UInt8(ascii: "<"), 4) }
    if bytes.starts(with: "&gt;".utf8) { return (UInt8(ascii: ">"), 4) }
    return nil
  }
}
