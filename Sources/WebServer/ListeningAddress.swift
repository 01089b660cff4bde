import Synchronization

/// The address once it is known; settled once, awaited by any number.
final class ListeningAddress: Sendable {
  private enum State {
    case waiting([CheckedContinuation<WebServer.Address, any Error>])
    case settled(Result<WebServer.Address, any Error>)
  }

  private let state = Mutex(State.waiting([]))

  func settle(_ result: Result<WebServer.Address, any Error>) {
    let waiting = state.withLock { state -> [CheckedContinuation<WebServer.Address, any Error>] in
      guard case .waiting(let waiting) = state else { return [] }
      state = .settled(result)
      return waiting
    }
    for continuation in waiting { continuation.resume(with: result) }
  }

  func value() async throws -> WebServer.Address {
    try await withCheckedThrowingContinuation { continuation in
      let result = state.withLock { state -> Result<WebServer.Address, any Error>? in
        switch state {
        case .settled(let result): return result
        case .waiting(let waiting):
          state = .waiting(waiting + [continuation])
          return nil
        }
      }
      if let result { continuation.resume(with: result) }
    }
  }
}
