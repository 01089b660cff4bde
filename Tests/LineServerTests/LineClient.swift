import NIOCore
import NIOPosix
import Synchronization

/// A client on a real socket, for tests: what it receives can be waited for, by one waiter at a time.
final class LineClient: Sendable {
  private final class Received: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer

    private struct State {
      var bytes: [UInt8] = []
      var hasEnded = false
      var waiting: [(condition: @Sendable ([UInt8]) -> Bool, promise: EventLoopPromise<[UInt8]>)] = []
    }

    private let state = Mutex(State())

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      let buffer = unwrapInboundIn(data)
      change { $0.bytes += buffer.readableBytesView }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
      if case ChannelEvent.inputClosed = event { change { $0.hasEnded = true } }
    }

    func channelInactive(context: ChannelHandlerContext) { change { $0.hasEnded = true } }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private func change(_ body: (inout State) -> Void) {
      let (ready, bytes) = state.withLock { state in
        body(&state)
        let ready = state.waiting.filter { state.hasEnded || $0.condition(state.bytes) }
        guard !ready.isEmpty else { return ([EventLoopPromise<[UInt8]>](), [UInt8]()) }
        state.waiting = []
        defer { state.bytes = [] }
        return (ready.map(\.promise), state.bytes)
      }
      for promise in ready { promise.succeed(bytes) }
    }

    func wait(on eventLoop: any EventLoop, for condition: @escaping @Sendable ([UInt8]) -> Bool) -> EventLoopFuture<
      [UInt8]
    > {
      let promise = eventLoop.makePromise(of: [UInt8].self)
      // A test that waits in vain must fail, not hang.
      eventLoop.scheduleTask(in: .seconds(20)) { promise.fail(TimedOut()) }
      change { $0.waiting.append((condition, promise)) }
      return promise.futureResult
    }
  }

  struct TimedOut: Error {}

  private let channel: any Channel
  private let received: Received

  /// - Parameter readsNothing: leaves everything in the kernel's buffer until `startReading()`.
  init(port: Int, readsNothing: Bool = false) async throws {
    let received = Received()
    self.received = received
    channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .channelOption(.allowRemoteHalfClosure, value: true)
      .channelOption(.autoRead, value: !readsNothing)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(received) }
      }
      .connect(host: "127.0.0.1", port: port).get()
  }

  func send(_ text: String) { send(Array(text.utf8)) }

  func send(_ bytes: [UInt8]) { channel.writeAndFlush(channel.allocator.buffer(bytes: bytes), promise: nil) }

  func endInput() { channel.close(mode: .output, promise: nil) }

  func startReading() async throws { try await channel.setOption(.autoRead, value: true).get() }

  func close() async { try? await channel.close().get() }

  /// What came since the last call, as soon as it contains `text`, or the server has ended its side.
  func text(until text: String) async throws -> String {
    let wanted = Array(text.utf8)
    let bytes = try await received.wait(on: channel.eventLoop) { bytes in
      guard bytes.count >= wanted.count else { return false }
      return bytes.indices.dropLast(wanted.count - 1).contains { bytes[$0...].starts(with: wanted) }
    }.get()
    return String(decoding: bytes, as: UTF8.self)
  }

  /// All that came since the last call, once the server has ended its side.
  func textUntilEnd() async throws -> String {
    String(decoding: try await received.wait(on: channel.eventLoop) { _ in false }.get(), as: UTF8.self)
  }
}
