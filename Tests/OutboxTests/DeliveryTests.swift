import Foundation
import Outbox
import Testing

@Suite struct DeliveryTests {
  @Test("ids and keys have their form and are never the same twice")
  func identifiers() {
    var generator = SystemRandomNumberGenerator()
    let ids = (0..<1000).map { _ in DeliveryID(using: &generator) }
    #expect(Set(ids).count == 1000)
    for id in ids { #expect(DeliveryID(received: id.rawValue) == id) }
    let keys = (0..<1000).map { _ in IdempotencyKey(using: &generator).rawValue }
    #expect(Set(keys).count == 1000)
    for key in keys {
      #expect(UUID(uuidString: key) != nil)
      #expect(Array(key.utf8)[14] == UInt8(ascii: "4"))
      #expect("89ab".utf8.contains(Array(key.utf8)[19]))
    }
  }

  @Test(
    "what is not an id is refused",
    arguments: [
      "", "d-", "d-0123", "c-0123456789abcdef0123456789abcdef", "d-0123456789ABCDEF0123456789abcdef", "d-' OR 1=1 --",
    ])
  func notAnID(text: String) {
    #expect(DeliveryID(received: text) == nil)
  }

  @Test(
    "a header that could end its line is refused",
    arguments: [
      ("X", "a\r\nB: c"), ("X", "a\nb"), ("X", "a\rb"), ("X", "a\u{0}b"), ("X", "ä"), ("", "a"), ("X Y", "a"),
      ("X:", "a"),
      ("X\n", "a"),
    ])
  func headers(name: String, value: String) {
    #expect(Header(name, value) == nil)
  }

  @Test("a change of anything that goes out is seen")
  func seal() {
    let delivery = makeDelivery(body: "hello")
    #expect(delivery.isIntact)
    let changed = [
      copy(delivery, channel: "other"), copy(delivery, destination: .api(path: "webhook")),
      copy(delivery, contentType: "text/plainer"), copy(delivery, headers: []),
      copy(delivery, body: Array("hellp".utf8)),
      copy(delivery, body: []), copy(delivery, key: IdempotencyKey(stored: "other")),
    ]
    for delivery in changed { #expect(!delivery.isIntact) }
  }

  @Test("no delivery lives longer than 28 hours")
  func longestLife() {
    let long = makeDelivery(body: "x", notBefore: instant(100), expires: instant(1_000_000))
    #expect(long.expires == instant(100 + 28 * 3600))
    #expect(makeDelivery(body: "x", notBefore: instant(100), expires: instant(160)).expires == instant(160))
  }

  @Test("a lane is a channel's webhook, its interface, or a host that a request named")
  func lanes() {
    #expect(makeDelivery(destination: .webhook).lane == "leads webhook")
    #expect(makeDelivery(destination: .api(path: "chat.postMessage")).lane == "leads api")
    #expect(makeDelivery(destination: .url("https://hooks.slack.com/a?b")).lane == "leads hooks.slack.com")
    #expect(makeDelivery(destination: .url("https://hooks.slack.com?b")).lane == "leads hooks.slack.com")
    #expect(makeDelivery(destination: .url("nonsense")).lane == "leads nonsense")
  }

  private func copy(
    _ delivery: Delivery, channel: String? = nil, destination: Delivery.Destination? = nil, contentType: String? = nil,
    headers: [Header]? = nil, body: [UInt8]? = nil, key: IdempotencyKey? = nil
  ) -> Delivery {
    Delivery(
      id: delivery.id, channel: channel ?? delivery.channel, destination: destination ?? delivery.destination,
      purpose: delivery.purpose, contentType: contentType ?? delivery.contentType, headers: headers ?? delivery.headers,
      body: body ?? delivery.body, checksum: delivery.checksum, idempotencyKey: key ?? delivery.idempotencyKey,
      orderKey: delivery.orderKey, recognisesRepeats: delivery.recognisesRepeats, notBefore: delivery.notBefore,
      expires: delivery.expires)
  }
}

func instant(_ seconds: Double) -> Date { Date(timeIntervalSince1970: seconds) }

func makeDelivery(
  channel: String = "leads", destination: Delivery.Destination = .webhook, purpose: Delivery.Purpose = .reply,
  body: String = "hello", orderKey: String? = nil, recognisesRepeats: Bool = false, notBefore: Date = instant(0),
  expires: Date = instant(3600)
) -> Delivery {
  // Not the system's own: it is empty, and ThreadSanitizer stumbles over passing nothing by reference.
  var generator = Seeded(state: .random(in: .min ... .max))
  return Delivery(
    channel: channel, destination: destination, purpose: purpose, contentType: "text/plain",
    headers: [Header("X-Test", "1")].compactMap { $0 }, body: Array(body.utf8), orderKey: orderKey,
    recognisesRepeats: recognisesRepeats, notBefore: notBefore, expires: expires, using: &generator)
}
