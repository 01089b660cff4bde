/// A URL that came in a request, read so strictly that no two parsers could differ about its host.
///
/// Taken: `http` or `https`, a host of plain letters, digits and hyphens, an optional port, printable ASCII. Refused: user
/// info, backslash, fragment, percent or bracket in the host, control characters, a trailing dot, anything over 2,048 bytes.
package struct ReplyURL: Sendable, Equatable {
  package let isSecure: Bool
  /// Lower-case.
  package let host: String
  package let port: Int

  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count <= 2048, bytes.allSatisfy({ (0x21...0x7E).contains($0) && $0 != 0x5C && $0 != 0x23 })
    else { return nil }
    let (secure, plain) = (Array("https://".utf8), Array("http://".utf8))
    let head = bytes.prefix(8).map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    isSecure = head.starts(with: secure)
    guard isSecure || head.starts(with: plain) else { return nil }
    let rest = bytes.dropFirst(isSecure ? secure.count : plain.count)
    let authority = rest.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
    let parts = authority.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard let name = parts.first, parts.count <= 2, let host = Self.host(name) else { return nil }
    self.host = host
    guard parts.count == 2 else {
      port = isSecure ? 443 : 80
      return
    }
    guard let port = Self.port(parts[1]) else { return nil }
    self.port = port
  }

  /// Whether a reply may go there: to the platform's own hosts by https on 443 only, or to what the operator named.
  ///
  /// - Parameters:
  ///   - platformHosts: whole host names, lower-case.
  ///   - allowHosts: `host` (the scheme's own port) or `host:port`.
  ///   - allowPrivate: the channel may reach private addresses; only then is plain http taken, and only for `allowHosts`.
  package func isAllowed(platformHosts: [String], allowHosts: [String], allowPrivate: Bool) -> Bool {
    if isSecure, port == 443, platformHosts.contains(host) { return true }
    guard isSecure || allowPrivate else { return false }
    let usualPort = isSecure ? 443 : 80
    return allowHosts.contains { entry in
      let name = entry.lowercased()
      return name == "\(host):\(port)" || (name == host && port == usualPort)
    }
  }

  private static func host(_ bytes: ArraySlice<UInt8>) -> String? {
    let lower = bytes.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    guard (1...253).contains(lower.count) else { return nil }
    let hyphen = UInt8(ascii: "-")
    for label in lower.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false) {
      guard (1...63).contains(label.count), label.first != hyphen, label.last != hyphen,
        label.allSatisfy({ (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == hyphen })
      else { return nil }
    }
    return String(decoding: lower, as: UTF8.self)
  }

  private static func port(_ bytes: ArraySlice<UInt8>) -> Int? {
    guard (1...5).contains(bytes.count), bytes.allSatisfy({ (0x30...0x39).contains($0) }), bytes.first != 0x30,
      let port = Int(String(decoding: bytes, as: UTF8.self)), port <= 65_535
    else { return nil }
    return port
  }
}
