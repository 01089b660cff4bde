import Foundation
import Testing
import WebServer

@Suite("Routes")
struct RouteTests {
  @Test("each path answers to its method, and to others says which one it is")
  func answersMethod() async throws {
    try await withServer { client, _ in
      for (path, method) in paths {
        let wrong = method == "GET" ? "DELETE" : "GET"
        let refused = try await client.request(wrong, path)
        #expect(refused.status == 405, "\(path)")
        #expect(refused.headers["allow"] == method)
        let taken = try await client.request(method, path, headers: ["Content-Type: application/json"], body: "{}")
        #expect(![404, 405].contains(taken.status), "\(path)")
      }
    }
  }

  @Test("paths are matched byte for byte")
  func matchesExactly() async throws {
    try await withServer { client, calls in
      for path in [
        "/", "/V1/ask", "/v1//ask", "/v1/ask/", "/v1/./ask", "/v1/../v1/ask", "/v1/%61sk", "/healthz/", "/hooks/",
        "/hooks/leads/", "/hooks/leads/x", "/hooks//leads", "/hooks/../healthz", "/hooks/le%61ds", "/hooks/unknown",
        "/hooks/" + String(repeating: "a", count: 65),
      ] {
        let response = try await client.request("POST", path, body: "{}")
        #expect(response.status == 404, "\(path)")
        #expect(response.headers["content-type"] == "application/problem+json")
      }
      try await expect(404, from: client.request("OPTIONS", "*"))
      #expect(calls.hooks.isEmpty)
      #expect(calls.asks.isEmpty)
    }
  }

  @Test("a problem tells type, title, status and detail, and nothing is cached or guessed")
  func describesProblems() async throws {
    try await withServer { client, _ in
      let response = try await client.request("GET", "/nothing")
      let problem = try #require(try json(response.body) as? [String: Any])
      #expect(problem["type"] as? String == "about:blank")
      #expect(problem["title"] as? String == "Not Found")
      #expect(problem["status"] as? Int == 404)
      #expect((problem["detail"] as? String)?.isEmpty == false)
      #expect(response.headers["cache-control"] == "no-store")
      #expect(response.headers["x-content-type-options"] == "nosniff")
      #expect(response.headers["date"] != nil)
    }
  }

  @Test("health is about the process, readiness about answering")
  func tellsHealth() async throws {
    try await withServer(missing: ["index"]) { client, _ in
      try await expect(200, from: client.request("GET", "/healthz"))
      let response = try await client.request("GET", "/readyz")
      #expect(response.status == 503)
      #expect(response.headers["retry-after"] == "5")
      #expect((try json(response.body) as? [String: Any])?["missing"] as? [String] == ["index"])
    }
    try await withServer { client, _ in
      try await expect(200, from: client.request("GET", "/readyz"))
    }
  }

  @Test("metrics are Prometheus' text")
  func servesMetrics() async throws {
    try await withServer { client, _ in
      let response = try await client.request("GET", "/metrics")
      #expect(response.body == "coach_up 1\n")
      #expect(response.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
    }
  }

  @Test("the OpenAPI document parses, names every path with its method, and all its references lead somewhere")
  func describesItself() async throws {
    try await withServer(.init(host: "127.0.0.1", port: 0, token: "secret")) { client, _ in
      let response = try await client.request("GET", "/openapi.json")
      let document = try #require(try json(response.body) as? [String: Any])
      #expect(document["openapi"] as? String == "3.1.0")
      let described = try #require(document["paths"] as? [String: [String: Any]])
      let named = described.mapValues { $0.keys.map { $0.uppercased() } }
      let expected = Dictionary(
        uniqueKeysWithValues: paths.map { ($0.key.replacing("/leads", with: "/{channel}"), [$0.value]) })
      #expect(named == expected)
      let components = try #require(document["components"] as? [String: [String: Any]])
      let references = response.body.matches(of: /"#\/components\/(\w+)\/(\w+)"/)
      #expect(references.count > 10)
      for reference in references {
        #expect(components[String(reference.1)]?[String(reference.2)] != nil, "\(reference.0)")
      }
    }
  }

  private let paths = [
    "/hooks/leads": "POST", "/v1/ask": "POST", "/v1/search": "GET", "/v1/concepts": "GET", "/v1/tip": "GET",
    "/healthz": "GET", "/readyz": "GET", "/metrics": "GET", "/openapi.json": "GET",
  ]
}

func json(_ text: String) throws -> Any { try JSONSerialization.jsonObject(with: Data(text.utf8)) }
