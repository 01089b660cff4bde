package import Foundation

/// Decides, at any instant, which occurrences are due: at most one for each schedule, whatever the clock did meanwhile.
///
/// A caller asks `due(at:)` every few seconds, acts on what it gets, and then says `settle`. What was not settled (the
/// database refused it, say) is due again the next time, until it is older than its catch-up window and thus missed.
///
/// A clock that jumps forward makes the newest occurrence due or missed, never the ones between. One that jumps back
/// makes nothing due; later occurrences come again when their time comes, and the unique key of the database refuses
/// those that were done. Two copies of the service tell each other nothing: the key decides there too.
package struct Tick: Sendable {
  /// A schedule and how late it may still run.
  package struct Entry: Sendable {
    package var schedule: Schedule
    /// How long after its moment an occurrence is still worth making up.
    package var catchUp: Duration
    /// The instant of the last occurrence on record; nil if there is none.
    package var lastDone: Date?

    package init(schedule: Schedule, catchUp: Duration, lastDone: Date?) {
      self.schedule = schedule
      self.catchUp = catchUp
      self.lastDone = lastDone
    }
  }

  package struct Due: Sendable, Equatable {
    package enum Verdict: Sendable, Equatable {
      /// Run it.
      case run
      /// Too late: record it as missed, and run nothing.
      case missed
    }

    package var occurrence: Occurrence
    package var verdict: Verdict

    package init(occurrence: Occurrence, verdict: Verdict) {
      self.occurrence = occurrence
      self.verdict = verdict
    }
  }

  private struct Watch {
    let schedule: Schedule
    let catchUp: Duration
    /// Occurrences up to here are settled.
    var since: Date
    var settledKey: String?
  }

  private var watches: [Watch]

  /// - Parameter now: a schedule without a record has missed nothing before this instant.
  package init(_ entries: [Entry], now: Date) {
    watches = entries.map { Watch(schedule: $0.schedule, catchUp: $0.catchUp, since: $0.lastDone ?? now) }
  }

  /// What is due now, at most one occurrence for each schedule, in the order of the schedules.
  package mutating func due(at now: Date) -> [Due] {
    for index in watches.indices where watches[index].since > now { watches[index].since = now }
    return watches.compactMap { watch in
      guard let occurrence = watch.schedule.last(atOrBefore: now), occurrence.instant > watch.since,
        occurrence.key != watch.settledKey
      else { return nil }
      return Due(occurrence: occurrence, verdict: occurrence.isWithin(watch.catchUp, of: now) ? .run : .missed)
    }
  }

  /// Says that an occurrence is on record, run or missed, by us or by another copy.
  package mutating func settle(_ occurrence: Occurrence) {
    for index in watches.indices where watches[index].schedule.name == occurrence.schedule {
      watches[index].since = max(watches[index].since, occurrence.instant)
      watches[index].settledKey = occurrence.key
    }
  }

  /// How long to wait before asking again: until the next occurrence, but at most 15 s, so that a clock that was set is
  /// noticed, and at least 50 ms. To be measured on a monotonic clock.
  package func wait(from now: Date) -> Duration {
    let next = watches.compactMap { $0.schedule.next(after: now)?.instant.timeIntervalSince(now) }.min() ?? 15
    return .milliseconds(Int((min(max(next, 0.05), 15) * 1000).rounded(.up)))
  }
}
