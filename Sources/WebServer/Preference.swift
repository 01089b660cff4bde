import ChatPlatforms

/// JSON or plain text, by the request's `Accept` (RFC 9110, section 12.5.1). JSON unless text is wanted more.
enum Preference: Equatable {
  case json, text

  init(_ request: InboundRequest) {
    let ranges = request.values(of: "accept").flatMap { $0.split(separator: ",") }.prefix(32).map(Self.range)
    let text = Self.weight("text", "text/plain", in: ranges)
    self = text > Self.weight("application", "application/json", in: ranges) ? .text : .json
  }

  /// The weight of the most exact range that covers the type; 0 when none does.
  private static func weight(_ kind: String, _ type: String, in ranges: [(type: String, weight: Double)]) -> Double {
    for wanted in [type, "\(kind)/*", "*/*"] {
      if let range = ranges.first(where: { $0.type == wanted }) { return range.weight }
    }
    return 0
  }

  private static func range(_ text: Substring) -> (type: String, weight: Double) {
    let parts = text.split(separator: ";").map { part in
      String(part.filter { $0 != " " && $0 != "\t" }).lowercased()
    }
    let weight = parts.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
    return (parts.first ?? "", weight.isFinite ? weight : 0)
  }
}
