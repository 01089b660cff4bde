import ChatPlatforms
package import Coaching
import Corpus
package import Foundation
package import Logging
import Metrics
import Outbox
import Scheduling
import ServiceLifecycle
package import Storage

/// The schedule's ticking: when an occurrence is due, one transaction takes the occurrence, the deck's new state and the
/// delivery of the tip. The unique key of the occurrence keeps a restart or another copy from doing it twice.
package struct PostTips: Service {
  let schedules: [Configuration.Schedule]
  let channels: [String: ChatChannel]
  let database: Database
  let coach: @Sendable () -> Coach
  let wake: @Sendable () -> Void
  let now: @Sendable () -> Date
  let logger: Logger

  package init(
    schedules: [Configuration.Schedule], channels: [String: ChatChannel], database: Database,
    coach: @escaping @Sendable () -> Coach, wake: @escaping @Sendable () -> Void,
    now: @escaping @Sendable () -> Date, logger: Logger
  ) {
    self.schedules = schedules
    self.channels = channels
    self.database = database
    self.coach = coach
    self.wake = wake
    self.now = now
    self.logger = logger
  }

  package func run() async throws {
    guard !schedules.isEmpty else { return try await gracefulShutdown() }
    try await cancelWhenGracefulShutdown {
      var tick = try await start()
      while !Task.isCancelled {
        for due in tick.due(at: now()) {
          do {
            try await take(due)
            tick.settle(due.occurrence)
          } catch {
            logger.error(
              "an occurrence could not be committed, and will be tried again",
              metadata: ["schedule": "\(due.occurrence.schedule)", "error": "\(error)"])
            try? await Task.sleep(for: .seconds(1))
          }
        }
        try? await Task.sleep(for: tick.wait(from: now()), clock: .continuous)
      }
    }
  }

  private func start() async throws -> Tick {
    var entries: [Tick.Entry] = []
    for schedule in schedules {
      let last = try await database.lastOccurrence(schedule: schedule.name)
      entries.append(
        Tick.Entry(schedule: try schedule.rule(), catchUp: schedule.catchUp, lastDone: last?.instant))
    }
    return Tick(entries, now: now())
  }

  private func take(_ due: Tick.Due) async throws {
    guard let schedule = schedules.first(where: { $0.name == due.occurrence.schedule }) else { return }
    // Another copy may deal from the same deck at the same time; then the deck is read again.
    for _ in 0..<5 {
      let acceptance = try await acceptance(for: due, schedule)
      let outcome = acceptance.occurrence?.outcome ?? .missed
      switch try await database.accept(acceptance) {
      case .accepted:
        count(outcome.rawValue)
        logger.info(
          "an occurrence was settled",
          metadata: [
            "schedule": "\(schedule.name)", "occurrence": "\(due.occurrence.key)", "outcome": "\(outcome.rawValue)",
          ])
        return wake()
      case .repeated: return count("repeated")
      case .stale: continue
      }
    }
    throw Failure(.unavailable, "the deck of \(schedule.name) changed too often to deal from it")
  }

  private func acceptance(for due: Tick.Due, _ schedule: Configuration.Schedule) async throws -> Acceptance {
    let now = now()
    var acceptance = Acceptance(now: now)
    var occurrence = OccurrenceRecord(
      schedule: schedule.name, key: due.occurrence.key, channel: schedule.channel, instant: due.occurrence.instant,
      outcome: .missed)
    if due.verdict == .run, let channel = channels[schedule.channel] {
      let coach = coach()
      let catalogue = coach.catalogue
      let key = schedule.deckKey
      let stored = try await database.deck(key)
      var deck = stored.flatMap { Deck(bytes: $0.bytes) } ?? Deck(owner: key)
      if let tip = deck.deal(from: catalogue.tips(on: schedule.topics)) {
        occurrence.outcome = .posted
        acceptance.deck = StateChange(key: key, bytes: deck.bytes, basis: stored?.revision ?? 0)
        acceptance.deliveries = [
          Delivery(
            channel.platform.message(tip: coach.reply(tip)), channel: channel.name, purpose: .tip, now: now,
            expires: due.occurrence.instant.addingTimeInterval(TimeInterval(schedule.catchUp.components.seconds)))
        ]
      } else {
        logger.error("there is no tip to post", metadata: ["schedule": "\(schedule.name)"])
      }
    }
    acceptance.occurrence = occurrence
    return acceptance
  }

  private func count(_ outcome: String) {
    Counter(label: "coach_schedule_occurrences_total", dimensions: [("outcome", outcome)]).increment()
  }
}

extension Configuration.Schedule {
  /// One deck for a channel and its choice of topics: schedules that share both deal from one pile.
  var deckKey: String { ([channel] + topics.sorted()).joined(separator: "/") }
}

extension Catalogue {
  /// The tips on any of the topics, as slugs or as somebody would write them; all of them for none.
  func tips(on topics: [String]) -> [Tip] {
    let wanted = Set(topics.map(Slug.make))
    return topics.isEmpty ? tips : tips.filter { wanted.contains($0.topic) }
  }
}
