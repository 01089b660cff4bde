import Dialogue
import LineProtocol

/// Drives a session as a socket would: pieces in, bytes out.
struct Conversation {
  var session: Session
  private(set) var output: [UInt8] = []
  private(set) var asked: [Utterance] = []
  private(set) var isClosed = false
  var now: Duration = .zero
  var respond: (Utterance) -> Reply

  init(
    limits: Session.Limits = Session.Limits(), greeting: String = "",
    respond: @escaping (Utterance) -> Reply = Conversation.echo
  ) {
    session = Session(limits: limits, greeting: greeting, at: .zero)
    self.respond = respond
  }

  /// Says what was asked, in a form that shows what reached the responder.
  static func echo(_ utterance: Utterance) -> Reply {
    if case .mistake(let reply) = Command.parse(utterance) { return reply }
    return Reply(kind: .answer, text: "You asked: \(utterance.text)\(utterance.isRepaired ? " (repaired)" : "")")
  }

  var text: String { String(decoding: output, as: UTF8.self) }

  mutating func send(_ bytes: [UInt8]) {
    session.receive(bytes, at: now)
    work()
  }

  mutating func send(_ text: String) { send(Array(text.utf8)) }

  mutating func finish() {
    session.finishInput()
    work()
  }

  mutating func checkTime(at time: Duration, isCrowded: Bool = false) {
    now = time
    session.checkTime(at: time, isCrowded: isCrowded)
    work()
  }

  mutating func work() {
    while let action = session.next() {
      switch action {
      case .ask(let utterance):
        asked.append(utterance)
        session.answer(respond(utterance))
      case .send: output += session.takeOutput()
      case .close: isClosed = true
      }
    }
    output += session.takeOutput()
  }
}
