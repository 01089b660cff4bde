/// Numbers different strings of bytes from 0 in the order in which they are first seen. Open addressing with linear
/// probing, at most half full; nothing is ever removed.
struct BytesTable {
  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  private var hashes: [UInt32] = []
  /// Number + 1 of the string in each slot, 0 for an empty one.
  private var slots: [UInt32] = Array(repeating: 0, count: 1024)

  var count: Int { ends.count }
  /// Bytes of all strings together.
  var byteCount: Int { bytes.count }

  subscript(number: Int) -> ArraySlice<UInt8> {
    bytes[(number == 0 ? 0 : ends[number - 1])..<ends[number]]
  }

  /// The number of a string, which is added if it is new. Complexity: constant on average.
  mutating func number(of string: [UInt8]) -> (number: Int, isNew: Bool) {
    let hash = Self.hash(string)
    var slot = Int(hash) & (slots.count - 1)
    while slots[slot] != 0 {
      let number = Int(slots[slot]) - 1
      if hashes[number] == hash, equals(number, string) { return (number, false) }
      slot = (slot + 1) & (slots.count - 1)
    }
    bytes.append(contentsOf: string)
    ends.append(bytes.count)
    hashes.append(hash)
    slots[slot] = UInt32(ends.count)
    if ends.count * 2 > slots.count { grow() }
    return (ends.count - 1, true)
  }

  private func equals(_ number: Int, _ string: [UInt8]) -> Bool {
    let start = number == 0 ? 0 : ends[number - 1]
    guard ends[number] - start == string.count else { return false }
    for index in string.indices where bytes[start + index] != string[index] { return false }
    return true
  }

  private mutating func grow() {
    slots = Array(repeating: 0, count: slots.count * 2)
    for (number, hash) in hashes.enumerated() {
      var slot = Int(hash) & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt32(number + 1)
    }
  }

  /// FNV-1a (Fowler, Noll, Vo), mixed once more because the low bits choose the slot.
  private static func hash(_ string: [UInt8]) -> UInt32 {
    var hash: UInt32 = 2_166_136_261
    for byte in string { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
    return hash ^ hash >> 15
  }
}
