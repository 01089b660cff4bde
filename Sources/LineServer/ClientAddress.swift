import NIOCore

/// Who a client is, for limits that count by address: an IPv4 address, or the /64 of an IPv6 address, since one
/// subscriber has a whole /64 to choose from.
package struct ClientAddress: Sendable, Hashable {
  package let text: String

  init(_ address: SocketAddress?) {
    self.init(ip: address?.ipAddress ?? "")
  }

  /// - Parameter ip: an address as `inet_ntop` writes it.
  package init(ip: String) {
    if let dotted = ip.split(separator: ":").last, dotted.contains(".") {
      // IPv4, or IPv4 mapped into IPv6.
      text = String(dotted)
    } else {
      text = Self.network(ip)
    }
  }

  /// The first four groups, with `::` written out.
  private static func network(_ ip: String) -> String {
    let address = ip.split(separator: "%", maxSplits: 1).first.map(String.init) ?? ip
    let groups = address.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard let gap = groups.dropFirst().firstIndex(of: ""), gap < groups.count else {
      return groups.prefix(4).joined(separator: ":")
    }
    let head = groups[..<gap].filter { !$0.isEmpty }
    let tail = groups[(gap + 1)...].filter { !$0.isEmpty }
    let zeros = [String](repeating: "0", count: max(8 - head.count - tail.count, 0))
    return (head + zeros + tail).prefix(4).joined(separator: ":")
  }
}
