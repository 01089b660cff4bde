/// The stable name of a passage: its document's slug and its heading's slug, `personal-power#what-it-is`.
package struct PassageID: RawRepresentable, Hashable, Sendable, Codable, Comparable, CustomStringConvertible {
  package let rawValue: String

  /// Takes a written id; nil unless it is two slugs with one `#` between them.
  package init?(rawValue: String) {
    let parts = rawValue.utf8.split(separator: UInt8(ascii: "#"), omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ Slug.isSlug(Substring($0)) }) else { return nil }
    self.rawValue = rawValue
  }

  /// Joins two slugs. Both must be slugs (`Slug.isSlug`); the caller made them with `Slug.make`.
  package init(document: String, section: String) {
    rawValue = document + "#" + section
  }

  /// The document's slug.
  package var document: String { String(rawValue.prefix { $0 != "#" }) }

  /// The heading's slug, with a number when the heading comes twice or its section was split.
  package var section: String { String(rawValue.drop { $0 != "#" }.dropFirst()) }

  package var description: String { rawValue }

  package static func < (one: PassageID, other: PassageID) -> Bool { one.rawValue < other.rawValue }
}
