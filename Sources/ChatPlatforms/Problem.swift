package import Dialogue

/// A fault as `application/problem+json` (RFC 9457). `type` is `about:blank`, so the title is the status's own phrase.
package struct Problem: Error, Equatable {
  package var status: Int
  /// What happened and what to do about it. Never holds a secret, nor what a person wrote.
  package var detail: String
  /// A stable word for programs (`Reply.Code`), when there is one.
  package var code: Reply.Code?
  /// Names of what is missing, for a service that is not ready.
  package var missing: [String]
  package var headers: [InboundRequest.Header]

  package init(
    _ status: Int, _ detail: String, code: Reply.Code? = nil, missing: [String] = [],
    headers: [InboundRequest.Header] = []
  ) {
    self.status = status
    self.detail = detail
    self.code = code
    self.missing = missing
    self.headers = headers
  }

  package var response: InboundResponse {
    var object = JSONObject()
    object.add("type", "about:blank")
    object.add("title", Self.titles[status] ?? "Error")
    object.add("status", status)
    object.add("detail", detail)
    object.add("code", code?.rawValue)
    object.add("missing", strings: missing)
    return InboundResponse(
      status: status, contentType: "application/problem+json", headers: headers, body: Array(object.finished().utf8))
  }

  /// The phrases of RFC 9110 section 15, for the statuses that are used here.
  private static let titles = [
    400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed",
    408: "Request Timeout", 413: "Content Too Large", 415: "Unsupported Media Type", 422: "Unprocessable Content",
    429: "Too Many Requests", 500: "Internal Server Error", 503: "Service Unavailable",
  ]
}
