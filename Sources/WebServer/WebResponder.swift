import ChatPlatforms
import HTTPTypes
import Hummingbird
import Logging
import Metrics
import NIOCore

/// The framework's request and its connection.
struct WebContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  let channel: any Channel

  init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
    channel = source.channel
  }
}

/// Turns the framework's requests into ours and back, with the limits on bodies, one metric and one log line a request.
struct WebResponder: HTTPResponder {
  typealias Context = WebContext

  private let api: API
  private let bodyBytes: Int
  private let bodyTime: TimeAmount
  private let logger: Logger

  init(configuration: WebServer.Configuration, handlers: WebServer.Handlers, logger: Logger) {
    self.logger = logger
    api = API(handlers: handlers, token: configuration.token)
    bodyBytes = configuration.bodyBytes
    bodyTime = TimeAmount(configuration.bodyTime)
  }

  func respond(to request: Request, context: WebContext) async throws -> Response {
    let start = ContinuousClock.now
    let target = (request.head.path ?? "").split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let route = Route(path: String(target.first ?? ""))
    var inbound = InboundRequest(
      method: request.method.rawValue, path: String(target.first ?? ""),
      query: target.count == 2 ? String(target[1]) : "", headers: Self.headers(of: request), body: [])
    let response: InboundResponse
    var isBodyLeft = false
    do {
      if let problem = refusal(inbound, to: route, context) {
        response = problem.response
        isBodyLeft = !inbound.values(of: "transfer-encoding").isEmpty || (Self.declaredBytes(request) ?? 0) > 0
      } else if let route, let body = try await body(of: request, on: context.channel) {
        inbound.body = body
        response = await api.answer(inbound, to: route)
      } else {
        response = Problem(413, "The body may be \(bodyBytes) bytes long at most.").response
        isBodyLeft = true
      }
    } catch {
      // The body was broken or did not come in time; the framework answers, where there is still somebody to answer.
      record(route, 400, since: start)
      throw error
    }
    record(route, response.status, since: start)
    return Self.response(response, closing: isBodyLeft ? context.channel : nil)
  }

  private func refusal(_ request: InboundRequest, to route: Route?, _ context: WebContext) -> Problem? {
    guard let route else { return Problem(404, "There is nothing here. What there is, /openapi.json tells.") }
    return api.refusal(request, to: route, peer: context.channel.remoteAddress?.ipAddress)
  }

  /// The exact bytes, before anything decodes them; nil when there are too many. A body that takes too long ends the
  /// connection.
  private func body(of request: Request, on channel: any Channel) async throws -> [UInt8]? {
    if let declared = Self.declaredBytes(request), declared > bodyBytes { return nil }
    let deadline = channel.eventLoop.scheduleTask(in: bodyTime) { channel.close(promise: nil) }
    defer { deadline.cancel() }
    do {
      return Array(buffer: try await request.body.collect(upTo: bodyBytes))
    } catch is NIOTooManyBytesError {
      return nil
    }
  }

  private static func declaredBytes(_ request: Request) -> Int? {
    request.headers[.contentLength].map { Int($0) ?? .max }
  }

  private static func headers(of request: Request) -> [InboundRequest.Header] {
    let host = request.head.authority.map { [InboundRequest.Header("host", $0)] } ?? []
    return host + request.headers.map { InboundRequest.Header($0.name.canonicalName, $0.value) }
  }

  /// - Parameter channel: the connection to close because its request was not read to the end. It stays open for two
  ///   seconds, since closing at once would make the kernel throw the response away.
  private static func response(_ response: InboundResponse, closing channel: (any Channel)?) -> Response {
    var fields: HTTPFields = [.cacheControl: "no-store", .xContentTypeOptions: "nosniff"]
    if let type = response.contentType { fields[.contentType] = type }
    for header in response.headers {
      if let name = HTTPField.Name(header.name) { fields[name] = header.value }
    }
    if let channel {
      fields[.connection] = "close"
      channel.eventLoop.scheduleTask(in: .seconds(2)) { channel.close(promise: nil) }
    }
    return Response(
      status: HTTPResponse.Status(code: response.status), headers: fields,
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: response.body)))
  }

  private func record(_ route: Route?, _ status: Int, since start: ContinuousClock.Instant) {
    let pattern = route?.pattern ?? "none"
    let time = ContinuousClock.now - start
    Counter(label: "coach_http_requests_total", dimensions: [("route", pattern), ("status", "\(status)")]).increment()
    Timer(label: "coach_http_request_seconds", dimensions: [("route", pattern)]).record(duration: time)
    logger.debug(
      "HTTP request answered",
      metadata: ["http.route": "\(pattern)", "http.status": "\(status)", "http.duration": "\(time)"])
  }
}
