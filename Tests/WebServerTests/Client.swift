import NIOCore
import NIOPosix
import Testing

/// A client that sends bytes as they are and reads until the server closes.
struct Client: Sendable {
  var host = "127.0.0.1"
  var port: Int

  struct Response: Sendable {
    var status = 0
    /// Names in lower case; of a repeated one the last.
    var headers: [String: String] = [:]
    var body = ""
    /// Everything that came, also behind the first response.
    var all = ""
  }

  /// A request with `Connection: close`; `Host` is added unless it is among the headers.
  func request(
    _ method: String, _ target: String, headers: [String] = [], body: String = ""
  ) async throws -> Response {
    var lines = ["\(method) \(target) HTTP/1.1", "Connection: close"]
    if !headers.contains(where: { $0.lowercased().hasPrefix("host:") }) { lines.append("Host: 127.0.0.1") }
    if !body.isEmpty { lines.append("Content-Length: \(body.utf8.count)") }
    return try await exchange((lines + headers).joined(separator: "\r\n") + "\r\n\r\n" + body)
  }

  func ask(_ body: String, headers: [String] = []) async throws -> Response {
    try await request("POST", "/v1/ask", headers: ["Content-Type: application/json"] + headers, body: body)
  }

  /// Sends the bytes and gives what came until the server closed, at most ten seconds long.
  func exchange(_ text: String) async throws -> Response {
    let channel = try await connect()
    return try await withThrowingTaskGroup(of: Response?.self) { group in
      group.addTask { try await Self.talk(channel, Array(text.utf8)) }
      group.addTask {
        try await Task.sleep(for: .seconds(10))
        return nil
      }
      defer { group.cancelAll() }
      guard let response = try await group.next() ?? nil else { throw NotClosed() }
      return response
    }
  }

  /// A connection on which much is asked and nothing is read.
  func askWithoutReading(_ text: String) async throws -> any Channel {
    let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .channelOption(.autoRead, value: false).connect(host: host, port: port).get()
    channel.writeAndFlush(ByteBuffer(string: text), promise: nil)
    return channel
  }

  struct NotClosed: Error {}

  func connect() async throws -> NIOAsyncChannel<ByteBuffer, ByteBuffer> {
    try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .channelOption(.allowRemoteHalfClosure, value: true)
      .connect(host: host, port: port) { channel in
        channel.eventLoop.makeCompletedFuture { try NIOAsyncChannel(wrappingChannelSynchronously: channel) }
      }
  }

  private static func talk(_ channel: NIOAsyncChannel<ByteBuffer, ByteBuffer>, _ bytes: [UInt8]) async throws
    -> Response
  {
    try await channel.executeThenClose { inbound, outbound in
      var received = ByteBuffer()
      do {
        try await outbound.write(ByteBuffer(bytes: bytes))
        for try await part in inbound { received.writeImmutableBuffer(part) }
      } catch is IOError {
        // A reset: what came before it counts.
      } catch let error as ChannelError where error == .ioOnClosedChannel || error == .alreadyClosed {
      }
      return Response(String(buffer: received))
    }
  }
}

extension Client.Response {
  init(_ text: String) {
    all = text
    let parts = text.components(separatedAtFirst: "\r\n\r\n")
    body = parts.1
    let lines = parts.0.split(separator: "\r\n")
    status = lines.first.flatMap { Int($0.split(separator: " ").dropFirst().first ?? "") } ?? 0
    for line in lines.dropFirst() {
      let (name, value) = String(line).components(separatedAtFirst: ":")
      headers[name.lowercased()] = String(value.drop { $0 == " " })
    }
  }
}

func expect(_ status: Int, from response: Client.Response, at location: SourceLocation = #_sourceLocation) {
  #expect(response.status == status, sourceLocation: location)
}

extension String {
  func components(separatedAtFirst separator: String) -> (String, String) {
    guard let range = firstRange(of: separator) else { return (self, "") }
    return (String(self[..<range.lowerBound]), String(self[range.upperBound...]))
  }
}
