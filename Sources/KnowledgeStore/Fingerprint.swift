import Crypto

/// What an index was built from: SHA-256 over every file's place and bytes and over everything else that decides what the
/// index says. Equal fingerprints, equal indexes.
package struct Fingerprint: Hashable, Sendable, CustomStringConvertible {
  /// 32 bytes.
  package let bytes: [UInt8]

  static let byteCount = 32

  /// Takes 32 bytes; nil for any other number.
  init?(_ bytes: some Sequence<UInt8>) {
    let bytes = Array(bytes)
    guard bytes.count == Self.byteCount else { return nil }
    self.bytes = bytes
  }

  fileprivate init(_ digest: SHA256.Digest) {
    bytes = Array(digest)
  }

  /// 64 hexadecimal digits, lower case.
  package var description: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// Gathers files in any order.
  struct Contents {
    private let context: String
    private var files: [(folder: Int, path: String, digest: SHA256.Digest)] = []

    init(context: String) {
      self.context = context
    }

    mutating func add(folder: Int, path: String, bytes: [UInt8]) {
      files.append((folder, path, SHA256.hash(data: bytes)))
    }

    /// Every part has a length or a fixed one, so two different contents never feed the same bytes.
    var fingerprint: Fingerprint {
      var hash = SHA256()
      Self.add(context, to: &hash)
      for file in files.sorted(by: { ($0.folder, $0.path) < ($1.folder, $1.path) }) {
        Self.add("\(file.folder)", to: &hash)
        Self.add(file.path, to: &hash)
        hash.update(data: Array(file.digest))
      }
      return Fingerprint(hash.finalize())
    }

    private static func add(_ text: String, to hash: inout SHA256) {
      hash.update(data: Array("\(text.utf8.count) \(text)".utf8))
    }
  }
}
