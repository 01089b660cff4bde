import NIOCore

/// Closes a connection on which nothing could be read or written for the idle time. The framework's own timeout does not
/// count while a response is being written, so a client that asks and never reads would hold its connection for ever.
final class StalledConnectionCloser: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = NIOAny

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event is IdleStateHandler.IdleStateEvent {
      context.close(promise: nil)
    } else {
      context.fireUserInboundEventTriggered(event)
    }
  }
}
