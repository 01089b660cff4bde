/// The stable name of a file or a heading: lower case, every run of other characters than a-z and 0-9 becomes one `-`.
///
/// Slugs stand in links, in `related` and in tips' `From:` lines, so their form never changes.
package enum Slug {
  /// The slug of a text; empty when the text has no ASCII letter or digit.
  ///
  /// Complexity: linear in the text's bytes.
  package static func make(_ text: String) -> String {
    var bytes: [UInt8] = []
    var isGap = false
    for byte in text.utf8 {
      guard let letter = lowercased(byte) else {
        isGap = true
        continue
      }
      if isGap, !bytes.isEmpty { bytes.append(UInt8(ascii: "-")) }
      isGap = false
      bytes.append(letter)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Whether the text is a slug already.
  package static func isSlug(_ text: some StringProtocol) -> Bool {
    var previous = UInt8(ascii: "-")
    for byte in text.utf8 {
      if byte == UInt8(ascii: "-") {
        if previous == byte { return false }
      } else if !isLowercaseOrDigit(byte) {
        return false
      }
      previous = byte
    }
    return previous != UInt8(ascii: "-")
  }

  private static func lowercased(_ byte: UInt8) -> UInt8? {
    if isLowercaseOrDigit(byte) { return byte }
    return (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : nil
  }

  private static func isLowercaseOrDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}

/// Hands out names that are used once: `plan`, `plan-2`, `plan-3`.
struct UniqueNames {
  private var taken: Set<String> = []
  private var last: [String: Int] = [:]

  /// The wished name, or the wished name with the first free number.
  ///
  /// Complexity: constant on average, also for many equal wishes.
  mutating func claim(_ wish: String) -> String {
    if taken.insert(wish).inserted { return wish }
    var number = last[wish] ?? 1
    while true {
      number += 1
      let name = "\(wish)-\(number)"
      if taken.insert(name).inserted {
        last[wish] = number
        return name
      }
    }
  }
}
