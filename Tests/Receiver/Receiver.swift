import Glibc
import Synchronization

import class Foundation.Thread

/// A small HTTP server on loopback that records every request and answers by a script: what a chat platform is to us.
///
/// Blocking sockets, one thread for each connection. This file owns the C calls.
package final class Receiver: Sendable {
  package struct Request: Sendable {
    package var method: String
    package var path: String
    /// Names in lower case.
    package var headers: [String: String]
    package var body: [UInt8]

    package var text: String { String(decoding: body, as: UTF8.self) }
  }

  package enum Answer: Sendable {
    case status(Int, headers: [String: String] = [:], body: [UInt8] = [])
    /// These bytes, then the end of the connection.
    case raw([UInt8])
    /// The end of the connection without a byte.
    case cut
    /// A reset after the request was read.
    case reset
    /// Nothing, until the receiver is closed.
    case silence

    package static let ok = Answer.status(200)
  }

  /// Answers a request, given its number from 1.
  package typealias Script = @Sendable (Request, Int) -> Answer

  package let port: Int
  private let listener: Int32
  private let script: Script
  private let state = Mutex(State())

  private struct State {
    var requests: [Request] = []
    var connections: Set<Int32> = []
    var connectionCount = 0
    var isClosed = false
  }

  package init(_ script: @escaping Script = { _, _ in .ok }) {
    self.script = script
    (listener, port) = Self.listen()
    Thread.detachNewThread { self.acceptAll() }
  }

  /// `http://127.0.0.1:PORT/hook`.
  package var url: String { "http://127.0.0.1:\(port)/hook" }

  package var requests: [Request] { state.withLock { $0.requests } }

  /// How many connections were opened so far.
  package var connectionCount: Int { state.withLock { $0.connectionCount } }

  /// Waits until that many requests came; false if they did not within ten seconds.
  package func received(_ count: Int) async -> Bool {
    let deadline = ContinuousClock.now + .seconds(10)
    while requests.count < count {
      if ContinuousClock.now > deadline { return false }
      try? await Task.sleep(for: .milliseconds(2))
    }
    return true
  }

  /// Ends all connections. To be called at the end of a test.
  package func close() {
    state.withLock { state in
      guard !state.isClosed else { return }
      state.isClosed = true
      // A shut socket wakes the thread that reads it; that thread closes it.
      for descriptor in state.connections { shutdown(descriptor, Int32(SHUT_RDWR)) }
      shutdown(listener, Int32(SHUT_RDWR))
    }
  }

  /// A port on loopback at which nobody listens.
  package static func deadPort() -> Int {
    let (descriptor, port) = listen()
    Glibc.close(descriptor)
    return port
  }

  private static func listen() -> (Int32, Int) {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = unsafe withUnsafeMutablePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        unsafe bind(descriptor, generic, length) == 0 && Glibc.listen(descriptor, 64) == 0
          && getsockname(descriptor, generic, &length) == 0
      }
    }
    precondition(descriptor >= 0 && isBound, "a loopback port can be listened at")
    return (descriptor, Int(UInt16(bigEndian: address.sin_port)))
  }

  private func acceptAll() {
    while true {
      let connection = accept(listener, nil, nil)
      if connection < 0 { break }
      let isOpen = state.withLock { state in
        if !state.isClosed {
          state.connections.insert(connection)
          state.connectionCount += 1
        }
        return !state.isClosed
      }
      if isOpen { Thread.detachNewThread { self.serve(connection) } } else { Glibc.close(connection) }
    }
    Glibc.close(listener)
  }

  private func serve(_ connection: Int32) {
    while let request = read(from: connection) {
      let number = state.withLock { state in
        state.requests.append(request)
        return state.requests.count
      }
      if !answer(script(request, number), on: connection) { break }
    }
    _ = state.withLock { $0.connections.remove(connection) }
    Glibc.close(connection)
  }

  /// Returns whether the connection lives on.
  private func answer(_ answer: Answer, on connection: Int32) -> Bool {
    switch answer {
    case .status(let status, let headers, let body):
      var head = "HTTP/1.1 \(status) X\r\nContent-Length: \(body.count)\r\n"
      for (name, value) in headers { head += "\(name): \(value)\r\n" }
      return write(Array((head + "\r\n").utf8) + body, to: connection)
    case .raw(let bytes):
      _ = write(bytes, to: connection)
      return false
    case .cut: return false
    case .reset:
      var linger = linger(l_onoff: 1, l_linger: 0)
      unsafe setsockopt(connection, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<linger>.size))
      return false
    case .silence:
      while !readSome(from: connection).isEmpty {}
      return false
    }
  }

  private func read(from connection: Int32) -> Request? {
    var bytes: [UInt8] = []
    let end = Array("\r\n\r\n".utf8)
    while true {
      if let range = bytes.firstRange(of: end) {
        let lines = String(decoding: bytes[..<range.lowerBound], as: UTF8.self).split(separator: "\r\n")
        let words = lines.first?.split(separator: " ") ?? []
        guard words.count == 3 else { return nil }
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
          let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
          headers[parts[0].lowercased()] = parts.count == 2 ? String(parts[1].drop { $0 == " " }) : ""
        }
        var body = Array(bytes[range.upperBound...])
        let length = headers["content-length"].flatMap { Int($0) } ?? 0
        while body.count < length {
          let more = readSome(from: connection)
          if more.isEmpty { return nil }
          body += more
        }
        return Request(method: String(words[0]), path: String(words[1]), headers: headers, body: body)
      }
      let more = readSome(from: connection)
      if more.isEmpty { return nil }
      bytes += more
    }
  }

  private func readSome(from connection: Int32) -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = unsafe recv(connection, &buffer, buffer.count, 0)
    return Array(buffer.prefix(max(0, count)))
  }

  private func write(_ bytes: [UInt8], to connection: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let sent = unsafe rest.withUnsafeBytes { piece in
        unsafe send(connection, piece.baseAddress, piece.count, Int32(MSG_NOSIGNAL))
      }
      if sent <= 0 { return false }
      rest = rest.dropFirst(sent)
    }
    return true
  }
}
