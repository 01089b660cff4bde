/// The best passages seen so far, more than will be returned, since the pair bonus may still change their order.
///
/// A passage is worth keeping only if it is among the `depth` best without the bonus and, with the greatest bonus possible, could
/// still reach the `limit` best. Passages are kept in a buffer that is cut down when it is full; between cuts, `threshold` is
/// a score that a passage must exceed, or equal with a smaller ordinal, to matter.
struct Candidates {
  private let depth: Int
  private let limit: Int
  private let greatestBonus: Int
  private let capacity: Int
  /// Score in the upper, inverted ordinal in the lower 32 bits: greater keys are better.
  private var keys: [UInt64] = []
  /// The least score that can matter.
  private(set) var threshold = 1

  init(limit: Int, depth: Int, greatestBonus: Int) {
    self.limit = limit
    self.depth = max(limit, depth)
    self.greatestBonus = greatestBonus
    capacity = max(256, self.depth * 4)
    keys.reserveCapacity(capacity)
  }

  @inline(__always)
  mutating func offer(score: Int, ordinal: Int) {
    guard score >= threshold else { return }
    keys.append(UInt64(score) << 32 | UInt64(UInt32.max &- UInt32(truncatingIfNeeded: ordinal)))
    if keys.count == capacity { cut() }
  }

  /// What is left, best first.
  mutating func finish() -> [(score: Int, ordinal: Int)] {
    cut()
    keys.sort(by: >)
    return keys.map { (Int($0 >> 32), Int(UInt32.max &- UInt32(truncatingIfNeeded: $0))) }
  }

  /// Keeps the best `depth` of those that can still matter.
  private mutating func cut() {
    if keys.count > depth {
      select(depth)
      keys.removeLast(keys.count - depth)
      threshold = max(threshold, keys.reduce(Int.max) { min($0, Int($1 >> 32)) })
    }
    guard limit > 0, keys.count >= limit, limit < depth else { return }
    select(limit)
    let last = keys[..<limit].reduce(Int.max) { min($0, Int($1 >> 32)) }
    threshold = max(threshold, last - greatestBonus)
    keys.removeAll { Int($0 >> 32) < threshold }
  }

  /// Brings the `count` greatest keys to the front (Hoare, "Algorithm 65: find", 1961). Complexity: linear on average.
  private mutating func select(_ count: Int) {
    unsafe keys.withUnsafeMutableBufferPointer { keys in
      var (low, high) = (0, keys.count - 1)
      while low < high {
        let pivot = unsafe Self.median(keys[low], keys[(low + high) / 2], keys[high])
        var (left, right) = (low, high)
        while left <= right {
          while unsafe keys[left] > pivot { left += 1 }
          while unsafe keys[right] < pivot { right -= 1 }
          if left <= right {
            unsafe keys.swapAt(left, right)
            left += 1
            right -= 1
          }
        }
        if count - 1 <= right { high = right } else if count - 1 >= left { low = left } else { return }
      }
    }
  }

  private static func median(_ one: UInt64, _ two: UInt64, _ three: UInt64) -> UInt64 {
    max(min(one, two), min(max(one, two), three))
  }
}
