public import Dialogue

/// A client that speaks another protocol: a browser, a TLS client, a program that expects SSH.
public enum ForeignProtocol: Sendable, Equatable, CaseIterable {
  /// A request line or a `Host` header.
  case http
  /// A handshake record (`beginsTLS`).
  case tls
  /// An identification string (RFC 4253, section 4.2).
  case ssh

  /// Recognises the first line of a connection, or its beginning if it was too long to be kept whole.
  public init?(firstLine: [UInt8]) {
    if Self.beginsTLS(firstLine) {
      self = .tls
    } else if firstLine.starts(with: "SSH-".utf8) {
      self = .ssh
    } else if Self.isRequestLine(firstLine) || Self.isHostHeader(firstLine) {
      self = .http
    } else {
      return nil
    }
  }

  /// Whether the first bytes of a connection are those of a TLS handshake record (RFC 8446, section 5.1). It may have no
  /// line end for long, so it is looked for before one comes.
  public static func beginsTLS(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: [0x16, 0x03])
  }

  /// The one notice before the connection is closed.
  public var notice: Reply {
    switch self {
    case .http:
      .error(.wrongProtocol, "This port speaks lines of text, not HTTP. Use nc or telnet here, or the HTTP address.")
    case .tls: .error(.wrongProtocol, "This port speaks plain lines of text, not TLS.")
    case .ssh: .error(.wrongProtocol, "This port speaks plain lines of text, not SSH. Use nc or telnet.")
    }
  }

  private static let methods = [
    "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "CONNECT", "TRACE", "PRI",
  ]

  /// `METHOD target HTTP/x`; the last part may be missing where a long line was cut.
  private static func isRequestLine(_ line: [UInt8]) -> Bool {
    guard let method = methods.first(where: { line.starts(with: ($0 + " ").utf8) }) else { return false }
    let target = line.dropFirst(method.utf8.count + 1)
    let words = target.split(separator: 0x20, maxSplits: 1, omittingEmptySubsequences: false)
    if words.count == 2 { return words[1].starts(with: "HTTP/".utf8) }
    return target.first == UInt8(ascii: "/") || target.starts(with: "http".utf8)
  }

  private static func isHostHeader(_ line: [UInt8]) -> Bool {
    line.prefix(6).elementsEqual("Host: ".utf8)
  }
}
