import ChatPlatforms
import Dialogue
import Logging
import NIOCore
import ServiceLifecycle
import Synchronization
import Testing
import WebServer

@Suite("The server's life")
struct WebServerTests {
  @Test("a port in use is told with the remedy")
  func tellsPortInUse() async throws {
    try await withServer { client, calls in
      let second = WebServer(
        configuration: .init(host: "127.0.0.1", port: client.port), handlers: .noting(calls), logger: quiet)
      let failure = WebServer.Failure.addressInUse(host: "127.0.0.1", port: client.port)
      await #expect(throws: failure) { try await second.run() }
      await #expect(throws: failure) { try await second.boundAddress() }
      #expect(failure.description.contains("http.listen"))
    }
  }

  @Test("an address of another machine is told with the remedy")
  func tellsForeignAddress() async throws {
    let server = WebServer(
      configuration: .init(host: "192.0.2.1", port: 0), handlers: .noting(Calls()), logger: quiet)
    let failure = await #expect(throws: WebServer.Failure.self) { try await server.run() }
    #expect(failure?.description.contains("http.listen") == true)
  }

  @Test("requests on one connection are answered in their order")
  func keepsOrder() async throws {
    try await withServer { client, _ in
      let get = { (topic: String, last: String) in
        "GET /v1/tip?topic=\(topic) HTTP/1.1\r\nHost: 127.0.0.1\r\n\(last)\r\n"
      }
      let response = try await client.exchange(get("a", "") + get("b", "") + get("c", "Connection: close\r\n"))
      let places = ["tip on a", "tip on b", "tip on c"].compactMap { response.all.firstRange(of: $0)?.lowerBound }
      #expect(places.count == 3)
      #expect(places == places.sorted())
    }
  }

  @Test("a request in flight is answered before the server stops, and then nobody listens")
  func drains() async throws {
    let calls = Calls()
    let (arrived, arrive) = AsyncStream.makeStream(of: Void.self)
    let (released, release) = AsyncStream.makeStream(of: Void.self)
    var handlers = WebServer.Handlers.noting(calls)
    handlers.ask = { _ in
      arrive.yield()
      for await _ in released { break }
      return Reply(kind: .answer, text: "late")
    }
    let server = WebServer(configuration: .init(host: "127.0.0.1", port: 0), handlers: handlers, logger: quiet)
    let group = ServiceGroup(services: [server], logger: quiet)
    try await withThrowingTaskGroup(of: String.self) { tasks in
      tasks.addTask {
        try await group.run()
        return "stopped"
      }
      let client = Client(port: try await server.boundAddress().port)
      tasks.addTask { try await client.ask(#"{"ask":"how?"}"#).body }
      for await _ in arrived { break }
      await group.triggerGracefulShutdown()
      release.yield()
      var ends: [String] = []
      for try await end in tasks { ends.append(end) }
      #expect(ends.contains { $0.contains("late") })
      #expect(ends.contains("stopped"))
      await #expect(throws: (any Error).self) { try await client.request("GET", "/healthz") }
    }
  }

  @Test("a client that asks and never reads is let go, so that it cannot hold up the stop", .timeLimit(.minutes(1)))
  func letsStalledClientGo() async throws {
    let (arrived, arrive) = AsyncStream.makeStream(of: Void.self)
    var handlers = WebServer.Handlers.noting(Calls())
    handlers.metrics = {
      arrive.yield()
      return String(repeating: "a", count: 1 << 20)
    }
    var configuration = WebServer.Configuration.free
    configuration.idle = .milliseconds(300)
    let connection = Mutex<(any Channel)?>(nil)
    try await withServer(configuration, handlers: handlers) { client, _ in
      let request = "GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
      let channel = try await client.askWithoutReading(String(repeating: request, count: 5000))
      connection.withLock { $0 = channel }
      for await _ in arrived { break }
    }
    // Without the limit on unread responses the stop above waits for ever, since the client is still there.
    try? await connection.withLock { $0 }?.close()
  }

  @Test("two hundred questions at once are all answered")
  func answersManyAtOnce() async throws {
    try await withServer { client, calls in
      let statuses = try await withThrowingTaskGroup(of: Int.self) { tasks in
        for number in 0..<200 { tasks.addTask { try await client.ask(#"{"ask":"how?","id":"\#(number)"}"#).status } }
        return try await tasks.reduce(into: []) { $0.append($1) }
      }
      #expect(statuses == Array(repeating: 200, count: 200))
      #expect(Set(calls.asks.compactMap(\.requestID)).count == 200)
    }
  }
}
