import CMalloc
import ChatPlatforms
import Coaching
import CurlTransport
import Dialogue
import Foundation
import Glibc
import KnowledgeStore
import LineProtocol
import LineServer
package import Logging
import NIOPosix
import Outbox
import Retrieval
import ServiceLifecycle
import Storage
import UnixSignals
import WebServer

/// `coach serve`: who is wired to whom. Everything that runs long is a service of one group.
package struct Serve: Sendable {
  let workspace: Workspace
  let metrics: MetricsExposition
  let logger: Logger

  package init(_ workspace: Workspace, metrics: MetricsExposition, logger: Logger) {
    self.workspace = workspace
    self.metrics = metrics
    self.logger = logger
  }

  /// Serves until SIGTERM or SIGINT, then drains within 30 s.
  ///
  /// - Throws: `Failure` when it cannot start, or when a part of it fails for good.
  package func run() async throws {
    Self.prepareProcess()
    let templates = try workspace.templates()
    let channels = try workspace.channels()
    let token = try workspace.httpToken()
    let directory = try workspace.dataDirectory()
    do {
      let lock = try directory.lock()
      defer { withExtendedLifetime(lock) {} }
      let database = try Database(in: directory)
      try await database.checkWritable()
      let store = try KnowledgeStore(workspace.servedKnowledgeSource, logger: logger) {
        Knowledge(catalogue: $0.catalogue, index: $0.index)
      }
      let transport = CurlTransport(CurlTransport.Configuration(version: coachVersion))
      defer { transport.close() }
      try await run(templates, channels, token, database, store, transport)
      try database.close()
    } catch let error as StorageError {
      throw Failure(error)
    } catch let error as KnowledgeError {
      throw Failure(error)
    } catch let error as LineServer.Error {
      throw Failure(.unavailable, error.description)
    } catch let error as WebServer.Failure {
      throw Failure(.unavailable, error.description)
    }
    logger.notice("stopped")
  }

  private func run(
    _ templates: Templates, _ channels: [String: ChatChannel], _ token: String?, _ database: Database,
    _ store: KnowledgeStore<Knowledge>, _ transport: CurlTransport
  ) async throws {
    let contacts = workspace.configuration.contacts
    let coach: @Sendable () -> Coach = { Coach(knowledge: store.current, templates: templates, contacts: contacts) }
    let worker = OutboxWorker(
      store: database, logger: logger, resolve: ResolveDelivery(channels: channels).callAsFunction,
      transport: { await transport.send($0) })
    let tips = PostTips(
      schedules: workspace.configuration.schedules, channels: channels, database: database,
      coach: coach, wake: worker.wake, now: { Date() }, logger: logger)
    let answer = AnswerAtOnce(coach: coach, conversations: Conversations())
    let hook = TakeWebhook(
      channels: channels, database: database, coach: coach, wake: worker.wake, logger: logger)
    let web = WebServer(
      configuration: webConfiguration(token), handlers: handlers(answer, hook, store), logger: logger)
    let line = LineServer(
      configuration: lineConfiguration(templates), group: MultiThreadedEventLoopGroup.singleton, logger: logger,
      respond: answer.callAsFunction)
    // Stopped in reverse: the front ends first, what they feed last.
    let services: [any Service] = [
      store, SweepDatabase(database: database, logger: logger), worker, tips, web, line,
    ]
    var configuration = ServiceGroupConfiguration(
      services: services.map { ServiceGroupConfiguration.ServiceConfiguration(service: $0) },
      gracefulShutdownSignals: [.sigterm, .sigint], logger: quiet)
    configuration.maximumGracefulShutdownDuration = .seconds(25)
    configuration.maximumCancellationDuration = .seconds(4)
    try await ServiceGroup(configuration: configuration).run()
  }

  private func handlers(
    _ answer: AnswerAtOnce, _ hook: TakeWebhook, _ store: KnowledgeStore<Knowledge>
  ) -> WebServer.Handlers {
    WebServer.Handlers(
      hook: { channel, request in await hook(channel, request) },
      ask: { answer($0) },
      search: { query, limit in answer.coach().searched(query, limit: limit) },
      concepts: { store.current.catalogue.listed },
      tip: { topic in
        answer(Utterance(text: "/tip" + (topic.map { " \($0)" } ?? ""), surface: .http))
      },
      ready: { store.current.index.recordCount == 0 ? ["the knowledge folders hold nothing to answer from"] : [] },
      metrics: { [metrics] in metrics.text() })
  }

  private func webConfiguration(_ token: String?) -> WebServer.Configuration {
    let listen = workspace.configuration.http.listen
    return WebServer.Configuration(host: listen.host, port: listen.port, token: token)
  }

  private func lineConfiguration(_ templates: Templates) -> LineServer.Configuration {
    let line = workspace.configuration.line
    return LineServer.Configuration(
      host: line.listen.host, port: line.listen.port, greeting: templates.render(.greeting),
      session: Session.Limits(
        lineBytes: line.limits.lineBytes, idle: line.limits.idle, begunLine: line.limits.unfinishedLine),
      connections: line.limits.connections, connectionsPerAddress: line.limits.connectionsPerAddress,
      questionsPerMinute: line.limits.questionsPerMinute, outputBytes: line.limits.outputBytes)
  }

  /// The group tells its own steps at `info`; ours are enough.
  private var quiet: Logger {
    var logger = logger
    logger.logLevel = max(logger.logLevel, .warning)
    return logger
  }

  /// A peer that hangs up, or a file that reached its size limit, is an error code to us and not the end. The number of
  /// open files is raised to what the system allows, since every connection is one. Large blocks of memory always go back to
  /// the system when they are freed: the C library would learn to keep them, up to 32 MiB, for a program that needs them again.
  private static func prepareProcess() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
    mallopt(M_MMAP_THRESHOLD, 1 << 20)
    var limit = rlimit()
    if unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0, limit.rlim_cur < limit.rlim_max {
      limit.rlim_cur = limit.rlim_max
      unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
  }
}
