import CMalloc
import Corpus
import Dispatch
import Foundation
import Glibc
package import Logging
import Retrieval
import ServiceLifecycle
import Synchronization

/// The knowledge that is served: one generation at a time, replaced whole when the folders or the index file change.
///
/// The folders are looked at twice a second, file by file. That is simpler than being told by the system, works on every
/// file system and network share alike, and costs some microseconds a file; for large folders the pause grows, so that looking
/// takes at most a twentieth of the time.
///
/// `Served` is what answering needs of a generation; it is made once for each, on the store's own thread, so that nobody who
/// answers waits for it.
package final class KnowledgeStore<Served: Sendable>: Service {
  private let source: KnowledgeSource
  private let logger: Logger
  private let pause: Duration
  private let prepare: @Sendable (Generation) -> Served
  private let state: Mutex<(generation: Generation, served: Served)>
  /// Signalled once, to end `run`.
  private let stop = DispatchSemaphore(value: 0)
  private let isStopping = Atomic(false)

  /// Opens the knowledge: the index on the disk when it fits the folders, else a new one, which is stored.
  ///
  /// Blocking: reads every file. Throws when a folder is missing or the index cannot be stored.
  package init(
    _ source: KnowledgeSource, logger: Logger, pause: Duration = .milliseconds(500),
    prepare: @escaping @Sendable (Generation) -> Served
  ) throws(KnowledgeError) {
    source.place.removeDrafts()
    let opened = try source.open(storing: true)
    if let error = opened.unstored { throw error }
    self.source = source
    self.logger = logger
    self.pause = pause
    self.prepare = prepare
    state = Mutex((opened.generation, prepare(opened.generation)))
    malloc_trim(0)
    if let reason = opened.refused { Self.logRefused(reason, source, logger) }
    log("knowledge opened", opened)
    logProblems(opened.generation.problems, new: [])
  }

  /// What to answer from. Any thread; costs a lock and a few retains. Keep it for the whole of one answer.
  package var current: Served { state.withLock { $0.served } }

  package var generation: Generation { state.withLock { $0.generation } }

  /// Watches folders and index file until the task is cancelled or shuts down gracefully.
  ///
  /// Looking and building happen on a thread of their own. What is being built when the end comes is given up.
  package func run() async throws {
    await withTaskCancellationOrGracefulShutdownHandler {
      await withCheckedContinuation { continuation in
        let thread = Thread { [self] in
          watch()
          continuation.resume()
        }
        thread.name = "knowledge"
        // YAML's parser calls itself for each level of nesting, of which it allows a thousand.
        thread.stackSize = 8 << 20
        thread.start()
      }
    } onCancelOrGracefulShutdown: {
      self.isStopping.store(true, ordering: .relaxed)
      self.stop.signal()
    }
  }

  private func watch() {
    var watch = Watch()
    var rest = pause
    while stop.wait(timeout: .now() + .nanoseconds(rest.wholeNanoseconds)) == .timedOut {
      refresh(&watch)
      rest = max(pause, watch.lookDuration * 20)
    }
  }

  /// What the watching thread remembers.
  private struct Watch {
    var detector = ChangeDetector()
    var skipped: [Problem]?
    /// The fault that was logged last, so that it is not logged twice a second.
    var fault: KnowledgeError?
    /// How long the last look at the folders took, without what came of it.
    var lookDuration = Duration.zero
  }

  private func refresh(_ watch: inout Watch) {
    do throws(KnowledgeError) {
      let clock = ContinuousClock()
      let start = clock.now
      let scan = try source.folders.scan()
      watch.lookDuration = clock.now - start
      if watch.skipped ?? scan.problems != scan.problems { replace(with: generation.skipping(scan.problems)) }
      watch.skipped = scan.problems
      if watch.detector.mayHaveChanged(scan, index: source.place.status, now: Self.now()) {
        if try source.fingerprint() != generation.fingerprint { try rebuild(&watch) }
      }
      watch.fault = nil
    } catch {
      if watch.fault != error, error != .stopping {
        logger.error("knowledge not refreshed", metadata: ["error": "\(error)"])
      }
      watch.fault = error
      // What was seen may not have been compared, so the next look must not take it for known.
      watch.detector = ChangeDetector()
    }
  }

  private func rebuild(_ watch: inout Watch) throws(KnowledgeError) {
    let opened = try source.open(storing: true) { isStopping.load(ordering: .relaxed) }
    watch.detector.noteIndex(source.place.status)
    replace(with: opened.generation)
    if let reason = opened.refused { Self.logRefused(reason, source, logger) }
    log("knowledge replaced", opened)
    // It is served all the same; the next start builds it again.
    if let error = opened.unstored { logger.error("index not stored", metadata: ["error": "\(error)"]) }
  }

  private func replace(with next: Generation) {
    let (previous, served) = state.withLock { $0 }
    let state = (next, next.fingerprint == previous.fingerprint ? served : prepare(next))
    self.state.withLock { $0 = state }
    // What reading and preparing took goes back to the system; without this it stays with the process, in pieces.
    malloc_trim(0)
    logProblems(next.problems, new: previous.problems)
  }

  private static func now() -> Int64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
  }
}

extension KnowledgeStore {
  private func log(_ message: Logger.Message, _ opened: KnowledgeSource.Opened) {
    let generation = opened.generation
    logger.notice(
      message,
      metadata: [
        "knowledge.fingerprint": "\(generation.fingerprint.description.prefix(12))",
        "knowledge.documents": "\(generation.catalogue.count)",
        "knowledge.passages": "\(generation.index.recordCount)", "knowledge.tips": "\(generation.catalogue.tips.count)",
        "knowledge.problems": "\(generation.problems.count)", "knowledge.built": "\(opened.wasBuilt)",
      ])
  }

  private static func logRefused(_ reason: String, _ source: KnowledgeSource, _ logger: Logger) {
    logger.warning("index refused and rebuilt", metadata: ["index.path": "\(source.place.path)", "error": "\(reason)"])
  }

  /// Names what is new among the findings; the rest was named before.
  private func logProblems(_ problems: [Problem], new previous: [Problem]) {
    let logLimit = 20
    let old = Set(previous)
    let new = problems.filter { !old.contains($0) }
    for problem in new.prefix(logLimit) {
      logger.warning(
        "knowledge file needs attention",
        metadata: [
          "file.path": "\(problem.path)", "file.finding": "\(problem)",
          "file.refused": "\(problem.severity == .refused)",
        ])
    }
    if new.count > logLimit {
      logger.warning("more knowledge files need attention", metadata: ["knowledge.problems": "\(new.count)"])
    }
  }
}

extension Duration {
  /// At most an hour, at least nothing.
  fileprivate var wholeNanoseconds: Int {
    let parts = components
    if parts.seconds >= 3600 { return 3_600_000_000_000 }
    return max(0, Int(parts.seconds) * 1_000_000_000 + Int(parts.attoseconds / 1_000_000_000))
  }
}
