public import Foundation

/// Something that must still be sent, or was: what, where to, until when, and how far it got.
///
/// It holds no secret. Where a URL or a header is secret, the delivery names the channel, and the request is worked out
/// from the configuration at the moment of sending (`Resolution`).
public struct Delivery: Sendable, Equatable, Identifiable {
  /// Its name, for operators and in the log.
  public let id: DeliveryID
  /// The configured name of the channel.
  public let channel: String
  /// Where in the channel it goes.
  public let destination: Destination
  /// What it is for, which decides whether it may be sent twice.
  public let purpose: Purpose
  /// The value of the header `Content-Type`, which is left out if it is none that `Header` takes.
  public let contentType: String
  /// Further headers, in the order in which they are sent.
  public let headers: [Header]
  /// Empty once the body was erased.
  public let body: [UInt8]
  /// Over everything that goes out, made at the beginning and checked before each attempt.
  public let checksum: Checksum
  /// The same for every attempt.
  public let idempotencyKey: IdempotencyKey
  /// Deliveries with the same key go out one after the other, oldest first.
  public let orderKey: String
  /// The receiver recognises the idempotency key, so that sending twice does no harm.
  public let recognisesRepeats: Bool
  /// Not sent before. A check-in is a delivery that is not due yet.
  public let notBefore: Date
  /// Not sent after.
  public let expires: Date

  /// A new delivery.
  ///
  /// - Parameters:
  ///   - orderKey: nil stands for the destination.
  ///   - expires: at most 28 hours after `notBefore`; a later instant is brought forward to that.
  ///   - generator: must be cryptographically secure, as `SystemRandomNumberGenerator` is.
  public init(
    channel: String, destination: Destination, purpose: Purpose, contentType: String, headers: [Header] = [],
    body: [UInt8], orderKey: String? = nil, recognisesRepeats: Bool = false, notBefore: Date, expires: Date,
    using generator: inout some RandomNumberGenerator
  ) {
    let key = IdempotencyKey(using: &generator)
    self.init(
      id: DeliveryID(using: &generator), channel: channel, destination: destination, purpose: purpose,
      contentType: contentType, headers: headers, body: body,
      checksum: Self.seal(channel, destination, contentType, headers, key, body), idempotencyKey: key,
      orderKey: orderKey ?? "\(channel) \(destination.text)", recognisesRepeats: recognisesRepeats,
      notBefore: notBefore, expires: min(expires, notBefore.addingTimeInterval(RetrySchedule.longestLife)))
  }

  /// A delivery as it was stored.
  public init(
    id: DeliveryID, channel: String, destination: Destination, purpose: Purpose, contentType: String,
    headers: [Header], body: [UInt8], checksum: Checksum, idempotencyKey: IdempotencyKey, orderKey: String,
    recognisesRepeats: Bool, notBefore: Date, expires: Date
  ) {
    self.id = id
    self.channel = channel
    self.destination = destination
    self.purpose = purpose
    self.contentType = contentType
    self.headers = headers
    self.body = body
    self.checksum = checksum
    self.idempotencyKey = idempotencyKey
    self.orderKey = orderKey
    self.recognisesRepeats = recognisesRepeats
    self.notBefore = notBefore
    self.expires = expires
  }

  /// Whether it is, byte for byte, what was accepted.
  public var isIntact: Bool {
    Self.seal(channel, destination, contentType, headers, idempotencyKey, body) == checksum
  }

  /// Whether it may be sent again when nobody knows if it arrived.
  ///
  /// Somebody waits for a reply, so it goes out at least once; a tip twice is worse than none, so it goes out at most once.
  public var isRepeatable: Bool { purpose == .reply || recognisesRepeats }

  /// What shares one rate: the channel's webhook, its interface, or a host that requests of the channel name.
  public var lane: String {
    switch destination {
    case .webhook: "\(channel) webhook"
    case .api: "\(channel) api"
    case .url(let url): "\(channel) \(Self.host(of: url))"
    }
  }

  /// For telling lanes apart only; the transport parses for itself.
  private static func host(of url: String) -> Substring {
    let rest = url.utf8.firstIndex(of: UInt8(ascii: "/")).map { url[$0...].drop { $0 == "/" } } ?? url[...]
    return rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
  }

  private static func seal(
    _ channel: String, _ destination: Destination, _ contentType: String, _ headers: [Header],
    _ key: IdempotencyKey, _ body: [UInt8]
  ) -> Checksum {
    var fields = [channel, destination.text, contentType, key.rawValue]
    for header in headers { fields += [header.name, header.value] }
    return Checksum(of: fields.map { Array($0.utf8) } + [body])
  }
}

extension Delivery {
  /// Where a delivery goes, without anything secret.
  public enum Destination: Sendable, Hashable {
    /// The channel's configured webhook.
    case webhook
    /// A method of the platform's own interface, below its configured base URL.
    case api(path: String)
    /// A URL out of an authentic request, `response_url` for example. It is a key to post once or a few times: do not
    /// print it.
    case url(String)

    var text: String {
      switch self {
      case .webhook: "webhook"
      case .api(let path): "api \(path)"
      case .url(let url): "url \(url)"
      }
    }
  }

  /// What a delivery is for.
  public enum Purpose: String, Sendable, CaseIterable {
    /// The answer to somebody who asked: sent at least once.
    case reply
    /// Something that nobody asked for: sent at most once, unless the receiver recognises repeats.
    case tip
  }

  /// How far a delivery got.
  ///
  /// `pending` → `leased` (a worker has it) → `delivered`, `dead`, `unknown`, or `pending` again. An operator may send
  /// `dead` and `unknown` back to `pending`, and `pending` to `dead`.
  public enum State: String, Sendable, CaseIterable {
    /// It waits for its time, for its next attempt, or for an older one with its order key.
    case pending
    /// A worker has it; if the lease runs out, another may take it up.
    case leased
    /// The receiver took it.
    case delivered
    /// A dead letter: it will not be sent unless an operator says so.
    case dead
    /// It may have arrived, and a second one would do harm.
    case unknown
  }
}
