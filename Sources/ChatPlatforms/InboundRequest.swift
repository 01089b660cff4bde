/// A request as it came from the network: nothing decoded, nothing merged.
package struct InboundRequest: Sendable {
  package var method: String
  /// The path as sent, without the query.
  package var path: String
  /// What follows `?`, as sent; empty when there is none.
  package var query: String
  /// In the order of the wire; a repeated name stays repeated, because a proof that came twice is refused.
  package var headers: [Header]
  /// The exact bytes, before any decoding: signatures are over these.
  package var body: [UInt8]

  package init(method: String, path: String, query: String = "", headers: [Header], body: [UInt8]) {
    self.method = method
    self.path = path
    self.query = query
    self.headers = headers
    self.body = body
  }

  package struct Header: Sendable, Equatable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// The values of a header, in order. `name` is lower-case; the header's own case does not matter.
  package func values(of name: String) -> [String] {
    headers.filter { $0.name.lowercased() == name }.map(\.value)
  }

  /// The media type of the body, lower-case and without parameters; nil when absent or sent twice.
  package var mediaType: String? {
    let values = values(of: "content-type")
    guard values.count == 1, let value = values.first else { return nil }
    let type = value.prefix { $0 != ";" }.lowercased()
    return String(type.drop { $0 == " " }.prefix { $0 != " " && $0 != "\t" })
  }
}

/// What goes back on the same connection.
package struct InboundResponse: Sendable, Equatable {
  package var status: Int
  package var contentType: String?
  package var headers: [InboundRequest.Header]
  package var body: [UInt8]

  package init(
    status: Int, contentType: String? = nil, headers: [InboundRequest.Header] = [], body: [UInt8] = []
  ) {
    self.status = status
    self.contentType = contentType
    self.headers = headers
    self.body = body
  }

  /// 200 without a body: "taken".
  package static let empty = InboundResponse(status: 200)

  package static func text(_ text: String, status: Int = 200) -> InboundResponse {
    InboundResponse(status: status, contentType: "text/plain; charset=utf-8", body: Array(text.utf8))
  }

  package static func json(_ json: String, status: Int = 200) -> InboundResponse {
    InboundResponse(status: status, contentType: "application/json; charset=utf-8", body: Array(json.utf8))
  }
}
