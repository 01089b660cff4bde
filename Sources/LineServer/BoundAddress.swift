import NIOCore
import Synchronization

/// The address that the server got, for whoever waits for it.
final class BoundAddress: Sendable {
  private enum State {
    case unknown([CheckedContinuation<SocketAddress, any Error>])
    case known(Result<SocketAddress, any Error>)
  }

  private let state = Mutex(State.unknown([]))

  /// The first outcome counts; it is handed to all who wait.
  func resolve(_ result: Result<SocketAddress, any Error>) {
    let waiting = state.withLock { state -> [CheckedContinuation<SocketAddress, any Error>] in
      guard case .unknown(let waiting) = state else { return [] }
      state = .known(result)
      return waiting
    }
    for continuation in waiting { continuation.resume(with: result) }
  }

  var value: SocketAddress {
    get async throws {
      try await withCheckedThrowingContinuation { continuation in
        let known = state.withLock { state -> Result<SocketAddress, any Error>? in
          switch state {
          case .known(let result): return result
          case .unknown(let waiting):
            state = .unknown(waiting + [continuation])
            return nil
          }
        }
        if let known { continuation.resume(with: known) }
      }
    }
  }
}
