import Coaching
import Dialogue
import LineProtocol

/// A dialogue in this process: `coach ask` and `coach chat`.
///
/// A class, because it changes with every line: its one owner is the verb, and the state of the conversation stays on this side
/// of the module.
package final class TerminalDialogue {
  private let coach: Coach
  private var conversation = Conversation(owner: "\(UInt64.random(in: .min ... .max))")
  package let greeting: String
  /// The person said goodbye.
  package private(set) var isOver = false

  /// - Throws: `Failure` when there is no knowledge to answer from.
  package init(_ workspace: Workspace) throws(Failure) {
    greeting = try workspace.templates().render(.greeting)
    coach = try workspace.coach()
  }

  /// The reply to a line as it was typed; the text is wrapped for a terminal and ends without an empty line.
  package func reply(to line: String) -> Report {
    let received = ReceivedText(Array(line.utf8))
    let utterance = Utterance(text: received.text, surface: .terminal, isRepaired: received.isRepaired)
    isOver = Command.parse(utterance) == .command(Command(.quit))
    let reply = coach.reply(to: utterance, in: &conversation)
    let text = TextRenderer().text(of: reply)
    return Report(text: String(text.reversed().drop { $0 == "\n" }.reversed()), json: reply.json())
  }
}
