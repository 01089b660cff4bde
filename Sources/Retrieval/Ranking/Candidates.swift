/// The best passages seen so far, more than will be returned, since the pair bonus may still change their order.
///
/// Passages are kept in a buffer that is cut down to the `depth` best when it is full; between cuts, `threshold` is the
/// score that a passage must have to matter.
struct Candidates {
  private let depth: Int
  private let capacity: Int
  /// Score in the upper, inverted ordinal in the lower 32 bits: greater keys are better.
  private var keys: [UInt64] = []
  /// The least score that can matter.
  private(set) var threshold = 1

  init(depth: Int) {
    self.init(depth: depth, capacity: max(256, depth * 4))
    keys.reserveCapacity(min(capacity, 4096))
  }

  private init(depth: Int, capacity: Int) {
    self.depth = depth
    self.capacity = capacity
  }

  @inline(__always)
  mutating func offer(score: Int, ordinal: Int) {
    guard score >= threshold else { return }
    keys.append(UInt64(score) << 32 | UInt64(UInt32.max &- UInt32(truncatingIfNeeded: ordinal)))
    if keys.count == capacity { cut() }
  }

  /// The least score that can matter once passages with these scores, or better ones, are there; 1 if that says
  /// nothing.
  func floor(of scores: [Int16]) -> Int {
    var ranked = Candidates(depth: depth, capacity: .max)
    for (place, score) in scores.enumerated() where score > 0 { ranked.offer(score: Int(score), ordinal: place) }
    ranked.cut()
    return ranked.threshold
  }

  /// What is left, best first.
  mutating func finish() -> [(score: Int, ordinal: Int)] {
    cut()
    keys.sort(by: >)
    return keys.map { (Int($0 >> 32), Int(UInt32.max &- UInt32(truncatingIfNeeded: $0))) }
  }

  private mutating func cut() {
    guard depth > 0, keys.count > depth else { return }
    select(depth)
    keys.removeLast(keys.count - depth)
    threshold = max(threshold, keys.reduce(Int.max) { min($0, Int($1 >> 32)) })
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
