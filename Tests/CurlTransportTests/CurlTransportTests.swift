import CurlTransport
import Foundation
import Outbox
import Receiver
import Testing

@Suite struct CurlTransportTests {
  @Test("a request arrives as it was made, and nothing is added but what must be")
  func request() async throws {
    let receiver = Receiver()
    let transport = CurlTransport(.init(version: "1.2"))
    defer { close(transport, receiver) }
    let body = (0..<100_000).map { UInt8(truncatingIfNeeded: $0) }
    let headers = [Header("Content-Type", "application/json"), Header("X-Key", "a, b:c"), Header("X-Empty", "")]
    let result = await transport.send(
      TransportRequest(url: receiver.url, headers: headers.compactMap { $0 }, body: body, allowsPrivate: true))
    #expect(result == .replied(TransportReply(status: 200)))
    let request = try #require(receiver.requests.first)
    #expect(request.method == "POST")
    #expect(request.path == "/hook")
    #expect(request.body == body)
    #expect(
      request.headers == [
        "host": "127.0.0.1:\(receiver.port)", "user-agent": "InnerCoach/1.2", "accept": "*/*",
        "content-length": "100000",
        "content-type": "application/json", "x-key": "a, b:c", "x-empty": "",
      ])
  }

  @Test("PUT and an empty body work too")
  func put() async throws {
    let receiver = Receiver()
    let transport = CurlTransport(.init(version: "1"))
    defer { close(transport, receiver) }
    _ = await transport.send(TransportRequest(method: .put, url: receiver.url, body: [], allowsPrivate: true))
    #expect(receiver.requests.map(\.method) == ["PUT"])
    #expect(receiver.requests.first?.headers["content-length"] == "0")
  }

  @Test(
    "every status comes back, and no redirect is followed",
    arguments: [200, 204, 301, 302, 307, 308, 400, 404, 429, 500, 503])
  func statuses(status: Int) async throws {
    let other = Receiver()
    let location = other.url
    let receiver = Receiver { _, _ in .status(status, headers: ["Location": location, "Retry-After": " 17 ", "X": "y"])
    }
    let transport = CurlTransport(.init(version: "1"))
    defer {
      close(transport, receiver)
      other.close()
    }
    guard case .replied(let reply) = await transport.send(post(to: receiver)) else {
      Issue.record("no reply")
      return
    }
    #expect(reply.status == status)
    #expect(reply.header("retry-after") == "17")
    #expect(reply.header("X") == nil)
    #expect(other.requests.isEmpty)
  }

  @Test("of a huge reply the first 64 KiB are read, and its status stands", arguments: [true, false])
  func hugeReply(announced: Bool) async throws {
    let body = [UInt8](repeating: 0x41, count: 3_000_000)
    let head = Array("HTTP/1.1 200 OK\r\n\(announced ? "Content-Length: 3000000\r\n" : "")\r\n".utf8)
    let receiver = Receiver { _, _ in .raw(head + body) }
    let transport = CurlTransport(.init(version: "1"))
    defer { close(transport, receiver) }
    guard case .replied(let reply) = await transport.send(post(to: receiver)) else {
      Issue.record("no reply")
      return
    }
    #expect(reply.status == 200)
    #expect(reply.body == Array(body.prefix(65_536)))
  }

  @Test("headers without end are not read to their end")
  func hugeHeaders() async throws {
    let lines = String(repeating: "X-Filler: \(String(repeating: "a", count: 900))\r\n", count: 250)
    let receiver = Receiver { _, _ in .raw(Array("HTTP/1.1 200 OK\r\n\(lines)\r\n".utf8)) }
    let transport = CurlTransport(.init(version: "1"))
    defer { close(transport, receiver) }
    #expect(await transport.send(post(to: receiver)) == .replied(TransportReply(status: 200)))
  }

  @Test("a compressed reply is not asked for, and not unpacked")
  func compression() async throws {
    let receiver = Receiver { _, _ in .status(200, headers: ["Content-Encoding": "gzip"], body: [0x1F, 0x8B, 8, 0]) }
    let transport = CurlTransport(.init(version: "1"))
    defer { close(transport, receiver) }
    let result = await transport.send(post(to: receiver))
    #expect(result == .replied(TransportReply(status: 200, body: [0x1F, 0x8B, 8, 0])))
    #expect(receiver.requests.first?.headers["accept-encoding"] == nil)
  }

  @Test("a connection that ends after the request leaves it unknown whether it arrived", arguments: [0, 1, 2, 3, 4])
  func lostReplies(kind: Int) async throws {
    let answers: [Receiver.Answer] = [
      .cut, .reset, .raw(Array("garbage\r\n\r\n".utf8)), .raw(Array("HTTP/1.1 ".utf8)),
      .raw(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)),
    ]
    let receiver = Receiver { _, _ in answers[kind] }
    let transport = CurlTransport(.init(version: "1"))
    defer { close(transport, receiver) }
    let result = await transport.send(post(to: receiver))
    guard case .unknown(let reason) = result else {
      Issue.record("\(result)")
      return
    }
    #expect(!reason.isEmpty)
    #expect(receiver.requests.count == 1)
  }

  @Test("a reply that breaks off after its status still counts")
  func brokenBody() async throws {
    let receiver = Receiver { _, _ in
      .raw(Array("HTTP/1.1 503 X\r\nRetry-After: 9\r\nContent-Length: 99\r\n\r\nabc".utf8))
    }
    let transport = CurlTransport(.init(version: "1"))
    defer { close(transport, receiver) }
    guard case .replied(let reply) = await transport.send(post(to: receiver)) else {
      Issue.record("no reply")
      return
    }
    #expect(reply.status == 503)
    #expect(reply.header("Retry-After") == "9")
    #expect(reply.body == Array("abc".utf8))
  }

  @Test("a port at which nobody listens, or a name that nobody has, means that nothing was sent")
  func unreachable() async throws {
    let transport = CurlTransport(.init(version: "1"))
    defer { transport.close() }
    for url in ["http://127.0.0.1:\(Receiver.deadPort())/", "http://nobody.invalid/"] {
      let result = await transport.send(TransportRequest(url: url, body: [1], allowsPrivate: true))
      guard case .notSent = result else {
        Issue.record("\(result)")
        continue
      }
    }
  }

  @Test("a receiver that says nothing is given up at the limit, and others are not held up by it")
  func silence() async throws {
    let receiver = Receiver { request, _ in request.text == "quick" ? .ok : .silence }
    var configuration = CurlTransport.Configuration(version: "1")
    configuration.timeLimit = .seconds(3)
    let transport = CurlTransport(configuration)
    defer { close(transport, receiver) }
    async let slow = transport.send(post(to: receiver, "slow"))
    #expect(await receiver.received(1))
    for _ in 0..<20 {
      #expect(await transport.send(post(to: receiver, "quick")) == .replied(TransportReply(status: 200)))
    }
    guard case .unknown = await slow else {
      Issue.record("\(await slow)")
      return
    }
  }

  @Test("many requests at once are all answered")
  func many() async throws {
    let receiver = Receiver { request, _ in .status(200, body: request.body) }
    let transport = CurlTransport(.init(version: "1"))
    defer { close(transport, receiver) }
    await withTaskGroup(of: Void.self) { group in
      for number in 0..<300 {
        group.addTask {
          let result = await transport.send(post(to: receiver, "\(number)", isRepeatable: number % 2 == 0))
          #expect(result == .replied(TransportReply(status: 200, body: Array("\(number)".utf8))))
        }
      }
    }
    #expect(receiver.requests.count == 300)
  }

  @Test("a connection is used again for what may be repeated, and never for what may not")
  func reuse() async throws {
    let receiver = Receiver()
    let transport = CurlTransport(.init(version: "1"))
    defer { close(transport, receiver) }
    for _ in 0..<5 { _ = await transport.send(post(to: receiver, isRepeatable: true)) }
    #expect(receiver.connectionCount == 1)
    for _ in 0..<5 { _ = await transport.send(post(to: receiver, isRepeatable: false)) }
    #expect(receiver.connectionCount == 6)
  }

  @Test("what may not be repeated is sent once even when the receiver drops an idle connection")
  func noHiddenRepeat() async throws {
    let receiver = Receiver { request, _ in request.text == "tip" ? .cut : .ok }
    let transport = CurlTransport(.init(version: "1"))
    defer { close(transport, receiver) }
    _ = await transport.send(post(to: receiver, "warm", isRepeatable: true))
    guard case .unknown = await transport.send(post(to: receiver, "tip")) else {
      Issue.record("not unknown")
      return
    }
    #expect(receiver.requests.map(\.text) == ["warm", "tip"])
  }

  @Test(
    "where only public addresses are allowed, no spelling leads to this machine",
    arguments: [
      "localhost", "127.0.0.1", "127.1", "0x7f.1", "2130706433", "0177.0.0.1", "0", "[::1]", "[::ffff:127.0.0.1]",
      "[::ffff:7f00:1]", "169.254.169.254", "[fe80::1]",
    ])
  func notPublic(host: String) async throws {
    let receiver = Receiver()
    let transport = CurlTransport(.init(version: "1"))
    defer { close(transport, receiver) }
    let url = "https://\(host):\(receiver.port)/hook"
    let result = await transport.send(TransportRequest(url: url, body: [1]))
    guard case .refused(let reason) = result else {
      Issue.record("\(result)")
      return
    }
    #expect(reason.contains("allow-private"))
    #expect(receiver.connectionCount == 0)
  }

  @Test("a connection opened where everything is allowed is not lent to a request that is not")
  func separatePools() async throws {
    let receiver = Receiver()
    let transport = CurlTransport(.init(version: "1"))
    defer { close(transport, receiver) }
    _ = await transport.send(post(to: receiver, isRepeatable: true))
    let url = receiver.url.replacing("http:", with: "https:")
    guard case .refused = await transport.send(TransportRequest(url: url, body: [1], isRepeatable: true)) else {
      Issue.record("not refused")
      return
    }
    #expect(receiver.connectionCount == 1)
  }

  @Test(
    "a URL that parsers could read in two ways, or with another scheme, is refused before libcurl",
    arguments: [
      "", "http://example.org/", "ftp://example.org/", "file:///etc/passwd", "gopher://example.org/",
      "https:/example.org",
      "https://", "https:///x", "https://user@example.org/", "https://user:secret@example.org/", "https://a@b@c/",
      "https://example.org\\@evil.example/", "https://example.org/\r\nX: y", "https://example.org/\tx",
      "https://example.org/ x",
      "https://example.org/\u{0}", "https://example.org/#@evil.example", "https://%31%32%37.0.0.1/",
      "https://１２７.0.0.1/",
      "https://①②⑦.0.0.1/", "//example.org", "https://example.org/" + String(repeating: "a", count: 5000),
    ])
  func badURLs(url: String) async throws {
    let transport = CurlTransport(.init(version: "1"))
    defer { transport.close() }
    let result = await transport.send(TransportRequest(url: url, body: [1]))
    guard case .refused(let reason) = result else {
      Issue.record("\(result)")
      return
    }
    #expect(!reason.contains("secret"))
  }

  @Test(
    "no other scheme than https and http is spoken even where private addresses are allowed",
    arguments: ["ftp", "file", "dict", "smtp"])
  func schemes(scheme: String) async throws {
    let transport = CurlTransport(.init(version: "1"))
    defer { transport.close() }
    let result = await transport.send(TransportRequest(url: "\(scheme)://127.0.0.1/", body: [1], allowsPrivate: true))
    #expect(result == .refused(reason: "the URL is neither https nor http"))
  }

  @Test("a closed transport sends nothing and keeps nobody waiting")
  func closing() async throws {
    let receiver = Receiver { _, _ in .silence }
    let transport = CurlTransport(.init(version: "1"))
    defer { close(transport, receiver) }
    async let hanging = transport.send(post(to: receiver))
    #expect(await receiver.received(1))
    transport.close()
    guard case .unknown = await hanging else {
      Issue.record("\(await hanging)")
      return
    }
    #expect(await transport.send(post(to: receiver)) == .notSent(reason: "the transport is closed"))
    transport.close()
    CurlTransport(.init(version: "1")).close()
  }
}

private func post(to receiver: Receiver, _ text: String = "hello", isRepeatable: Bool = false) -> TransportRequest {
  TransportRequest(url: receiver.url, body: Array(text.utf8), allowsPrivate: true, isRepeatable: isRepeatable)
}

private func close(_ transport: CurlTransport, _ receiver: Receiver) {
  transport.close()
  receiver.close()
}
