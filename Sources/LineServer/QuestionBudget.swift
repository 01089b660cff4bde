/// How many questions an address may still ask: one token bucket for each (a minute's worth, refilled evenly), in a
/// table that cannot grow without end.
package struct QuestionBudget: Sendable {
  private struct Bucket {
    var tokens: Double
    var at: Duration
  }

  /// Tokens that a full bucket holds; 0 means that nothing is counted.
  let perMinute: Int
  let addressLimit: Int
  private var buckets: [ClientAddress: Bucket] = [:]

  package init(perMinute: Int, addressLimit: Int = 16_384) {
    self.perMinute = max(perMinute, 0)
    self.addressLimit = max(addressLimit, 2)
  }

  package var addressCount: Int { buckets.count }

  /// Takes one question's token; false if there is none.
  ///
  /// - Parameter now: monotonic time.
  ///
  /// Complexity: constant, but for tidying the table, which costs its size once in a quarter of its size.
  package mutating func take(_ address: ClientAddress, at now: Duration) -> Bool {
    guard perMinute > 0 else { return true }
    var bucket = buckets[address] ?? Bucket(tokens: Double(perMinute), at: now)
    bucket.tokens = level(of: bucket, at: now)
    bucket.at = now
    let hasToken = bucket.tokens >= 1
    if hasToken { bucket.tokens -= 1 }
    if buckets.count >= addressLimit, buckets[address] == nil { tidy(at: now) }
    buckets[address] = bucket
    return hasToken
  }

  private func level(of bucket: Bucket, at now: Duration) -> Double {
    let minutes = (now - bucket.at) / .seconds(60)
    return min(Double(perMinute), bucket.tokens + max(minutes, 0) * Double(perMinute))
  }

  /// Forgets the buckets that are full again, which changes nothing; if that is not enough, also the quarter that has
  /// been quiet for longest.
  private mutating func tidy(at now: Duration) {
    buckets = buckets.filter { level(of: $0.value, at: now) < Double(perMinute) }
    guard buckets.count > addressLimit / 4 * 3 else { return }
    let oldest = buckets.sorted { $0.value.at < $1.value.at }.prefix(max(addressLimit / 4, 1))
    for (address, _) in oldest { buckets[address] = nil }
  }
}
