/// `application/x-www-form-urlencoded`, decoded on bytes and strictly: a doubled name, a bad percent escape, `%00`, bytes that
/// are not UTF-8 or more than 100 fields refuse the whole. `+` is a space, a blank value stays. Also reads URL queries.
package struct FormFields: Sendable, Equatable {
  private var fields: [String: String] = [:]

  package enum Failure: Error, Equatable {
    case tooManyFields
    case duplicate(String)
    case badEscape
    case notText
  }

  package static let limit = 100

  package init(_ bytes: some Collection<UInt8>) throws(Failure) {
    let parts = bytes.split(separator: UInt8(ascii: "&"), maxSplits: Self.limit)
    guard parts.count <= Self.limit else { throw .tooManyFields }
    for part in parts {
      let pair = part.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      guard let first = pair.first else { continue }
      let name = try Self.decoded(first)
      let value = pair.count == 2 ? try Self.decoded(pair[1]) : ""
      guard fields.updateValue(value, forKey: name) == nil else { throw .duplicate(String(name.prefix(40))) }
    }
  }

  package subscript(_ name: String) -> String? { fields[name] }

  package var names: Dictionary<String, String>.Keys { fields.keys }

  private static func decoded(_ bytes: some Collection<UInt8>) throws(Failure) -> String {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var iterator = bytes.makeIterator()
    while let byte = iterator.next() {
      switch byte {
      case UInt8(ascii: "+"): result.append(0x20)
      case UInt8(ascii: "%"):
        guard let high = digit(iterator.next()), let low = digit(iterator.next()) else { throw .badEscape }
        result.append(high << 4 | low)
      default: result.append(byte)
      }
    }
    guard !result.contains(0), let text = String(validating: result, as: UTF8.self) else { throw .notText }
    return text
  }

  private static func digit(_ byte: UInt8?) -> UInt8? {
    guard let byte else { return nil }
    return switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x41 + 10
    case 0x61...0x66: byte - 0x61 + 10
    default: nil
    }
  }
}
