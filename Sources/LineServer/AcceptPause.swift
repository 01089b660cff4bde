import Logging
import NIOCore

/// Stops accepting for a moment when the process is out of file descriptors.
///
/// A client can then be neither taken in nor turned away. Its connection stays in the kernel's queue, so without a pause the
/// event loop would try again at once, for ever, at the cost of those who are connected. NIO's `AcceptBackoffHandler`
/// delays the next read only, and after a failed accept NIO 2.101 goes on with the last one (measured: 20,000 tries a
/// second); turning `autoRead` off takes the socket out of the loop.
///
/// Isolation: the listener's event loop.
final class AcceptPause: ChannelInboundHandler {
  typealias InboundIn = any Channel

  private static let pause = TimeAmount.milliseconds(500)
  /// One line in the log stands for all failures of this time.
  private static let quiet = TimeAmount.minutes(1)

  private let server: LineServer.Shared
  private var quietUntil = NIODeadline.uptimeNanoseconds(0)

  init(server: LineServer.Shared) {
    self.server = server
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    server.metrics.failedAccept()
    let now = NIODeadline.now()
    if now >= quietUntil {
      quietUntil = now + Self.quiet
      server.logger.warning(
        "line server cannot accept; raise the limit of open files", metadata: ["error": "\(error)"])
    }
    let listener = context.channel
    // On the event loop an option is set before the call returns. It fails only when the listener is closed.
    _ = listener.setOption(.autoRead, value: false)
    context.eventLoop.scheduleTask(in: Self.pause) { _ = listener.setOption(.autoRead, value: true) }
  }
}
