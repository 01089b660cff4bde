import HummingbirdCore
import NIOCore

extension WebServer {
  /// Where to listen, who may use `/v1`, and the limits on what comes in.
  package struct Configuration: Sendable {
    package var host: String
    /// 0 for any free port.
    package var port: Int
    /// What `/v1` and `/metrics` ask for as `Authorization: Bearer`; nil answers this machine only.
    package var token: String?
    /// The largest body; all platforms stay far below.
    package var bodyBytes = 262_144
    /// Names and values of all headers of a request together.
    package var headerBytes = 16_384
    package var headerFields = 64
    /// Connections at a time; further ones wait in the kernel's queue.
    package var connections = 1_000
    /// How long a connection may be silent, a request's headers may take, and a client may leave a response unread.
    package var idle = Duration.seconds(30)
    /// How long a request's body may take.
    package var bodyTime = Duration.seconds(10)

    package init(host: String, port: Int, token: String? = nil) {
      self.host = host
      self.port = port
      self.token = token
    }

    var channel: HTTP1Channel.Configuration {
      let idle = TimeAmount(idle)
      return HTTP1Channel.Configuration(
        additionalChannelHandlers: [IdleStateHandler(allTimeout: idle), StalledConnectionCloser()],
        idleTimeout: idle,
        httpDecoderConfiguration: HTTP1Channel.Configuration.DecoderConfiguration(
          maxHeaderFieldSize: headerBytes, maxHeaderListSize: headerBytes, maxHeaderFieldCount: headerFields))
    }
  }
}
