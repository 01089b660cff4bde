/// Which addresses of the network may be spoken to where only public ones are allowed.
///
/// A host's text proves nothing: `0x7f.1`, `2130706433` and a name that somebody else's server resolves all lead to
/// 127.0.0.1. So the judgement is made on the number, at the moment when a socket is opened to it.
/// Source: the IANA special-purpose address registries for IPv4 and IPv6 (RFC 6890 and its updates).
package enum AddressRules {
  /// Whether an address in network byte order (4 or 16 bytes) belongs to the public network.
  package static func isPublic(_ address: [UInt8]) -> Bool {
    switch address.count {
    case 4: isPublicV4(address)
    case 16: isPublicV6(address)
    default: false
    }
  }

  private static func isPublicV4(_ address: [UInt8]) -> Bool {
    !refusedV4.contains { address.hasPrefix($0.prefix, bits: $0.bits) }
  }

  /// Only global unicast is public, and of that not the parts that tunnel to IPv4 or document something. An IPv4 address
  /// inside a mapped one, or one that a NAT64 translates, is judged as what it stands for.
  private static func isPublicV6(_ address: [UInt8]) -> Bool {
    for wrapper in wrappersOfV4 where address.hasPrefix(wrapper, bits: 96) {
      return isPublicV4(Array(address.suffix(4)))
    }
    return address.hasPrefix([0x20], bits: 3) && !refusedV6.contains { address.hasPrefix($0.prefix, bits: $0.bits) }
  }

  private static let refusedV4: [(prefix: [UInt8], bits: Int)] = [
    ([0], 8),  // this network
    ([10], 8),  // private
    ([100, 64], 10),  // shared by carriers; a cloud's metadata at 100.100.100.200
    ([127], 8),  // loopback
    ([168, 63, 129, 16], 32),  // a cloud's host, public by its number only
    ([169, 254], 16),  // link-local; clouds' metadata at 169.254.169.254
    ([172, 16], 12),  // private
    ([192, 0, 0], 24),  // protocol assignments
    ([192, 0, 2], 24),  // documentation
    ([192, 88, 99], 24),  // 6to4 relays, withdrawn
    ([192, 168], 16),  // private
    ([198, 18], 15),  // benchmarks
    ([198, 51, 100], 24),  // documentation
    ([203, 0, 113], 24),  // documentation
    ([224], 4),  // multicast
    ([240], 4),  // reserved, and broadcast
  ]

  /// Inside 2000::/3; everything outside it is refused already.
  private static let refusedV6: [(prefix: [UInt8], bits: Int)] = [
    ([0x20, 0x01, 0x00], 23),  // protocol assignments, Teredo and ORCHID among them
    ([0x20, 0x01, 0x0D, 0xB8], 32),  // documentation
    ([0x20, 0x02], 16),  // 6to4: withdrawn, and a way to any IPv4 address
    ([0x3F, 0xFF, 0x00], 20),  // documentation
  ]

  private static let wrappersOfV4: [[UInt8]] = [
    [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF],  // ::ffff:0:0/96, mapped
    [0x00, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0],  // 64:ff9b::/96, NAT64
  ]
}

extension [UInt8] {
  /// Whether the first bits are those of the prefix. False if either is too short.
  fileprivate func hasPrefix(_ prefix: [UInt8], bits: Int) -> Bool {
    let (whole, rest) = (bits / 8, bits % 8)
    guard count * 8 >= bits, prefix.count * 8 >= bits else { return false }
    guard prefix.prefix(whole).elementsEqual(self.prefix(whole)) else { return false }
    return rest == 0 || (self[whole] ^ prefix[whole]) >> (8 - rest) == 0
  }
}
