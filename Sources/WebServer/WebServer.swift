import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore
import ServiceLifecycle

/// The HTTP side of the coach: hooks of chat platforms, `/v1`, health and metrics (`Route` lists them).
///
/// Runs until graceful shutdown: then it takes no new connection, closes idle ones and finishes the requests in flight.
/// Slow readers and writers are bounded by `Configuration`; a request that is not HTTP/1.1 by the letter gets 400 and the
/// connection is closed.
package struct WebServer: Service {
  private let configuration: Configuration
  private let responder: WebResponder
  private let logger: Logger
  private let address = ListeningAddress()

  package init(configuration: Configuration, handlers: Handlers, logger: Logger) {
    self.configuration = configuration
    self.responder = WebResponder(configuration: configuration, handlers: handlers, logger: logger)
    self.logger = logger
  }

  /// Where it listens, as soon as `run` has made it listen. With port 0 this is how to learn the port.
  ///
  /// Throws: `Failure`, when it could not listen; `CancellationError`, when it stopped before it listened.
  package func boundAddress() async throws -> Address { try await address.value() }

  /// Throws: `Failure`, when it cannot listen. To be called once.
  package func run() async throws {
    let (address, logger) = (address, logger)
    let application = Application(
      responder: responder,
      server: .http1(configuration: configuration.channel),
      configuration: ApplicationConfiguration(
        address: .hostname(configuration.host, port: configuration.port),
        availableConnectionsDelegate: MaximumAvailableConnections(configuration.connections, logger: logger)),
      onServerRunning: { channel in
        let bound = Address(host: channel.localAddress?.ipAddress ?? "", port: channel.localAddress?.port ?? 0)
        logger.notice(
          "HTTP is listening", metadata: ["http.host": "\(bound.host)", "http.port": "\(bound.port)"])
        address.settle(.success(bound))
      },
      logger: quiet)
    do {
      try await application.run()
      address.settle(.failure(CancellationError()))
    } catch let error as CancellationError {
      address.settle(.failure(error))
      throw error
    } catch {
      let failure = Failure(error, host: configuration.host, port: configuration.port)
      address.settle(.failure(failure))
      throw failure
    }
  }

  /// The framework tells at `info` what is told here at `notice`.
  private var quiet: Logger {
    var logger = logger
    logger.logLevel = max(logger.logLevel, .warning)
    return logger
  }

  /// An address in use by the server.
  package struct Address: Sendable, Equatable {
    package var host: String
    package var port: Int
  }
}
