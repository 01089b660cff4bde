import Dialogue
import LineProtocol
import Logging
import NIOCore

/// One client: moves bytes between its channel and its `Session`, which decides.
///
/// Questions are answered here, on the event loop, so the responder must answer from memory. One write goes out for each
/// read. A client that does not read is not read from either: its input waits in the kernel, not in us.
///
/// Isolation: the channel's event loop.
final class ConnectionHandler: ChannelDuplexHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  /// What the server tells every connection.
  enum Event: Sendable {
    /// Look at your deadlines.
    case tick(isCrowded: Bool)
    /// Answer what you have, say goodbye, close.
    case shutDown
  }

  static let shuttingDown = Reply.error(.shuttingDown, "I am shutting down. Please come back in a minute.")

  private enum Phase {
    case serving
    /// The reason to close is being sent.
    case closing
    case closed
  }

  /// After this long with one client the others get their turn.
  private static let turn = TimeAmount.milliseconds(2)
  /// How long a client that was told goodbye may go on sending. Closing while its bytes arrive would make the kernel
  /// send a reset, which can take the goodbye with it.
  private static let linger = TimeAmount.seconds(1)

  private let server: LineServer.Shared
  private let address: ClientAddress
  private let refusal: Reply?
  private var session: Session
  private var phase = Phase.serving
  private var isReadHeld = false
  private var isTurnScheduled = false
  private var isShuttingDown = false
  private var inputHasEnded = false
  private var unwritableSince: Duration?
  private var questions = 0
  private let began = NIODeadline.now().sinceStart

  /// - Parameter refusal: the reason why this client is not served, to be told instead of the greeting.
  init(server: LineServer.Shared, address: ClientAddress, refusal: Reply?) {
    self.server = server
    self.address = address
    self.refusal = refusal
    session = Session(
      limits: server.configuration.session, greeting: refusal == nil ? server.configuration.greeting : "", at: began)
  }

  func channelActive(context: ChannelHandlerContext) {
    if let refusal { session.close(refusal) }
    work(context: context)
    context.fireChannelActive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    // Once the goodbye is on its way, input is read so that the client sees it, and thrown away.
    guard phase == .serving else { return }
    session.receive(Array(unwrapInboundIn(data).readableBytesView), at: NIODeadline.now().sinceStart)
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    work(context: context)
    context.fireChannelReadComplete()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    switch event {
    case ChannelEvent.inputClosed: finishInput(context: context)
    case Event.tick(let isCrowded): checkTime(context: context, isCrowded: isCrowded)
    case Event.shutDown:
      isShuttingDown = true
      work(context: context)
    default: context.fireUserInboundEventTriggered(event)
    }
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    unwritableSince = context.channel.isWritable ? nil : NIODeadline.now().sinceStart
    if context.channel.isWritable { work(context: context) }
    context.fireChannelWritabilityChanged()
  }

  func read(context: ChannelHandlerContext) {
    if holdsReads(context: context) {
      isReadHeld = true
    } else {
      context.read()
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    server.logger.debug("line connection failed", metadata: ["error": "\(error)"])
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    phase = .closed
    if refusal == nil {
      server.metrics.closed(session.closeReason)
      server.logger.info(
        "line connection closed",
        metadata: [
          "line.reason": "\(session.closeReason?.rawValue ?? "client")", "line.questions": "\(questions)",
          "line.seconds": "\((NIODeadline.now().sinceStart - began).components.seconds)",
        ])
    }
    context.fireChannelInactive()
  }
}

// Serving.
extension ConnectionHandler {
  /// Does what there is to do, until it is done, the client does not read, or its turn is over.
  private func work(context: ChannelHandlerContext) {
    guard phase == .serving, context.channel.isActive else { return }
    let turnEnd = NIODeadline.now() + Self.turn
    while context.channel.isWritable {
      guard let action = nextAction() else { break }
      switch action {
      case .ask(let utterance): session.answer(reply(to: utterance))
      case .send: send(context: context)
      case .close: return close(context: context)
      }
      if NIODeadline.now() > turnEnd {
        scheduleTurn(context: context)
        break
      }
    }
    send(context: context)
    releaseRead(context: context)
  }

  private func nextAction() -> Session.Action? {
    if let action = session.next() { return action }
    guard isShuttingDown else { return nil }
    session.close(Self.shuttingDown)
    return session.next()
  }

  private func reply(to utterance: Utterance) -> Reply {
    let start = NIODeadline.now()
    guard server.takeQuestion(address, at: start.sinceStart) else {
      server.metrics.refusedQuestion()
      return .error(
        .tooManyQuestions,
        "That is more than \(server.configuration.questionsPerMinute) questions a minute. Please wait a little.")
    }
    questions += 1
    let reply = server.respond(utterance)
    server.metrics.answered(in: (NIODeadline.now() - start).nanoseconds)
    return reply
  }

  private func send(context: ChannelHandlerContext) {
    let output = session.takeOutput()
    guard !output.isEmpty else { return }
    context.writeAndFlush(wrapOutboundOut(context.channel.allocator.buffer(bytes: output)), promise: nil)
  }

  private func scheduleTurn(context: ChannelHandlerContext) {
    guard !isTurnScheduled else { return }
    isTurnScheduled = true
    let context = NIOLoopBound(context, eventLoop: context.eventLoop)
    let handler = NIOLoopBound(self, eventLoop: context.value.eventLoop)
    context.value.eventLoop.execute {
      handler.value.isTurnScheduled = false
      handler.value.work(context: context.value)
    }
  }

  private func holdsReads(context: ChannelHandlerContext) -> Bool {
    phase == .serving && (session.hasInput || isShuttingDown || !context.channel.isWritable)
  }

  private func releaseRead(context: ChannelHandlerContext) {
    guard isReadHeld, !holdsReads(context: context) else { return }
    isReadHeld = false
    context.read()
  }
}

// Ending.
extension ConnectionHandler {
  private func finishInput(context: ChannelHandlerContext) {
    inputHasEnded = true
    session.finishInput()
    if phase == .serving { work(context: context) } else { context.close(promise: nil) }
  }

  private func checkTime(context: ChannelHandlerContext, isCrowded: Bool) {
    let now = NIODeadline.now().sinceStart
    if let since = unwritableSince, now - since >= server.configuration.unread {
      // There is no way to tell a client that does not read.
      context.close(promise: nil)
    } else {
      session.checkTime(at: now, isCrowded: isCrowded)
      if session.closeReason != nil { work(context: context) }
    }
  }

  /// Sends what there is, ends our side, and lets go when the client has seen it.
  private func close(context: ChannelHandlerContext) {
    phase = .closing
    let sent = context.eventLoop.makePromise(of: Void.self)
    let channel = context.channel
    let inputHasEnded = inputHasEnded
    sent.futureResult.whenComplete { _ in
      if inputHasEnded { return channel.close(promise: nil) }
      channel.close(mode: .output, promise: nil)
      channel.eventLoop.scheduleTask(in: Self.linger) { channel.close(promise: nil) }
    }
    let output = channel.allocator.buffer(bytes: session.takeOutput())
    context.writeAndFlush(wrapOutboundOut(output), promise: sent)
    releaseRead(context: context)
  }
}

extension NIODeadline {
  /// Monotonic time, as sessions count it.
  var sinceStart: Duration { .nanoseconds(Int64(clamping: uptimeNanoseconds)) }
}
