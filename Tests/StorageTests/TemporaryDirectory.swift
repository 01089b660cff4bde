import Foundation
import Outbox
import Storage
import Testing

/// A directory of its own for one test, gone afterwards.
final class TemporaryDirectory {
  let path: String

  init() {
    path = FileManager.default.temporaryDirectory.path + "/coach-test-\(UInt64.random(in: .min ... .max))"
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func database(queueLimit: Int = 100_000) throws -> Database {
    var options = Database.Options()
    options.queueLimit = queueLimit
    return try Database(in: try DataDirectory(preparing: path), options: options)
  }

  func mode(of file: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: path + file)
    return try #require(attributes[.posixPermissions] as? Int)
  }
}

func instant(_ seconds: Double) -> Date { Date(timeIntervalSince1970: seconds) }

func makeDelivery(
  channel: String = "leads", destination: Delivery.Destination = .webhook, purpose: Delivery.Purpose = .reply,
  body: String = "hello", orderKey: String? = nil, notBefore: Date = instant(0), expires: Date = instant(3600)
) -> Delivery {
  // Not the system's own: it is empty, and ThreadSanitizer stumbles over passing nothing by reference.
  var generator = Seeded(state: .random(in: .min ... .max))
  return Delivery(
    channel: channel, destination: destination, purpose: purpose, contentType: "text/plain",
    headers: [Header("X-One", "a: b"), Header("X-Two", "")].compactMap { $0 }, body: Array(body.utf8),
    orderKey: orderKey,
    notBefore: notBefore, expires: expires, using: &generator)
}

extension Database {
  func accept(_ deliveries: Delivery..., now: Date = instant(0)) async throws {
    var acceptance = Acceptance(now: now)
    acceptance.deliveries = deliveries
    let accepted = try await accept(acceptance)
    #expect(accepted == .accepted)
  }

  func claimAll(
    at now: Date, owner: String = "one", limit: Int = 64, each: Int = 64, holding: [DeliveryID] = []
  ) async throws -> [Claim] {
    try await claim(
      ClaimRequest(
        now: now, owner: owner, leaseExpires: now.addingTimeInterval(30), limit: limit, defaultAllowance: each,
        holding: holding))
  }
}

/// A generator that gives the same numbers every time. Source: Steele, Lea, Flood, "SplitMix", OOPSLA 2014.
struct Seeded: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
