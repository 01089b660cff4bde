extension Session {
  /// What a client may take of us, each with its own message when it is reached.
  public struct Limits: Sendable, Equatable {
    /// The longest line, its end included, in bytes.
    public var lineBytes: Int
    /// How long a client may be silent between lines.
    public var idle: Duration
    /// How long it may take over a line that it has begun.
    public var begunLine: Duration
    /// How long it may be silent before its first line while connections are running out.
    public var silentWhenCrowded: Duration
    /// So many errors without anything right between them end the session.
    public var errorsInARow: Int

    /// The defaults are those of `PROTOCOL.md`, "Limits". A `lineBytes` below 2 is taken as 2.
    public init(
      lineBytes: Int = 8192, idle: Duration = .seconds(300), begunLine: Duration = .seconds(30),
      silentWhenCrowded: Duration = .seconds(10), errorsInARow: Int = 10
    ) {
      self.lineBytes = lineBytes
      self.idle = idle
      self.begunLine = begunLine
      self.silentWhenCrowded = silentWhenCrowded
      self.errorsInARow = errorsInARow
    }
  }
}
