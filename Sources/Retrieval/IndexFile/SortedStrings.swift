/// Different strings of bytes in ascending order with up to two numbers each, front-coded in blocks of 16: a lookup
/// halves over the first strings of the blocks and then walks through one block.
///
/// Layout, numbers little-endian: `count` (4 bytes); for each block the offset of its first entry from the end of this
/// table (4 bytes each); the entries. An entry is the number of leading bytes that it shares with the one before it
/// (varint; left out for the first of a block, which shares none), the number of further bytes (varint), these bytes,
/// and the numbers (varints).
struct SortedStrings: Sendable {
  static let blockLength = 16

  let count: Int
  private let numbers: Int
  private let offsets: ByteView
  private let entries: ByteView

  /// What stands beside a string.
  struct Entry {
    var index: Int
    var first = 0
    var second = 0
    /// Sum of the `second` numbers that stand before this entry in its block.
    var secondBefore = 0
  }

  init(_ view: ByteView, numbers: Int) {
    let count = Int(view.word32(at: 0))
    let blocks = Self.blocks(count)
    self.count = count
    self.numbers = numbers
    offsets = view.slice(4, 4 * blocks)
    entries = view.slice(4 + 4 * blocks, Int.max)
  }

  static func blocks(_ count: Int) -> Int { (count + blockLength - 1) / blockLength }

  /// Complexity: a binary search over count/16 strings, then at most 16 entries.
  func find(_ key: [UInt8]) -> Entry? {
    let low = blocksBefore(key)
    guard low > 0 else { return nil }
    var walk = Walk(self, block: low - 1)
    var matched = 0
    var isFirst = true
    while walk.index < min(count, low * Self.blockLength), let step = walk.step() {
      // An entry that shares more with the one before than the key does stands before the key like that one, one that
      // shares less stands behind it.
      if isFirst || step.shared == matched {
        let (common, order) = compare(step.suffix, key, from: matched)
        matched = common
        if order == 0 { return step.entry }
        if order > 0 { return nil }
      } else if step.shared < matched {
        return nil
      }
      isFirst = false
    }
    return nil
  }

  /// The block from which on the strings that are not before `key` stand.
  func firstBlock(from key: [UInt8]) -> Int { max(0, blocksBefore(key) - 1) }

  /// How many blocks begin at or before `key`.
  private func blocksBefore(_ key: [UInt8]) -> Int {
    var (low, high) = (0, Self.blocks(count))
    while low < high {
      let middle = (low + high) / 2
      if precedesOrEquals(block: middle, key) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The string at an index, which must be below `count`.
  func string(at index: Int) -> [UInt8] {
    var walk = Walk(self, block: index / Self.blockLength)
    var string: [UInt8] = []
    string.reserveCapacity(64)
    while walk.index <= index, let step = walk.step() {
      if string.count > step.shared { string.removeLast(string.count - step.shared) }
      step.suffix.append(to: &string)
    }
    return string
  }

  private func precedesOrEquals(block: Int, _ key: [UInt8]) -> Bool {
    var cursor = ByteCursor(entries, at: Int(offsets.word32(at: 4 * block)))
    let length = cursor.varint()
    return compare(cursor.slice(length), key, from: 0).order <= 0
  }

  /// Compares `suffix` with the key's bytes from `from` on: how many of the key's bytes are matched, and the order.
  private func compare(_ suffix: ByteView, _ key: [UInt8], from: Int) -> (common: Int, order: Int) {
    var index = 0
    while index < suffix.count, from + index < key.count {
      let (one, other) = (suffix[index], key[from + index])
      if one != other { return (from + index, one < other ? -1 : 1) }
      index += 1
    }
    return (from + index, suffix.count - index - (key.count - from - index))
  }

  /// Steps through the entries in order.
  struct Walk {
    private(set) var index: Int
    private let strings: SortedStrings
    private var cursor: ByteCursor
    private var secondBefore = 0

    init(_ strings: SortedStrings, block: Int = 0) {
      self.strings = strings
      index = block * SortedStrings.blockLength
      cursor = ByteCursor(strings.entries, at: Int(strings.offsets.word32(at: 4 * block)))
    }

    var offset: Int { cursor.offset }

    /// The next entry: how much it shares with the one before, and its further bytes; nil at the end or where the bytes
    /// make no sense.
    mutating func step() -> (entry: Entry, shared: Int, suffix: ByteView)? {
      guard index < strings.count else { return nil }
      let isFirst = index.isMultiple(of: SortedStrings.blockLength)
      let shared = isFirst ? 0 : cursor.varint()
      let suffix = cursor.slice(cursor.varint())
      var entry = Entry(index: index)
      if isFirst { secondBefore = 0 }
      if strings.numbers > 0 { entry.first = cursor.varint() }
      if strings.numbers > 1 { entry.second = cursor.varint() }
      entry.secondBefore = secondBefore
      secondBefore &+= entry.second
      guard !cursor.isOverrun else { return nil }
      index += 1
      return (entry, shared, suffix)
    }
  }

  /// Checks everything: offsets, lengths, order, and that nothing is left over; calls `body` with each entry. Returns
  /// the offset of the first fault, nil if there is none.
  func fault(in view: ByteView, _ body: (Entry, [UInt8]) -> Bool = { _, _ in true }) -> Int? {
    let blocks = Self.blocks(count)
    guard view.count >= 4, offsets.count == 4 * blocks else { return 0 }
    let start = 4 + 4 * blocks
    var walk = Walk(self)
    var string: [UInt8] = []
    for index in 0..<count {
      let at = walk.offset
      if index.isMultiple(of: Self.blockLength), Int(offsets.word32(at: index / Self.blockLength * 4)) != at {
        return 4 + index / Self.blockLength * 4
      }
      guard let step = walk.step(), step.shared <= string.count, step.entry.secondBefore >= 0 else { return start + at }
      var next = Array(string.prefix(step.shared))
      step.suffix.append(to: &next)
      guard index == 0 || string.lexicographicallyPrecedes(next), body(step.entry, next) else { return start + at }
      string = next
    }
    return walk.offset == entries.count ? nil : start + walk.offset
  }
}

/// Writes what `SortedStrings` reads; strings must come in ascending order, each once.
struct SortedStringsWriter {
  private var offsets = ByteWriter()
  private var entries = ByteWriter()
  private var previous: [UInt8] = []
  private var count = 0

  mutating func append(_ string: [UInt8], _ numbers: Int...) {
    if count.isMultiple(of: SortedStrings.blockLength) {
      offsets.append(word: UInt32(truncatingIfNeeded: entries.bytes.count))
      entries.append(varint: string.count)
      entries.append(string)
    } else {
      let shared = zip(previous, string).prefix { $0 == $1 }.count
      entries.append(varint: shared)
      entries.append(varint: string.count - shared)
      entries.append(string[shared...])
    }
    for number in numbers { entries.append(varint: number) }
    previous = string
    count += 1
  }

  var bytes: [UInt8] {
    var writer = ByteWriter()
    writer.append(word: UInt32(truncatingIfNeeded: count))
    return writer.bytes + offsets.bytes + entries.bytes
  }
}
