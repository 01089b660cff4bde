import Dialogue
import Foundation

/// What Slack's proved bodies say: slash commands are forms, events are JSON.
extension Slack {
  /// Ids of Slack are some 11 characters; what is longer is not one.
  private static let idLimitBytes = 100

  func command(_ body: [UInt8], proof: String) -> Inbound {
    guard let form = try? FormFields(body) else { return .refused(Refusal(.malformed)) }
    if form["ssl_check"] == "1" { return .respond(.empty) }
    // A button of some message; there are none of ours yet.
    if form["payload"] != nil { return .ignored(.empty) }
    guard let person = Self.id(form["user_id"]), let channel = Self.id(form["channel_id"]), let text = form["text"],
      let responseURL = form["response_url"], form["command"] != nil
    else { return .refused(Refusal(.malformed)) }
    guard mayFollow(responseURL) else {
      return .refused(Refusal(.replyAddress, showing: Self.foreignReplyAddress))
    }
    return .asked(
      Ask(
        words: SlackText.words(text, bot: botUserID), isPrefixed: true, person: person,
        place: Ask.Place(channel: channel),
        receivedIDs: [Self.id(form["trigger_id"]).map { "trigger:\($0)" } ?? "signature:\(proof)"],
        replyTo: .responseURL(responseURL), acknowledgement: .empty))
  }

  func event(_ body: [UInt8]) -> Inbound {
    guard let json = try? JSONValue(parsing: body), json.members != nil else { return .refused(Refusal(.malformed)) }
    switch json["type"]?.string {
    case "url_verification": return Self.challenge(json["challenge"]?.string)
    case "event_callback": return said(json) ?? .ignored(.empty)
    default: return .ignored(.empty)
    }
  }

  /// The question in an event, or nil when it is none for us.
  private func said(_ json: JSONValue) -> Inbound? {
    guard let event = json["event"], let person = Self.id(event["user"]?.string),
      let channel = Self.id(event["channel"]?.string), let time = Self.id(event["ts"]?.string),
      let text = event["text"]?.string
    else { return nil }
    let bot = botUserID ?? Self.bot(in: json)
    guard !Self.isMade(event, by: bot), let isMention = Self.isMention(event) else { return nil }
    let thread = Self.id(event["thread_ts"]?.string) ?? time
    // One post may arrive as `app_mention` and as `message`, each with an event id of its own.
    let eventID = Self.id(json["event_id"]?.string).map { ["event:\($0)"] } ?? []
    return .asked(
      Ask(
        words: SlackText.words(text, bot: bot, dropsLeadingMention: bot == nil && isMention), isPrefixed: true,
        person: person, place: Ask.Place(channel: channel, thread: isMention ? thread : nil),
        receivedIDs: eventID + ["post:\(channel):\(time)"],
        replyTo: hasToken ? .post(channel: channel, thread: thread) : .webhook(thread: thread),
        acknowledgement: .empty))
  }

  /// Whether the event addresses us by a mention (true) or as a direct message (false); nil when it does neither.
  private static func isMention(_ event: JSONValue) -> Bool? {
    switch (event["type"]?.string, event["channel_type"]?.string) {
    case ("app_mention", _): true
    case ("message", "im"): false
    default: nil
    }
  }

  /// Whether a program, we ourselves or an edit made the event. Any subtype but the two of plain posts is such a change.
  private static func isMade(_ event: JSONValue, by bot: String?) -> Bool {
    if let id = event["bot_id"], id != .null { return true }
    if event["bot_profile"] != nil || event["hidden"]?.bool == true { return true }
    if let subtype = event["subtype"], subtype != .null,
      subtype.string != "thread_broadcast", subtype.string != "file_share"
    {
      return true
    }
    return bot != nil && event["user"]?.string == bot
  }

  private static func bot(in json: JSONValue) -> String? {
    json["authorizations"]?.array?.first { $0["is_bot"]?.bool == true }.flatMap { id($0["user_id"]?.string) }
  }

  /// The challenge as plain text, if it is short and of safe characters.
  private static func challenge(_ challenge: String?) -> Inbound {
    guard let challenge, (1...256).contains(challenge.utf8.count),
      challenge.utf8.allSatisfy({ isLetterOrDigit($0) || "-_.~+/=".utf8.contains($0) })
    else { return .refused(Refusal(.malformed)) }
    return .respond(.text(challenge))
  }

  /// An id: short, and of letters, digits, dots and the like.
  private static func id(_ text: String?) -> String? {
    guard let text, (1...idLimitBytes).contains(text.utf8.count),
      text.utf8.allSatisfy({ isLetterOrDigit($0) || "-_.".utf8.contains($0) })
    else { return nil }
    return text
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }

  private static let foreignReplyAddress: InboundResponse = {
    var object = JSONObject()
    object.add("response_type", "ephemeral")
    object.add(
      "text",
      "I cannot answer here: the reply address that came with your command is on a host that I may not use. "
        + "Whoever runs me can name it under allow-hosts.")
    return .json(object.finished())
  }()
}
