package import Coaching

/// The effective configuration: what `coach.yaml` says, over the defaults, under the environment. design.md section 6.
///
/// Every key has a default. Reading is in `Configuration+Reading.swift`, printing in `Configuration+YAML.swift`.
package struct Configuration: Sendable {
  package struct Knowledge: Sendable {
    package var folders = ["Knowledge"]
  }

  package struct Line: Sendable {
    package var listen = ListenAddress(host: "127.0.0.1", port: 7070)
    package var isPublic = false
    package var limits = Limits()

    /// What one connection, one address and all of them together may take. `PROTOCOL.md` says what happens beyond.
    package struct Limits: Sendable {
      package var connections = 10_000
      package var connectionsPerAddress = 100
      package var questionsPerMinute = 600
      package var lineBytes = 8192
      package var outputBytes = 262_144
      package var idle = Duration.seconds(300)
      package var unfinishedLine = Duration.seconds(30)
    }
  }

  package struct HTTP: Sendable {
    package var listen = ListenAddress(host: "127.0.0.1", port: 8080)
    package var isPublic = false
    package var token: Secret?
  }

  package struct Privacy: Sendable {
    package enum Questions: String, Sendable, CaseIterable {
      case none, unanswered, all
    }
    package var questions = Questions.none
    package var keep = Duration.seconds(30 * 86_400)
  }

  package struct Channel: Sendable {
    package var name: String
    package var platform: Platform
    package var signingSecret: Secret?
    package var webhook: Secret?
    package var token: Secret?
    /// Base URL of the platform's own interface.
    package var api: String?
    package var allowPrivate = false
    package var allowHosts: [String] = []
    package var owners: [String] = []
  }

  /// The platforms that are built. Others of `allNamed` are refused by name.
  package enum Platform: String, Sendable, CaseIterable {
    case slack

    static let allNamed = [
      "slack", "mattermost", "discord", "teams", "google-chat", "rocket-chat", "zulip", "telegram", "matrix", "generic",
    ]
  }

  package struct Schedule: Sendable {
    package var name: String
    package var channel: String
    package var at: String
    package var timeZone: String
    package var topics: [String]
    package var catchUp: Duration
  }

  /// Where it was read from; nil for the defaults alone.
  package var path: String?
  package var knowledge = Knowledge()
  package var prompts = "Prompts"
  package var data = "var"
  package var line = Line()
  package var http = HTTP()
  package var privacy = Privacy()
  package var contacts: [Contact] = []
  /// In the order of their names.
  package var channels: [Channel] = []
  /// In the order of their names.
  package var schedules: [Schedule] = []

  package init() {}

  package func channel(_ name: String) -> Channel? { channels.first { $0.name == name } }
}

/// `host:port`, as `127.0.0.1:7070` or `[::1]:7070`.
package struct ListenAddress: Sendable, Equatable, CustomStringConvertible {
  package var host: String
  package var port: Int

  package init(host: String, port: Int) {
    self.host = host
    self.port = port
  }

  /// nil unless the text is a host, a colon and a port in digits from 0 to 65535 (0: any free one).
  package init?(_ text: String) {
    guard let colon = text.lastIndex(of: ":") else { return nil }
    let digits = text[text.index(after: colon)...]
    guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = UInt16(digits) else { return nil }
    var host = String(text[..<colon])
    if host.hasPrefix("["), host.hasSuffix("]") {
      host = String(host.dropFirst().dropLast())
    } else if host.contains(":") {
      return nil
    }
    guard !host.isEmpty, host.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
    self.init(host: host, port: Int(port))
  }

  /// A name that only begins like a loopback address, `127.example.org`, is none.
  package var isLoopback: Bool {
    let octets = host.split(separator: ".", omittingEmptySubsequences: false)
    let isIPv4 = octets.count == 4 && octets.allSatisfy { UInt8($0) != nil }
    return host == "localhost" || host == "::1" || isIPv4 && octets.first == "127"
  }

  package var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
