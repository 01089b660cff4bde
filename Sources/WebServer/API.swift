import ChatPlatforms
import Dialogue

/// From a whole request to a whole response: everything about HTTP that needs no socket.
struct API {
  private let handlers: WebServer.Handlers
  private let access: Access

  init(handlers: WebServer.Handlers, token: String?) {
    self.handlers = handlers
    self.access = Access(token: token)
  }

  /// What is wrong with a request before its body is read; nil when nothing is.
  func refusal(_ request: InboundRequest, to route: Route, peer: String?) -> Problem? {
    guard request.method == route.method else {
      return Problem(
        405, "\(route.pattern) takes \(route.method) only.", headers: [.init("allow", route.method)])
    }
    guard request.values(of: "host").count <= 1 else { return Problem(400, "The Host header comes twice.") }
    if case .hook = route, !request.values(of: "origin").isEmpty {
      return Problem(403, "Hooks are for chat servers, not for web pages.")
    }
    if route.isGuarded, let refusal = access.refusal(request, peer: peer) { return refusal }
    guard request.values(of: "content-encoding").allSatisfy({ $0.lowercased() == "identity" }) else {
      return Problem(415, "Compressed bodies are not taken. Send it without Content-Encoding.")
    }
    if route == .ask, request.mediaType != "application/json" {
      return Problem(415, "The body must be JSON, with Content-Type: application/json.")
    }
    return nil
  }

  func answer(_ request: InboundRequest, to route: Route) async -> InboundResponse {
    do {
      return try await content(request, of: route)
    } catch {
      return error.response
    }
  }

  private func content(_ request: InboundRequest, of route: Route) async throws(Problem) -> InboundResponse {
    switch route {
    case .hook(let channel):
      guard let response = await handlers.hook(channel, request) else {
        throw Problem(404, "No channel of that name is configured.")
      }
      return response
    case .ask:
      return try shown(await handlers.ask(try Utterance(askBody: request.body)), request)
    case .search:
      let query = try Query(request.query, known: ["q", "limit"])
      let limit = try query.number("limit", in: 1...50) ?? 10
      guard let words = try query.words("q") else {
        throw Problem(400, "Say what to search for, as ?q=.", code: .emptyRequest)
      }
      return shown(await handlers.search(words, limit), request)
    case .concepts:
      _ = try Query(request.query, known: [])
      return shown(await handlers.concepts(), request)
    case .tip:
      let query = try Query(request.query, known: ["topic"])
      return try shown(await handlers.tip(try query.words("topic")), request)
    case .health: return .text("ok\n")
    case .ready:
      let missing = await handlers.ready()
      guard missing.isEmpty else {
        throw Problem(503, "Not ready to answer questions.", missing: missing, headers: [.init("retry-after", "5")])
      }
      return .text("ready\n")
    case .metrics:
      return InboundResponse(
        status: 200, contentType: "text/plain; version=0.0.4; charset=utf-8",
        body: Array(await handlers.metrics().utf8))
    case .openAPI: return .json(OpenAPI.document)
    }
  }

  private func shown(_ representation: WebServer.Representation, _ request: InboundRequest) -> InboundResponse {
    switch Preference(request) {
    case .json: .json(representation.json)
    case .text: .text(representation.text + "\n")
    }
  }

  /// A reply; one of kind `error` becomes a problem with the code's status.
  private func shown(_ reply: Reply, _ request: InboundRequest) throws(Problem) -> InboundResponse {
    guard reply.kind == .error else { return shown(WebServer.Representation(reply), request) }
    let status = Self.status(of: reply.code ?? .internalError)
    let headers: [InboundRequest.Header] = [429, 503].contains(status) ? [.init("retry-after", "5")] : []
    throw Problem(status, reply.text, code: reply.code, headers: headers)
  }

  private static func status(of code: Reply.Code) -> Int {
    switch code {
    case .emptyRequest, .invalidJSON, .invalidArgument, .notText, .unknownCommand, .damagedCommand,
      .wrongProtocol:
      400
    case .idle: 408
    case .lineTooLong: 413
    case .tooManyErrors, .tooManyConnections, .tooManyQuestions: 429
    case .tooSlow, .shuttingDown, .unavailable: 503
    case .internalError: 500
    }
  }
}
