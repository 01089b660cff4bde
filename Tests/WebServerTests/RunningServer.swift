import ChatPlatforms
import Dialogue
import Logging
import ServiceLifecycle
import Synchronization
import WebServer

/// What the handlers were called with.
final class Calls: Sendable {
  private let state = Mutex<(hooks: [(channel: String, request: InboundRequest)], asks: [Utterance])>(([], []))

  var hooks: [(channel: String, request: InboundRequest)] { state.withLock { $0.hooks } }
  var asks: [Utterance] { state.withLock { $0.asks } }

  func note(_ channel: String, _ request: InboundRequest) { state.withLock { $0.hooks.append((channel, request)) } }
  func note(_ utterance: Utterance) { state.withLock { $0.asks.append(utterance) } }
}

extension WebServer.Handlers {
  /// Handlers that note what they get and answer something that can be told.
  static func noting(_ calls: Calls, missing: [String] = []) -> WebServer.Handlers {
    WebServer.Handlers(
      hook: { channel, request in
        guard channel == "leads" else { return nil }
        calls.note(channel, request)
        return .text("taken")
      },
      ask: { utterance in
        calls.note(utterance)
        var reply =
          utterance.text == "fail"
          ? Reply.error(.tooManyQuestions, "Ask again in a minute.")
          : Reply(kind: .answer, text: "You asked something.\nWhat next?")
        reply.id = utterance.requestID
        reply.conversation = utterance.conversation
        return reply
      },
      search: { query, limit in .init(json: #"{"query":"\#(query)","limit":\#(limit)}"#, text: "found \(query)") },
      concepts: { .init(json: "[]", text: "none") },
      tip: { topic in Reply(kind: .notice, text: "tip on \(topic ?? "anything")") },
      ready: { missing },
      metrics: { "coach_up 1\n" })
  }
}

extension WebServer.Configuration {
  /// A free port on loopback.
  static let free = WebServer.Configuration(host: "127.0.0.1", port: 0)
}

/// Runs a server while the body runs, and stops it gracefully.
func withServer(
  _ configuration: WebServer.Configuration = .free, missing: [String] = [], handlers: WebServer.Handlers? = nil,
  _ body: @Sendable (Client, Calls) async throws -> Void
) async throws {
  let calls = Calls()
  let server = WebServer(
    configuration: configuration, handlers: handlers ?? .noting(calls, missing: missing), logger: quiet)
  let group = ServiceGroup(services: [server], logger: quiet)
  try await withThrowingTaskGroup(of: Void.self) { tasks in
    tasks.addTask { try await group.run() }
    let address = try await server.boundAddress()
    do {
      try await body(Client(port: address.port), calls)
    } catch {
      await group.triggerGracefulShutdown()
      throw error
    }
    await group.triggerGracefulShutdown()
    try await tasks.waitForAll()
  }
}

let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
