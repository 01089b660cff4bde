package import Dialogue
package import Foundation

/// One team chat: who asks, is it really them, and how does a reply look there?
///
/// Implementations are pure: they open nothing and know no clock, so `now` is a parameter. They hold the channel's secrets
/// for checking what comes in, and never put one into what goes out: the sender resolves `OutgoingMessage.Target`.
package protocol ChatPlatform: Sendable {
  /// Reads a request. Nothing in it is decoded or has any effect before its proof of origin is checked over the raw bytes.
  ///
  /// Complexity: linear in the body.
  func read(_ request: InboundRequest, now: Date) -> Inbound

  /// A reply in the platform's own markup, with everything that the platform would act on neutralised.
  func message(_ reply: Reply, to address: ReplyAddress) -> OutgoingMessage

  /// A tip for the channel that the configuration names.
  func message(tip: Reply) -> OutgoingMessage

  /// What the platform's own words say beyond the status; nil to judge by the status alone.
  func verdict(status: Int, body: [UInt8]) -> Verdict?

  /// Whether a URL that came in an authentic request may be posted to. Asked again at each sending, since what is allowed
  /// may have changed since the request was taken.
  func mayFollow(_ url: String) -> Bool
}
