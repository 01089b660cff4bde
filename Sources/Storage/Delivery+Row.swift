import Foundation
import GRDB
import Outbox

extension Delivery {
  /// Nil if a column is missing or holds what we never wrote.
  init?(row: Row) {
    guard let id = row.text("id").flatMap(DeliveryID.init(received:)), let channel = row.text("channel"),
      let kind = row.text("destination_kind"), let place = row.text("destination"),
      let destination = Destination(kind: kind, place: place),
      let purpose = row.text("purpose").flatMap(Purpose.init(rawValue:)), let contentType = row.text("content_type"),
      let headers = row.text("headers").flatMap(Self.headers), let body = row.bytes("body"),
      let checksum = row.bytes("checksum"), let key = row.text("idempotency_key"),
      let orderKey = row.text("order_key"), let recognisesRepeats = row.integer("recognises_repeats"),
      let notBefore = row.date("not_before"), let expires = row.date("expires")
    else { return nil }
    self.init(
      id: id, channel: channel, destination: destination, purpose: purpose, contentType: contentType, headers: headers,
      body: body, checksum: Checksum(stored: checksum), idempotencyKey: IdempotencyKey(stored: key), orderKey: orderKey,
      recognisesRepeats: recognisesRepeats != 0, notBefore: notBefore, expires: expires)
  }

  func insert(into db: GRDB.Database, now: Date) throws {
    let statement = try db.cachedStatement(
      sql: """
        INSERT INTO deliveries (id, channel, lane, order_key, destination_kind, destination, purpose, content_type,
          headers, body, checksum, idempotency_key, recognises_repeats, accepted, not_before, expires, state, due)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'pending', ?)
        """)
    let lines = headers.map { "\($0.name):\($0.value)" }.joined(separator: "\n")
    try statement.execute(
      arguments: [
        id.rawValue, channel, lane, orderKey, destination.kind, destination.place, purpose.rawValue, contentType,
        lines, Data(body), Data(checksum.bytes), idempotencyKey.rawValue, recognisesRepeats ? 1 : 0, now.milliseconds,
        notBefore.milliseconds, expires.milliseconds, notBefore.milliseconds,
      ])
  }

  /// One header a line; neither name nor value can hold a line's end, nor a name a colon.
  private static func headers(_ lines: String) -> [Header]? {
    var headers: [Header] = []
    for line in lines.split(separator: "\n") {
      guard let colon = line.firstIndex(of: ":"),
        let header = Header(String(line[..<colon]), String(line[line.index(after: colon)...]))
      else { return nil }
      headers.append(header)
    }
    return headers
  }
}

extension Delivery.Destination {
  fileprivate init?(kind: String, place: String) {
    switch kind {
    case "webhook": self = .webhook
    case "api": self = .api(path: place)
    case "url": self = .url(place)
    default: return nil
    }
  }

  fileprivate var kind: String {
    switch self {
    case .webhook: "webhook"
    case .api: "api"
    case .url: "url"
    }
  }

  fileprivate var place: String {
    switch self {
    case .webhook: ""
    case .api(let path): path
    case .url(let url): url
    }
  }
}
