import Dialogue
import LineProtocol
import LineServer
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import Synchronization
import Testing

/// Runs a server on a free port for the time of `body`, then shuts it down.
private func withServer(
  _ configuration: LineServer.Configuration = .init(),
  respond: @escaping @Sendable (Utterance) -> Reply = { Reply(kind: .answer, text: "You asked: \($0.text)") },
  _ body: (LineServer, Int, ServiceGroup) async throws -> Void
) async throws {
  var configuration = configuration
  configuration.port = 0
  let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
  let loops = MultiThreadedEventLoopGroup(numberOfThreads: 1)
  let server = LineServer(configuration: configuration, group: loops, logger: logger, respond: respond)
  let group = ServiceGroup(services: [server], logger: logger)
  async let run: Void = group.run()
  let port = try #require(try await server.boundAddress.port)
  do { try await body(server, port, group) } catch {
    await group.triggerGracefulShutdown()
    throw error
  }
  await group.triggerGracefulShutdown()
  try await run
  try await loops.shutdownGracefully()
}

private func until(_ condition: () -> Bool) async throws {
  let deadline = ContinuousClock.now + .seconds(20)
  while !condition() {
    try #require(ContinuousClock.now < deadline)
    try await Task.sleep(for: .milliseconds(5))
  }
}

