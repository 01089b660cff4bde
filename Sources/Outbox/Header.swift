/// A header field that is safe to put on a wire: no byte in it can end the line.
public struct Header: Sendable, Hashable {
  /// The name as it is sent, an RFC 9110 token; its case means nothing.
  public let name: String
  /// The value as it is sent: printable ASCII, spaces and tabs; may be empty.
  public let value: String

  /// Nil unless the name is an RFC 9110 token and the value is printable ASCII with spaces and tabs.
  public init?(_ name: String, _ value: String) {
    guard !name.isEmpty, name.utf8.allSatisfy(Self.isTokenByte),
      value.utf8.allSatisfy({ (0x20...0x7E).contains($0) || $0 == 0x09 })
    else { return nil }
    self.name = name
    self.value = value
  }

  /// Whether the field has that name, whatever its case.
  public func isNamed(_ other: String) -> Bool { name.lowercased() == other.lowercased() }

  private static func isTokenByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
  }
}
