/// Why bytes are no index that can be searched. The remedy is the same for all: build the index again.
public enum IndexError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The parts of an index file, in their order.
  public enum Section: UInt32, CaseIterable, Sendable {
    case header, settings, attachment, identifiers, terms, words, postings, usualCodes, streams, payloads
  }

  /// The bytes do not begin as an index does.
  case notAnIndex
  /// Built by another version of the format or of the analysis of text.
  case otherVersion(found: UInt32, expected: UInt32)
  /// The file says that it is longer or shorter than it is.
  case wrongLength(declared: UInt64, actual: Int)
  /// Something in `section` contradicts its checksum or itself; `offset` counts from the beginning of the file.
  case damaged(Section, offset: Int)

  public var description: String {
    switch self {
    case .notAnIndex: "this is not an index; build it again"
    case .otherVersion(let found, let expected):
      "the index has version \(found), this program reads \(expected); build it again"
    case .wrongLength(let declared, let actual):
      "the index should be \(declared) bytes long and is \(actual); build it again"
    case .damaged(let section, let offset):
      "the index is damaged in its section \(section) at byte \(offset); build it again"
    }
  }
}
