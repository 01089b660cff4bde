package import Dialogue
import LineProtocol
package import Logging
package import NIOCore
import NIOPosix
import ServiceLifecycle
import Synchronization

/// Serves the line protocol over TCP: accepts, limits, times out, drains. What the bytes mean is `LineProtocol`'s.
package struct LineServer: Service {
  /// What all connections of a server share.
  final class Shared: Sendable {
    let configuration: Configuration
    let respond: @Sendable (Utterance) -> Reply
    let logger: Logger
    let metrics = LineMetrics()
    private let budget: Mutex<QuestionBudget>

    init(configuration: Configuration, logger: Logger, respond: @escaping @Sendable (Utterance) -> Reply) {
      self.configuration = configuration
      self.respond = respond
      self.logger = logger
      budget = Mutex(QuestionBudget(perMinute: configuration.questionsPerMinute))
    }

    func takeQuestion(_ address: ClientAddress, at now: Duration) -> Bool {
      budget.withLock { $0.take(address, at: now) }
    }
  }

  private enum Ending: Sendable {
    case graceful
    case cancelled
    case listenerLost
  }

  private let shared: Shared
  private let group: any EventLoopGroup
  private let registry: ConnectionRegistry
  private let address = BoundAddress()

  /// - Parameters:
  ///   - group: the event loops that serve; one is enough for most.
  ///   - respond: called on an event loop, so it must answer from memory and never block.
  package init(
    configuration: Configuration, group: any EventLoopGroup, logger: Logger,
    respond: @escaping @Sendable (Utterance) -> Reply
  ) {
    shared = Shared(configuration: configuration, logger: logger, respond: respond)
    self.group = group
    registry = ConnectionRegistry(
      limit: configuration.connections, limitPerAddress: configuration.connectionsPerAddress)
  }

  /// The address that the server listens on, as soon as it does.
  ///
  /// - Throws: the error of `run()`, if it could not listen.
  package var boundAddress: SocketAddress {
    get async throws { try await address.value }
  }

  /// How many clients are connected now.
  package var connectionCount: Int { registry.count }

  /// Listens and serves until the graceful shutdown, or until the task is cancelled, which says no goodbyes.
  ///
  /// - Throws: `LineServer.Error` if it cannot listen, or cannot any more.
  package func run() async throws {
    let listener = try await bind()
    let registry = registry
    let metrics = shared.metrics
    let interval = tickInterval
    let ticks = listener.eventLoop.scheduleRepeatedTask(initialDelay: interval, delay: interval) { _ in
      metrics.counted(open: registry.count)
      registry.tell(.tick(isCrowded: registry.isCrowded))
    }
    let ending = await end(of: listener)
    ticks.cancel()
    await drain(within: ending == .cancelled ? .zero : shared.configuration.drain, on: listener.eventLoop)
    shared.logger.notice("line server stopped")
    if ending == .listenerLost { throw Error.listenerLost(listen: shared.configuration.listen) }
  }

  /// Deadlines are looked at this often: each second, or oftener when one is shorter than some seconds.
  private var tickInterval: TimeAmount {
    let limits = shared.configuration.session
    let shortest = min(limits.idle, limits.begunLine, limits.silentWhenCrowded, shared.configuration.unread)
    return min(.seconds(1), max(.milliseconds(10), TimeAmount(shortest / 4)))
  }

  private func bind() async throws -> any Channel {
    let (shared, registry) = (shared, registry)
    let outputBytes = max(shared.configuration.outputBytes, 4096)
    let bootstrap = ServerBootstrap(group: group)
      // As many as the kernel takes; it cuts this at net.core.somaxconn.
      .serverChannelOption(.backlog, value: 4096)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .serverChannelInitializer { listener in
        listener.eventLoop.makeCompletedFuture {
          try listener.pipeline.syncOperations.addHandler(AcceptPause(server: shared))
        }
      }
      .childChannelOption(.allowRemoteHalfClosure, value: true)
      .childChannelOption(.socketOption(.so_keepalive), value: 1)
      .childChannelOption(
        .writeBufferWaterMark, value: .init(low: outputBytes / 4, high: outputBytes)
      )
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture { try Self.takeIn(channel, registry: registry, shared: shared) }
      }
    do {
      let listener = try await bootstrap.bind(host: shared.configuration.host, port: shared.configuration.port).get()
      guard let bound = listener.localAddress else { throw ChannelError.alreadyClosed }
      shared.logger.notice("line server listens", metadata: ["line.address": "\(bound)"])
      address.resolve(.success(bound))
      return listener
    } catch {
      let error = Error(error, listen: shared.configuration.listen)
      address.resolve(.failure(error))
      throw error
    }
  }

  private static func takeIn(_ channel: any Channel, registry: ConnectionRegistry, shared: Shared) throws {
    let address = ClientAddress(channel.remoteAddress)
    var refusal: Reply?
    switch registry.admit(channel, from: address) {
    case .admitted: shared.metrics.tookIn()
    case .refused(let reason):
      shared.metrics.refusedConnection()
      refusal = reason
    case .dropped:
      shared.metrics.refusedConnection()
      throw ChannelError.ioOnClosedChannel
    }
    try channel.pipeline.syncOperations.addHandler(
      ConnectionHandler(server: shared, address: address, refusal: refusal))
  }

  /// Waits for the end, and stops listening.
  private func end(of listener: any Channel) async -> Ending {
    await withTaskGroup(of: Ending.self) { group in
      group.addTask {
        do { try await gracefulShutdown() } catch { return .cancelled }
        return .graceful
      }
      group.addTask {
        try? await listener.closeFuture.get()
        return .listenerLost
      }
      let first = await group.next() ?? .cancelled
      listener.close(promise: nil)
      group.cancelAll()
      return first
    }
  }

  /// Lets every client have its replies and a goodbye, then closes those that are left.
  private func drain(within limit: Duration, on eventLoop: any EventLoop) async {
    let open = registry.startDraining()
    registry.tell(.shutDown)
    let deadline = eventLoop.scheduleTask(in: TimeAmount(limit)) {
      for channel in open { channel.close(promise: nil) }
    }
    try? await EventLoopFuture.andAllComplete(open.map(\.closeFuture), on: eventLoop).get()
    deadline.cancel()
  }
}
