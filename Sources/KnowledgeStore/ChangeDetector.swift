/// Decides whether a look at the folders is reason to compare what the files hold. Pure: fed with what was seen.
struct ChangeDetector {
  private var signature: Int?
  private var index: FileStatus?
  private var isSettled = false

  /// File systems stamp changes with a clock that stands still for some milliseconds, so a change right after a look can leave
  /// the same stamp. A file that changed within this time of a look is therefore looked at again.
  private static let settlingNanoseconds: Int64 = 1_000_000_000

  /// Takes a look at the folders and the index file; true when something may have changed since the last one.
  ///
  /// `now` is in nanoseconds since 1970. Stamps from the future count as settled: they would never become old.
  mutating func mayHaveChanged(_ scan: KnowledgeFolders.Scan, index status: FileStatus?, now: Int64) -> Bool {
    let changed = !isSettled || scan.signature != signature || status != index
    let age = now.subtractingReportingOverflow(scan.newestChange).partialValue
    isSettled = !(0..<Self.settlingNanoseconds).contains(age)
    signature = scan.signature
    index = status
    return changed
  }

  /// Notes the index file that we wrote ourselves.
  mutating func noteIndex(_ status: FileStatus?) {
    index = status
  }
}
