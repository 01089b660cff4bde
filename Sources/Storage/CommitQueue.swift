import GRDB
import Synchronization

/// All writes, in the order in which they came: what arrives while a commit runs goes together into the next one, so that
/// one `fsync` serves many callers without making any of them wait for company.
///
/// Each caller's work runs in its own savepoint: if it throws, it alone is undone. Everybody is answered after the commit.
final class CommitQueue: Sendable {
  /// The most that go into one transaction, so that nobody waits long for others.
  private static let batchLimit = 256

  private struct State {
    var waiting: [any CommitJob] = []
    var isRunning = false
    /// Set when a write could not be made durable: from then on the file's state on disk is not known, and a second
    /// `fsync` that succeeds would prove nothing.
    var failure: StorageError?
  }

  private let pool: DatabasePool
  private let path: String
  private let state = Mutex(State())

  init(pool: DatabasePool, path: String) {
    self.pool = pool
    self.path = path
  }

  /// Runs work in a transaction; returns when it is durable.
  func perform<Value: Sendable>(
    _ work: @escaping @Sendable (GRDB.Database) throws -> Value
  ) async throws(StorageError) -> Value {
    let result = await withCheckedContinuation {
      (continuation: CheckedContinuation<Result<Value, StorageError>, Never>) in
      submit(Job(path: path, work: work, continuation: continuation))
    }
    return try result.get()
  }

  private func submit(_ job: any CommitJob) {
    let (isFirst, failure) = state.withLock { state -> (Bool, StorageError?) in
      if let failure = state.failure { return (false, failure) }
      state.waiting.append(job)
      defer { state.isRunning = true }
      return (!state.isRunning, nil)
    }
    if let failure { return job.finish(failure) }
    guard isFirst else { return }
    pool.asyncWriteWithoutTransaction { db in
      while let batch = self.nextBatch() { self.commit(batch, db) }
    }
  }

  private func nextBatch() -> [any CommitJob]? {
    state.withLock { state in
      let batch = Array(state.waiting.prefix(Self.batchLimit))
      state.waiting.removeFirst(batch.count)
      state.isRunning = !batch.isEmpty
      return batch.isEmpty ? nil : batch
    }
  }

  private func commit(_ batch: [any CommitJob], _ db: GRDB.Database) {
    do {
      if let failure = state.withLock({ $0.failure }) { throw failure }
      try db.inTransaction(.immediate) {
        for job in batch { try job.run(in: db) }
        return .commit
      }
      for job in batch { job.finish(nil) }
    } catch {
      let failure = StorageError(error, path: path)
      if case .notDurable = failure { state.withLock { $0.failure = failure } }
      for job in batch { job.finish(failure) }
    }
  }
}

private protocol CommitJob: Sendable {
  /// Throws only what must undo the whole transaction.
  func run(in db: GRDB.Database) throws
  /// Answers the caller: with the transaction's failure, or with what its own work came to.
  func finish(_ failure: StorageError?)
}

private final class Job<Value: Sendable>: CommitJob {
  private let path: String
  private let work: @Sendable (GRDB.Database) throws -> Value
  private let continuation: CheckedContinuation<Result<Value, StorageError>, Never>
  private let result = Mutex<Result<Value, StorageError>?>(nil)

  init(
    path: String, work: @escaping @Sendable (GRDB.Database) throws -> Value,
    continuation: CheckedContinuation<Result<Value, StorageError>, Never>
  ) {
    self.path = path
    self.work = work
    self.continuation = continuation
  }

  func run(in db: GRDB.Database) throws {
    do {
      try db.inSavepoint {
        let value = try work(db)
        result.withLock { $0 = .success(value) }
        return .commit
      }
    } catch {
      // A full disk, for example, makes SQLite roll back everything: what follows would run outside any transaction.
      guard db.isInsideTransaction else { throw error }
      let failure = StorageError(error, path: path)
      result.withLock { $0 = .failure(failure) }
    }
  }

  func finish(_ failure: StorageError?) {
    if let failure { return continuation.resume(returning: .failure(failure)) }
    let own = result.withLock { $0 }
    continuation.resume(returning: own ?? .failure(.failed(path: path, detail: "the write was not begun")))
  }
}
