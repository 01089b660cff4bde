import Dialogue
import LineProtocol

/// The input as what a client sends: its first byte says how the rest is cut, which must make no difference.
enum SessionTarget {
  static func run(_ bytes: [UInt8]) {
    guard let step = bytes.first else { return }
    let input = bytes.dropFirst()
    let whole = conversation([input])
    var pieces: [ArraySlice<UInt8>] = []
    var rest = input
    while !rest.isEmpty {
      // Lengths of 1 to 31, in an order of their own for each first byte.
      let count = 1 + (Int(step) + 7 * pieces.count) % 31
      pieces.append(rest.prefix(count))
      rest = rest.dropFirst(count)
    }
    let cut = conversation(pieces)
    precondition(whole.isClosed, "a session that has ended is not closed")
    precondition(whole.output == cut.output && whole.isClosed == cut.isClosed, "a cut changed the output")
    precondition(whole.asked == cut.asked, "a cut changed what was asked")
  }

  private static func conversation(_ pieces: [ArraySlice<UInt8>]) -> Conversation {
    var conversation = Conversation(limits: Session.Limits(lineBytes: 100), greeting: "Hello.")
    for piece in pieces { conversation.send(Array(piece)) }
    conversation.finish()
    return conversation
  }
}
