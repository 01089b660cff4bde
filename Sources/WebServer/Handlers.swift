package import ChatPlatforms
package import Dialogue

extension WebServer {
  /// What the server asks of the rest of the service. The closures are called on no event loop, many at a time.
  package struct Handlers: Sendable {
    /// Takes a request to `/hooks/<channel>`; nil when no channel has that name. Its answer is sent only after it returns,
    /// so a 2xx is the promise that the request is committed.
    package var hook: @Sendable (_ channel: String, _ request: InboundRequest) async -> InboundResponse?
    package var ask: @Sendable (_ utterance: Utterance) async -> Reply
    /// `limit` is 1 to 50.
    package var search: @Sendable (_ query: String, _ limit: Int) async -> Representation
    package var concepts: @Sendable () async -> Representation
    package var tip: @Sendable (_ topic: String?) async -> Reply
    /// What is missing before questions can be answered, for an operator to read; empty when ready.
    package var ready: @Sendable () async -> [String]
    /// Prometheus' text format.
    package var metrics: @Sendable () async -> String

    package init(
      hook: @escaping @Sendable (_ channel: String, _ request: InboundRequest) async -> InboundResponse?,
      ask: @escaping @Sendable (_ utterance: Utterance) async -> Reply,
      search: @escaping @Sendable (_ query: String, _ limit: Int) async -> Representation,
      concepts: @escaping @Sendable () async -> Representation,
      tip: @escaping @Sendable (_ topic: String?) async -> Reply,
      ready: @escaping @Sendable () async -> [String],
      metrics: @escaping @Sendable () async -> String
    ) {
      self.hook = hook
      self.ask = ask
      self.search = search
      self.concepts = concepts
      self.tip = tip
      self.ready = ready
      self.metrics = metrics
    }
  }

  /// The same content for programs and for people.
  package struct Representation: Sendable, Equatable {
    /// One JSON value.
    package var json: String
    /// Plain text without a final line end.
    package var text: String

    package init(json: String, text: String) {
      self.json = json
      self.text = text
    }

    init(_ reply: Reply) {
      self.init(json: reply.json(), text: reply.text)
    }
  }
}
