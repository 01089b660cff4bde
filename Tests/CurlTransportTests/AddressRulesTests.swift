import CurlTransport
import Foundation
import Testing

@Suite struct AddressRulesTests {
  @Test(
    "addresses of the public network are allowed",
    arguments: [
      "1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255",
      "128.0.0.0",
      "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.0.1.0", "192.167.255.255", "192.169.0.0",
      "198.17.255.255", "198.20.0.0", "223.255.255.255", "168.63.129.15", "2606:4700::1111", "2a00:1450:4001::1",
      "::ffff:1.1.1.1", "64:ff9b::8.8.8.8", "2001:4860:4860::8888", "2001:200::1", "3ffe::1",
    ])
  func publicAddresses(text: String) throws {
    #expect(AddressRules.isPublic(try #require(bytes(of: text))))
  }

  @Test(
    "all others are refused, however they are wrapped",
    arguments: [
      "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.100.100.200", "100.127.255.255",
      "127.0.0.1",
      "127.255.255.254", "168.63.129.16", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.2.1",
      "192.88.99.1", "192.168.0.1", "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.1",
      "239.255.255.255", "240.0.0.1", "255.255.255.255", "::", "::1", "::127.0.0.1", "::8.8.8.8", "::ffff:127.0.0.1",
      "::ffff:10.0.0.1", "::ffff:169.254.169.254", "64:ff9b::127.0.0.1", "64:ff9b::10.1.2.3", "64:ff9b:1::1",
      "2002:7f00:1::", "2002:808:808::1", "2001::1", "2001:0:7f00:1::", "2001:10::1", "2001:db8::1", "3fff::1",
      "100::1",
      "fe80::1", "fec0::1", "fc00::1", "fd00:ec2::254", "fdff::1", "ff02::1", "4000::1", "5f00::1", "8000::1",
    ])
  func otherAddresses(text: String) throws {
    #expect(!AddressRules.isPublic(try #require(bytes(of: text))))
  }

  @Test("what is no address at all is refused", arguments: [0, 1, 3, 5, 15, 17])
  func lengths(count: Int) {
    #expect(!AddressRules.isPublic(Array(repeating: 8, count: count)))
  }

  @Test("the table holds for every first half of an IPv4 address")
  func exhaustive() {
    var allowed = 0
    for high in 0...255 {
      for low in 0...255 where AddressRules.isPublic([UInt8(high), UInt8(low), 77, 77]) {
        allowed += 1
        #expect(![0, 10, 127].contains(high) && high < 224)
      }
    }
    // 65536 less 0, 10, 127 (3 * 256), 100.64/10 (64), 169.254, 172.16/12 (16), 192.168, 198.18/15 (2), 224/3 (32 * 256).
    #expect(allowed == 65_536 - 768 - 64 - 1 - 16 - 1 - 2 - 8192)
  }

  /// In network byte order; nil if the text is no address.
  private func bytes(of text: String) -> [UInt8]? {
    var four = [UInt8](repeating: 0, count: 4)
    if unsafe inet_pton(AF_INET, text, &four) == 1 { return four }
    var sixteen = [UInt8](repeating: 0, count: 16)
    return unsafe inet_pton(AF_INET6, text, &sixteen) == 1 ? sixteen : nil
  }
}
