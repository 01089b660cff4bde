import Dialogue
import LineProtocol
import Testing

private let name = ConversationID(received: "c-" + String(repeating: "0a", count: 16))

@Suite("A session")
struct SessionTests {
  @Test("text lines stay in the conversation of the latest reply, JSON requests name their own")
  func conversations() {
    var conversation = Conversation { utterance in
      var reply = Reply(kind: .answer, text: "ok")
      reply.conversation = utterance.text == "json" ? ConversationID(chatDigest: "other") : name
      return reply
    }
    conversation.send(
      "one\ntwo\n{\"ask\":\"json\"}\nthree\n{\"ask\":\"json\",\"conversation\":\"\(name?.rawValue ?? "")\"}\n")
    #expect(conversation.asked.map(\.conversation) == [nil, name, nil, name, name])
    #expect(conversation.asked.allSatisfy { $0.surface == .line })
  }

  @Test("requests wait for the reply to the one before")
  func order() {
    var session = Session(greeting: "", at: .zero)
    session.receive(Array("one\ntwo\n".utf8), at: .zero)
    guard case .ask(let first) = session.next() else { return #expect(Bool(false), "nothing was asked") }
    #expect(first.text == "one")
    #expect(session.next() == nil)
    #expect(session.hasInput)
    session.answer(Reply(kind: .answer, text: "1"))
    #expect(session.next() == .ask(Utterance(text: "two", surface: .line)))
  }

  @Test("a flood of requests comes out in portions, all of it, in order")
  func portions() {
    var conversation = Conversation()
    conversation.send((0..<10_000).map { "question \($0)\n" }.joined())
    #expect(conversation.text == (0..<10_000).map { "You asked: question \($0)\n\n" }.joined())
    var session = Session(limits: .init(errorsInARow: .max), greeting: "", at: .zero)
    session.receive([UInt8](repeating: 0x0A, count: 100_000), at: .zero)
    #expect(session.next() == .send)
    #expect(session.output.count < 66_000)
  }

  @Test(
    "a command that a byte was taken from is no command", arguments: ["/qu\u{0}it", "/quit\u{200B}", "\u{FEFF}/quit"])
  func repairedCommands(line: String) {
    var conversation = Conversation()
    conversation.send(line + "\n")
    #expect(!conversation.isClosed)
    #expect(conversation.asked.map(\.isRepaired) == [true])
    #expect(conversation.text.contains("held bytes that are not text"))
  }

  @Test("an escape in JSON makes no command either")
  func escapedCommands() {
    var conversation = Conversation()
    conversation.send(#"{"ask":"/qu\u0000it"}"# + "\n" + #"{"ask":"/width\n100"}"# + "\n")
    #expect(!conversation.isClosed)
    #expect(conversation.session.renderer.width == 80)
    #expect(conversation.text.split(separator: "\n").allSatisfy { $0.contains("damaged-command") })
  }

  @Test(
    "a width is a plain number from 20 to 500",
    arguments: [
      ("20", 20), ("500", 500), ("19", nil), ("501", nil), ("-0", nil), ("+50", nil), ("1e2", nil), ("٣٠", nil),
      ("99999999999999999999", nil), ("0000000100", nil), ("050", 50),
    ] as [(String, Int?)])
  func widths(argument: String, expected: Int?) {
    var conversation = Conversation()
    conversation.send("/width \(argument)\n")
    #expect(conversation.session.renderer.width == expected ?? 80)
    #expect(conversation.text.hasPrefix(expected == nil ? "A width is a number" : "Answers now wrap"))
    #expect(conversation.asked.isEmpty)
  }

  @Test("nothing after /quit is run, in JSON as in text")
  func quits() {
    var conversation = Conversation()
    conversation.send(#"{"ask":"/quit","id":"1"}"# + "\none\n")
    #expect(conversation.isClosed)
    #expect(conversation.asked.isEmpty)
    #expect(conversation.text == #"{"kind":"notice","id":"1","text":"Goodbye."}"# + "\n")
  }

  @Test("ten errors in a row end the session with a reason, and an answer between them starts the count again")
  func errors() {
    var conversation = Conversation()
    let nine = String(repeating: "/hepl\n", count: 9)
    conversation.send(nine + "fine\n" + nine)
    #expect(!conversation.isClosed)
    conversation.send("{\n")
    #expect(conversation.isClosed)
    #expect(conversation.session.closeReason == .tooManyErrors)
    let last = conversation.text.split(separator: "\n").last ?? ""
    #expect(last.hasPrefix(#"{"kind":"error","code":"too-many-errors""#))
  }

  @Test("faults of ours do not count against the client")
  func ourFaults() {
    var conversation = Conversation { _ in .error(.unavailable, "Not now.") }
    conversation.send(String(repeating: "one\n", count: 30))
    #expect(!conversation.isClosed)
    #expect(conversation.asked.count == 30)
  }

  @Test("random bytes end the session soon")
  func randomBytes() {
    var random = SeededGenerator(seed: 11)
    var conversation = Conversation()
    for _ in 0..<1000 where !conversation.isClosed {
      conversation.send((0..<1000).map { _ in UInt8.random(in: 0...255, using: &random) })
    }
    #expect(conversation.isClosed)
  }

  @Test("silence and half a line end the session when their time is over, and not before")
  func deadlines() {
    var silent = Conversation()
    silent.checkTime(at: .seconds(299))
    #expect(!silent.isClosed)
    silent.checkTime(at: .seconds(300))
    #expect(silent.isClosed)
    #expect(silent.text == "Nothing was asked for 5 minutes, so I close. Come back any time.\n\n")
    var slow = Conversation()
    for second in 0..<30 {
      slow.now = .seconds(second)
      slow.send("x")
      slow.checkTime(at: .seconds(second))
    }
    #expect(!slow.isClosed)
    slow.checkTime(at: .seconds(30))
    #expect(slow.isClosed)
    #expect(slow.session.closeReason == .tooSlow)
  }

  @Test("an overlong line that ended leaves no line to finish")
  func deadlineAfterOverlongLine() {
    var conversation = Conversation(limits: .init(lineBytes: 16))
    conversation.send("0123456789abcdefghij\n")
    conversation.checkTime(at: .seconds(40))
    #expect(!conversation.isClosed)
  }

  @Test("in a crowd, whoever never asked goes first")
  func crowd() {
    var silent = Conversation()
    silent.checkTime(at: .seconds(9), isCrowded: true)
    #expect(!silent.isClosed)
    silent.checkTime(at: .seconds(10), isCrowded: true)
    #expect(silent.session.closeReason == .idle)
    var active = Conversation()
    active.send("one\n")
    active.checkTime(at: .seconds(60), isCrowded: true)
    #expect(!active.isClosed)
  }

  @Test("the reason for closing is JSON after a JSON request")
  func jsonReason() {
    var conversation = Conversation()
    conversation.send("{\"ask\":\"one\"}\n")
    conversation.checkTime(at: .seconds(300))
    #expect(conversation.text.split(separator: "\n").last?.hasPrefix(#"{"kind":"error","code":"idle""#) == true)
  }

  @Test("the greeting is one line, whatever the configuration says")
  func greeting() {
    #expect(Conversation(greeting: "Hello\nworld\u{1B}").session.output == Array("Hello world\n".utf8))
    #expect(Conversation(greeting: "").session.output.isEmpty)
  }

  @Test("a telnet client's terminal turns colour on, and its window sets the width within bounds")
  func telnetSettings() {
    var conversation = Conversation()
    conversation.send([255, 251, 24, 255, 250, 24, 0] + Array("XTERM-256COLOR".utf8) + [255, 240])
    #expect(conversation.session.renderer.usesColor)
    conversation.send([255, 251, 31, 255, 250, 31, 0, 5, 0, 5, 255, 240])
    #expect(conversation.session.renderer.width == 20)
    conversation.send([255, 250, 31, 255, 255, 255, 255, 0, 5, 255, 240])
    #expect(conversation.session.renderer.width == 500)
    conversation.send("/color off\r\n")
    #expect(!conversation.session.renderer.usesColor)
  }
}
