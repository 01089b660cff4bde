/// What a path names. Matched byte for byte: no case, no doubled slash, no dot segment and no escape is folded.
enum Route: Equatable {
  case hook(channel: String)
  case ask, search, concepts, tip
  case health, ready, metrics, openAPI

  init?(path: String) {
    let hooks = "/hooks/"
    if path.hasPrefix(hooks) {
      let channel = path.utf8.dropFirst(hooks.utf8.count)
      guard (1...64).contains(channel.count), channel.allSatisfy(Self.isOfName) else { return nil }
      self = .hook(channel: String(decoding: channel, as: UTF8.self))
      return
    }
    guard let route = Self.fixed.first(where: { $0.pattern == path }) else { return nil }
    self = route
  }

  static let fixed: [Route] = [.ask, .search, .concepts, .tip, .health, .ready, .metrics, .openAPI]

  /// The path, as `openapi.json` and the metrics name it.
  var pattern: String {
    switch self {
    case .hook: "/hooks/{channel}"
    case .ask: "/v1/ask"
    case .search: "/v1/search"
    case .concepts: "/v1/concepts"
    case .tip: "/v1/tip"
    case .health: "/healthz"
    case .ready: "/readyz"
    case .metrics: "/metrics"
    case .openAPI: "/openapi.json"
    }
  }

  /// The one method that it takes.
  var method: String {
    switch self {
    case .hook, .ask: "POST"
    default: "GET"
    }
  }

  /// Whether it answers only to the token's holder, or without a token to this machine.
  var isGuarded: Bool {
    switch self {
    case .ask, .search, .concepts, .tip, .metrics: true
    case .hook, .health, .ready, .openAPI: false
    }
  }

  /// Names of channels as the configuration takes them: letters, digits, hyphen, underscore, dot.
  private static func isOfName(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."): true
    default: false
    }
  }
}
