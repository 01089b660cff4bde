import ChatPlatforms

/// Who may use `/v1` and `/metrics`: whoever holds the token; without a token, programs on this machine.
///
/// Without a token three more things are asked, since a browser or a proxy on this machine also comes from loopback: no
/// `Origin`, no forwarding header, and a `Host` that names this machine (against DNS rebinding).
struct Access {
  private let token: [UInt8]?

  init(token: String?) {
    self.token = token.flatMap { $0.isEmpty ? nil : Array($0.utf8) }
  }

  /// Why not; nil when it may.
  func refusal(_ request: InboundRequest, peer: String?) -> Problem? {
    if let token { return Self.bears(token, request) ? nil : Self.unauthorized }
    let isLocal =
      Self.isLoopback(peer) && Self.marks.allSatisfy { request.values(of: $0).isEmpty }
      && request.values(of: "host").allSatisfy(Self.namesThisMachine)
    return isLocal ? nil : Self.localOnly
  }

  private static let marks = ["origin", "forwarded", "x-forwarded-for", "x-real-ip"]

  private static let unauthorized = Problem(
    401, "Send the service's token as Authorization: Bearer.", headers: [.init("www-authenticate", "Bearer")])

  private static let localOnly = Problem(
    403, "Without a token this answers programs on its own machine only. Set http.token to open it to others.")

  private static func bears(_ token: [UInt8], _ request: InboundRequest) -> Bool {
    let values = request.values(of: "authorization")
    guard values.count == 1, let value = values.first, value.prefix(7).lowercased() == "bearer " else { return false }
    return isEqual(Array(value.dropFirst(7).utf8), token)
  }

  /// Takes the same time wherever two values of one length differ.
  private static func isEqual(_ one: [UInt8], _ other: [UInt8]) -> Bool {
    guard one.count == other.count else { return false }
    return zip(one, other).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }

  static func isLoopback(_ address: String?) -> Bool {
    guard let address else { return false }
    return address == "::1" || address.hasPrefix("127.") || address.hasPrefix("::ffff:127.")
  }

  static func namesThisMachine(_ authority: String) -> Bool {
    let lower = authority.lowercased()
    if lower.hasPrefix("[") { return lower == "[::1]" || lower.hasPrefix("[::1]:") }
    let host = lower.prefix { $0 != ":" }
    return host == "localhost" || (host.hasPrefix("127.") && host.utf8.allSatisfy { (0x2E...0x39).contains($0) })
  }
}
