import Coaching
import Dialogue

/// An utterance on the socket or over `/v1`: answered from memory, on the thread that asks.
struct AnswerAtOnce: Sendable {
  let coach: @Sendable () -> Coach
  let conversations: Conversations

  func callAsFunction(_ utterance: Utterance) -> Reply {
    let coach = coach()
    return conversations.take(utterance.conversation) { conversation in
      coach.reply(to: utterance, in: &conversation)
    }
  }
}
