/// JSON by the letter of RFC 8259, read once. Refused, unlike by Foundation's two parsers, which differ from each other: a
/// doubled key, a trailing comma, a byte order mark, bytes after the end, a lone surrogate, a number that is not finite,
/// nesting deeper than 32.
package enum JSONValue: Sendable, Equatable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  /// Why a text is not taken, and where.
  package struct Failure: Error, Equatable {
    package var reason: Reason
    /// Byte offset, 0 at the start.
    package var offset: Int

    package enum Reason: Equatable, Sendable {
      case syntax
      case tooDeep
      case duplicateKey(String)
      case notFinite
      case notText
    }
  }

  package static let depthLimit = 32

  /// Complexity: linear in the text.
  package init(parsing bytes: [UInt8]) throws(Failure) {
    var reader = JSONReader(bytes)
    self = try reader.document()
  }

  /// A member of an object; nil when this is none, or has none of that name.
  package subscript(_ key: String) -> JSONValue? {
    if case .object(let members) = self { members[key] } else { nil }
  }

  package var string: String? { if case .string(let value) = self { value } else { nil } }
  package var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
  package var array: [JSONValue]? { if case .array(let value) = self { value } else { nil } }
  package var members: [String: JSONValue]? { if case .object(let value) = self { value } else { nil } }
}