// One after the other: several of them are about deadlines, which a busy machine would move.
@Suite("The line server", .serialized)
struct LineServerTests {
  @Test("a question is answered in text and in JSON, with the greeting before both")
  func answers() async throws {
    try await withServer(.init(greeting: "Hello.")) { _, port, _ in
      let client = try await LineClient(port: port)
      client.send("What is trust?\n{\"ask\":\"And power?\",\"id\":\"7\"}\n")
      let text = try await client.text(until: "}\n")
      #expect(
        text == "Hello.\nYou asked: What is trust?\n\n" + #"{"kind":"answer","id":"7","text":"You asked: And power?"}"#
          + "\n")
      await client.close()
    }
  }

  @Test("after the client's half-close every pending reply is sent, then the connection ends")
  func halfClose() async throws {
    try await withServer(.init(greeting: "", questionsPerMinute: 0)) { _, port, _ in
      let client = try await LineClient(port: port)
      client.send((0..<2000).map { "question \($0)\n" }.joined() + "last")
      client.endInput()
      let expected = (0..<2000).map { "You asked: question \($0)\n\n" }.joined() + "You asked: last\n\n"
      #expect(try await client.textUntilEnd() == expected)
    }
  }

  @Test("ten thousand questions in one write are answered in order, and others are served between them")
  func pipelining() async throws {
    try await withServer(.init(greeting: "", questionsPerMinute: 0)) { _, port, _ in
      let client = try await LineClient(port: port)
      let other = try await LineClient(port: port)
      client.send((0..<10_000).map { "\($0)?\n" }.joined())
      other.send("me too?\n")
      #expect(try await other.text(until: "\n\n") == "You asked: me too?\n\n")
      client.endInput()
      #expect(try await client.textUntilEnd() == (0..<10_000).map { "You asked: \($0)?\n\n" }.joined())
      await other.close()
    }
  }

  @Test("a client that does not read stops us from reading, and gets everything once it reads again")
  func backpressure() async throws {
    let answered = Mutex(0)
    let long = String(repeating: "word ", count: 2000)
    let configuration = LineServer.Configuration(greeting: "", questionsPerMinute: 0, outputBytes: 65_536)
    let respond: @Sendable (Utterance) -> Reply = { utterance in
      guard utterance.text == "a" else { return Reply(kind: .answer, text: "here") }
      answered.withLock { $0 += 1 }
      return Reply(kind: .answer, text: long)
    }
    try await withServer(configuration, respond: respond) { _, port, _ in
      let stalled = try await LineClient(port: port, readsNothing: true)
      let other = try await LineClient(port: port)
      stalled.send([UInt8](repeatElement([0x61, 0x0A], count: 1500).joined()))
      try await until { answered.withLock { $0 } > 0 }
      // While the other client is served, the stalled one gets its turns too: when nothing changes any more, it is held.
      var before = -1
      while before != answered.withLock({ $0 }) {
        before = answered.withLock { $0 }
        for _ in 0..<50 {
          other.send("x\n")
          #expect(try await other.text(until: "\n\n") == "here\n\n")
        }
      }
      #expect(before < 1500)
      try await stalled.startReading()
      stalled.endInput()
      let text = try await stalled.textUntilEnd()
      #expect(text.utf8.lazy.filter { $0 == 0x77 }.count == 1500 * 2000)
      await other.close()
    }
  }

  @Test("a client that never reads is let go")
  func unread() async throws {
    let long = String(repeating: "word ", count: 20_000)
    let configuration = LineServer.Configuration(
      greeting: "", questionsPerMinute: 0, outputBytes: 65_536, unread: .milliseconds(200))
    let hasAnswered = Mutex(false)
    let respond: @Sendable (Utterance) -> Reply = { _ in
      hasAnswered.withLock { $0 = true }
      return Reply(kind: .answer, text: long)
    }
    try await withServer(configuration, respond: respond) { server, port, _ in
      let client = try await LineClient(port: port, readsNothing: true)
      client.send([UInt8](repeatElement([0x61, 0x0A], count: 2000).joined()))
      try await until { hasAnswered.withLock { $0 } }
      try await until { server.connectionCount == 0 }
      await client.close()
    }
  }

  @Test(
    "silence and a line that does not end are told why, and closed",
    arguments: [
      (Session.Limits(idle: .seconds(1)), "", "Nothing was asked for 1 second, so I close. Come back any time.\n\n"),
      (
        Session.Limits(begunLine: .milliseconds(400)), "half a li",
        "Your line was not finished within 0.4 seconds, so I close.\n\n"
      ),
    ])
  func deadlines(limits: Session.Limits, sent: String, told: String) async throws {
    try await withServer(.init(greeting: "", session: limits)) { server, port, _ in
      let client = try await LineClient(port: port)
      client.send(sent)
      #expect(try await client.textUntilEnd() == told)
      await client.close()
      try await until { server.connectionCount == 0 }
    }
  }

  @Test("beyond the connections of one address, and of all, a client is told so; when one leaves, the next is served")
  func connectionLimits() async throws {
    for configuration in [
      LineServer.Configuration(greeting: "Hello.", connections: 2),
      LineServer.Configuration(greeting: "Hello.", connectionsPerAddress: 2),
    ] {
      try await withServer(configuration) { server, port, _ in
        let first = try await LineClient(port: port)
        let second = try await LineClient(port: port)
        _ = try await first.text(until: "Hello.\n")
        _ = try await second.text(until: "Hello.\n")
        let third = try await LineClient(port: port)
        let refusal = try await third.textUntilEnd()
        #expect(refusal.hasSuffix("\n\n") && (refusal.contains("lines are taken") || refusal.contains("2 connections")))
        await first.close()
        try await until { server.connectionCount == 1 }
        let fourth = try await LineClient(port: port)
        #expect(try await fourth.text(until: "Hello.\n") == "Hello.\n")
        for client in [second, third, fourth] { await client.close() }
      }
    }
  }

  @Test("silent clients make room when places run out, and whoever asked something stays")
  func pressure() async throws {
    let session = Session.Limits(silentWhenCrowded: .milliseconds(300))
    try await withServer(.init(greeting: "Hello.", session: session, connections: 10)) { _, port, _ in
      let active = try await LineClient(port: port)
      active.send("I am here\n")
      _ = try await active.text(until: "here\n\n")
      var clients = [active]
      for _ in 0..<9 { clients.append(try await LineClient(port: port)) }
      var isServed = false
      while !isServed {
        let late = try await LineClient(port: port)
        clients.append(late)
        isServed = try await late.text(until: "\n").hasPrefix("Hello.")
      }
      active.send("still\n")
      #expect(try await active.text(until: "still\n\n") == "You asked: still\n\n")
      for client in clients { await client.close() }
    }
  }

  @Test("questions beyond the minute's share are refused, and the refusals add up to an end")
  func questionsPerMinute() async throws {
    try await withServer(.init(greeting: "", questionsPerMinute: 5)) { _, port, _ in
      let client = try await LineClient(port: port)
      client.send(String(repeating: "x\n", count: 30))
      let replies = try await client.textUntilEnd().split(separator: "\n\n")
      #expect(replies.prefix(5).allSatisfy { $0 == "You asked: x" })
      #expect(replies.count == 16)
      #expect(replies.dropFirst(5).prefix(10).allSatisfy { $0.hasPrefix("That is more than 5 questions a minute.") })
      #expect(replies.last?.contains("error number 10 in a row") == true)
      await client.close()
    }
  }

  @Test(
    "a goodbye arrives even while the client goes on sending",
    arguments: ["GET / HTTP/1.1\r\n", "\u{16}\u{3}", "/quit\n"])
  func lingers(first: String) async throws {
    try await withServer(.init(greeting: "")) { _, port, _ in
      let client = try await LineClient(port: port)
      client.send(first)
      for _ in 0..<50 { client.send([UInt8](repeating: 0x78, count: 10_000)) }
      let text = try await client.textUntilEnd()
      #expect(text.hasPrefix("This port speaks") || text == "Goodbye.\n\n")
      #expect(text.hasSuffix("\n\n"))
      await client.close()
    }
  }

  @Test("at shutdown what was asked is answered, everybody is told, and nobody new comes in")
  func shutdown() async throws {
    try await withServer(.init(greeting: "Hello.", drain: .seconds(5))) { server, port, group in
      let client = try await LineClient(port: port)
      client.send("What is trust?\n")
      _ = try await client.text(until: "trust?\n\n")
      let program = try await LineClient(port: port)
      program.send("{\"ask\":\"x\"}\n")
      _ = try await program.text(until: "}\n")
      await group.triggerGracefulShutdown()
      #expect(try await client.textUntilEnd().hasSuffix("I am shutting down. Please come back in a minute.\n\n"))
      #expect(try await program.textUntilEnd().contains(#""code":"shutting-down""#))
      await client.close()
      await program.close()
      try await until { server.connectionCount == 0 }
      await #expect(throws: (any Error).self) { try await LineClient(port: port) }
    }
  }

  @Test("a client that does not take its replies cannot hold up the shutdown")
  func shutdownDeadline() async throws {
    let long = String(repeating: "word ", count: 20_000)
    let configuration = LineServer.Configuration(
      greeting: "", questionsPerMinute: 0, outputBytes: 65_536, drain: .milliseconds(300))
    let client = Mutex<LineClient?>(nil)
    let respond: @Sendable (Utterance) -> Reply = { _ in Reply(kind: .answer, text: long) }
    try await withServer(configuration, respond: respond) { server, port, _ in
      let stalled = try await LineClient(port: port, readsNothing: true)
      stalled.send([UInt8](repeatElement([0x61, 0x0A], count: 2000).joined()))
      try await until { server.connectionCount == 1 }
      client.withLock { $0 = stalled }
    }
    await client.withLock { $0 }?.close()
  }

  @Test("a port in use, and an address of another machine, are said with the remedy")
  func cannotListen() async throws {
    try await withServer { _, port, _ in
      let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
      let other = LineServer(
        configuration: .init(port: port), group: MultiThreadedEventLoopGroup.singleton, logger: logger
      ) { _ in Reply(kind: .notice, text: "") }
      await #expect(throws: LineServer.Error.addressInUse(listen: "127.0.0.1:\(port)")) { try await other.run() }
      await #expect(throws: LineServer.Error.self) { try await other.boundAddress }
      let elsewhere = LineServer(
        configuration: .init(host: "192.0.2.1", port: 0), group: MultiThreadedEventLoopGroup.singleton, logger: logger
      ) { _ in Reply(kind: .notice, text: "") }
      await #expect(throws: LineServer.Error.noSuchAddress(listen: "192.0.2.1:0")) { try await elsewhere.run() }
    }
  }
}
