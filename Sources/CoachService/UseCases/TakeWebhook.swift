package import ChatPlatforms
package import Coaching
import Dialogue
package import Foundation
package import Logging
import Metrics
import Outbox
package import Storage

/// A request of a chat platform: verified, answered, committed, and only then acknowledged.
///
/// The reply is computed first; one transaction takes the platform's ids of the request, the conversation's new state and the
/// delivery of the reply, and nothing of what was said. A repeat finds its id taken and changes nothing.
package struct TakeWebhook: Sendable {
  let channels: [String: ChatChannel]
  let database: Database
  let coach: @Sendable () -> Coach
  let wake: @Sendable () -> Void
  let logger: Logger

  /// A conversation in chat is forgotten after this time without a word.
  private static let conversationLifetime: TimeInterval = 86_400
  /// How often a transaction is tried anew because the same person's last request was committed meanwhile.
  private static let tries = 5

  package init(
    channels: [String: ChatChannel], database: Database, coach: @escaping @Sendable () -> Coach,
    wake: @escaping @Sendable () -> Void, logger: Logger
  ) {
    self.channels = channels
    self.database = database
    self.coach = coach
    self.wake = wake
    self.logger = logger
  }

  /// - Returns: nil when there is no such channel.
  package func callAsFunction(_ name: String, _ request: InboundRequest, now: Date = Date()) async -> InboundResponse? {
    guard let channel = channels[name] else { return nil }
    switch channel.platform.read(request, now: now) {
    case .refused(let refusal):
      count(name, refusal.reason.rawValue)
      return refusal.response
    case .respond(let response):
      count(name, "handshake")
      return response
    case .ignored(let response):
      count(name, "ignored")
      return response
    case .asked(let ask):
      return await take(ask, in: channel, now: now)
    }
  }

  private func take(_ ask: Ask, in channel: ChatChannel, now: Date) async -> InboundResponse {
    let id = channel.conversation(of: ask.person, in: ask.place.channel)
    do {
      for _ in 0..<Self.tries {
        let accepted = try await database.accept(try await acceptance(of: ask, in: channel, conversation: id, now: now))
        switch accepted {
        case .accepted:
          count(channel.name, "accepted")
          wake()
          return ask.acknowledgement
        case .repeated:
          count(channel.name, "repeated")
          return ask.acknowledgement
        case .stale:
          continue
        }
      }
      logger.warning("a conversation changed too often to be committed", metadata: ["channel": "\(channel.name)"])
    } catch {
      logger.error("a request could not be committed", metadata: ["channel": "\(channel.name)", "error": "\(error)"])
    }
    count(channel.name, "unavailable")
    return Problem(503, "The coach cannot take requests just now. Please try again in a minute.", code: .unavailable)
      .response
  }

  private func acceptance(
    of ask: Ask, in channel: ChatChannel, conversation id: ConversationID, now: Date
  ) async throws -> Acceptance {
    let stored = try await database.conversation(id.rawValue, now: now)
    var conversation = Conversation(bytes: stored?.bytes ?? [], owner: id.rawValue)
    let reply = coach().reply(to: ask.utterance(in: id), in: &conversation, isPrefixed: ask.isPrefixed)
    var acceptance = Acceptance(now: now)
    acceptance.received = ask.receivedIDs.map { ReceivedID(channel: channel.name, id: $0) }
    acceptance.conversation = StateChange(
      key: id.rawValue, bytes: conversation.bytes, basis: stored?.revision ?? 0,
      expires: now.addingTimeInterval(Self.conversationLifetime))
    acceptance.deliveries = [
      Delivery(channel.platform.message(reply, to: ask.replyTo), channel: channel.name, purpose: .reply, now: now)
    ]
    return acceptance
  }

  private func count(_ channel: String, _ outcome: String) {
    Counter(label: "coach_hook_requests_total", dimensions: [("channel", channel), ("outcome", outcome)]).increment()
  }
}
