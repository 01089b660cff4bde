import Dialogue
import NIOCore
import Synchronization

/// Who is connected. Decides who may come in, and reaches everybody at once.
///
/// Isolation: any thread; its state is behind a mutex that is held for dictionary work only.
final class ConnectionRegistry: Sendable {
  enum Admission: Sendable, Equatable {
    case admitted
    /// To be told why, then closed.
    case refused(Reply)
    /// To be closed at once, because too many are being told already.
    case dropped
  }

  /// Refused clients that may linger until they have read why; beyond this they cost too many file descriptors.
  private static let refusedLimit = 100

  private struct State {
    var channels: [ObjectIdentifier: any Channel] = [:]
    var perAddress: [ClientAddress: Int] = [:]
    var refused = 0
    var isDraining = false
  }

  private let limit: Int
  private let limitPerAddress: Int
  private let state = Mutex(State())

  init(limit: Int, limitPerAddress: Int) {
    self.limit = limit
    self.limitPerAddress = limitPerAddress
  }

  var count: Int { state.withLock { $0.channels.count } }

  /// Whether four fifths of the places are taken (`MaxStartups` of OpenSSH is the model).
  var isCrowded: Bool { count >= limit - limit / 5 }

  /// Takes a channel in, or says why not. It is forgotten when it closes.
  func admit(_ channel: any Channel, from address: ClientAddress) -> Admission {
    let admission = state.withLock { state -> Admission in
      if let reason = refusal(state, address) {
        guard state.refused < Self.refusedLimit else { return .dropped }
        state.refused += 1
        return .refused(reason)
      }
      state.channels[ObjectIdentifier(channel)] = channel
      state.perAddress[address, default: 0] += 1
      return .admitted
    }
    switch admission {
    case .admitted: channel.closeFuture.whenComplete { _ in self.forget(ObjectIdentifier(channel), from: address) }
    case .refused: channel.closeFuture.whenComplete { _ in self.state.withLock { $0.refused -= 1 } }
    case .dropped: break
    }
    return admission
  }

  /// Tells every connection something.
  func tell(_ event: ConnectionHandler.Event) {
    for channel in channels { channel.pipeline.fireUserInboundEventTriggered(event) }
  }

  /// Takes nobody in any more.
  ///
  /// - Returns: the channels that are still open.
  func startDraining() -> [any Channel] {
    state.withLock { $0.isDraining = true }
    return channels
  }

  private var channels: [any Channel] { state.withLock { Array($0.channels.values) } }

  private func forget(_ channel: ObjectIdentifier, from address: ClientAddress) {
    state.withLock { state in
      state.channels[channel] = nil
      let left = (state.perAddress[address] ?? 0) - 1
      state.perAddress[address] = left > 0 ? left : nil
    }
  }

  private func refusal(_ state: State, _ address: ClientAddress) -> Reply? {
    if state.isDraining { return ConnectionHandler.shuttingDown }
    if state.channels.count >= limit {
      return .error(.tooManyConnections, "All my lines are taken. Please try again in a minute.")
    }
    if state.perAddress[address] ?? 0 >= limitPerAddress {
      return .error(
        .tooManyConnections,
        "Your address has \(limitPerAddress) connections here, the most that one may have. Please close one.")
    }
    return nil
  }
}
