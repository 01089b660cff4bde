package import LineProtocol

extension LineServer {
  /// Where to listen, and what a client may take of us.
  package struct Configuration: Sendable {
    /// A host name or address of this machine.
    package var host: String
    /// 0 takes a free port.
    package var port: Int
    /// The line that greets a client; empty for none.
    package var greeting: String
    /// Limits of one connection's lines and times.
    package var session: Session.Limits
    /// Connections in all.
    package var connections: Int
    /// Connections from one address; for IPv6, from one /64.
    package var connectionsPerAddress: Int
    /// Questions a minute from one address, which may come all at once; 0 for no limit.
    package var questionsPerMinute: Int
    /// Bytes of one connection that wait to be written before its input is left waiting.
    package var outputBytes: Int
    /// How long a client may leave them unread.
    package var unread: Duration
    /// How long a shutdown waits for clients to take their replies.
    package var drain: Duration

    package init(
      host: String = "127.0.0.1", port: Int = 7070, greeting: String = Session.greeting,
      session: Session.Limits = Session.Limits(), connections: Int = 10_000, connectionsPerAddress: Int = 100,
      questionsPerMinute: Int = 600, outputBytes: Int = 262_144, unread: Duration = .seconds(30),
      drain: Duration = .seconds(10)
    ) {
      self.host = host
      self.port = port
      self.greeting = greeting
      self.session = session
      self.connections = connections
      self.connectionsPerAddress = connectionsPerAddress
      self.questionsPerMinute = questionsPerMinute
      self.outputBytes = outputBytes
      self.unread = unread
      self.drain = drain
    }

    /// The address as people write it.
    var listen: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
  }
}
