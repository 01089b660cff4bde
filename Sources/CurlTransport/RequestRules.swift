import Outbox

/// What a request must look like before libcurl sees it. libcurl parses the URL; this refuses what parsers disagree on.
enum RequestRules {
  /// The longest URL that is sent.
  static let urlLimitBytes = 4096

  /// Why a request is not sent; nil if nothing is wrong. Names no part of the URL, which may be secret.
  static func problem(in request: TransportRequest) -> String? {
    let url = Array(request.url.utf8)
    if url.count > urlLimitBytes { return "the URL is longer than \(urlLimitBytes) bytes" }
    guard url.allSatisfy({ (0x21...0x7E).contains($0) && !"\\\"<>^`{|}#".utf8.contains($0) }) else {
      return "the URL holds a character that has no place in one"
    }
    guard let rest = authorityAndPath(url, allowsPlain: request.allowsPrivate) else {
      return request.allowsPrivate ? "the URL is neither https nor http" : "the URL is not https"
    }
    let authority = rest.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
    if authority.isEmpty { return "the URL names no host" }
    if authority.contains(UInt8(ascii: "@")) { return "the URL holds a user name" }
    if authority.contains(UInt8(ascii: "%")) { return "the URL's host is written with %" }
    return nil
  }

  private static func authorityAndPath(_ url: [UInt8], allowsPlain: Bool) -> ArraySlice<UInt8>? {
    let lowered = url.prefix(8).map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    if lowered.starts(with: Array("https://".utf8)) { return url.dropFirst(8) }
    if allowsPlain, lowered.starts(with: Array("http://".utf8)) { return url.dropFirst(7) }
    return nil
  }
}
