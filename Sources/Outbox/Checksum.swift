import Crypto

/// A SHA-256 digest: tells bytes that storage changed from those that were stored. SQLite's own integrity check does not
/// see a flipped bit inside a value.
public struct Checksum: Sendable, Hashable {
  /// 32 bytes.
  public let bytes: [UInt8]

  /// Takes back a stored one. Any length is taken; a wrong one equals no digest.
  public init(stored bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The digest of some bytes. Complexity: linear in their number.
  public init(of bytes: [UInt8]) {
    self.bytes = Array(SHA256.hash(data: bytes))
  }

  /// Over several fields, each preceded by its length, so that no byte can move from one to the next unseen.
  init(of fields: [[UInt8]]) {
    var hash = SHA256()
    for field in fields {
      hash.update(data: (0..<8).map { UInt8(truncatingIfNeeded: field.count >> ($0 * 8)) })
      hash.update(data: field)
    }
    bytes = Array(hash.finalize())
  }
}
