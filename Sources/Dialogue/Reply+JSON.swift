/// The JSON form of a reply (`PROTOCOL.md`, "The reply"): one line, keys in the order in which a person would read them,
/// unused ones left out. Written by hand because it is the hot path of the line protocol and because one line must stay
/// one line: every control character, U+2028 and U+2029 leave as escapes.
extension Reply {
  /// The reply on one line, without its end. Complexity: linear in the reply's text.
  public func json() -> String {
    var object = JSONObject()
    object.add("kind", kind.rawValue)
    object.add("id", id)
    object.add("conversation", conversation?.rawValue)
    object.add("code", code?.rawValue)
    object.add("text", text)
    object.add("answer", answer)
    object.add("practice", practice)
    object.add("question", question)
    object.add("passages", passages.map(\.jsonObject))
    object.add("near", near.map(\.jsonObject))
    object.add("confidence", confidence)
    object.add("repaired", repaired)
    object.add("degraded", degraded)
    return object.finished()
  }
}

extension Reply.Passage {
  /// One element of `passages`, its members in the order of `PROTOCOL.md`.
  public var jsonObject: String {
    var object = JSONObject()
    object.add("id", id)
    object.add("document", document)
    object.add("title", title)
    object.add("text", text)
    object.add("source", source)
    object.add("score", score)
    return object.finished()
  }
}

extension Reply.Topic {
  /// One element of `near`: `document` and `title`.
  public var jsonObject: String {
    var object = JSONObject()
    object.add("document", document)
    object.add("title", title)
    return object.finished()
  }
}

/// Writes one JSON object (RFC 8259) on one line, member by member.
public struct JSONObject: Sendable {
  private var bytes: [UInt8] = [UInt8(ascii: "{")]

  /// An object without members.
  public init() {}

  /// Adds a string member; nil is left out.
  public mutating func add(_ key: String, _ value: String?) {
    guard let value else { return }
    member(key)
    Self.append(value, to: &bytes)
  }

  /// Adds a number with at most three decimals; nil and what is not finite are left out.
  public mutating func add(_ key: String, _ value: Double?) {
    guard let value, value.isFinite, value.magnitude < 1e12 else { return }
    member(key)
    bytes.append(contentsOf: "\((value * 1000).rounded() / 1000)".utf8)
  }

  /// Adds a whole number; nil is left out.
  public mutating func add(_ key: String, _ value: Int?) {
    guard let value else { return }
    member(key)
    bytes.append(contentsOf: "\(value)".utf8)
  }

  /// Adds `true` or `false`; nil is left out.
  public mutating func add(_ key: String, _ value: Bool?) {
    guard let value else { return }
    member(key)
    bytes.append(contentsOf: (value ? "true" : "false").utf8)
  }

  /// Adds an array of finished objects; an empty one is left out.
  public mutating func add(_ key: String, _ objects: [String]) {
    guard !objects.isEmpty else { return }
    member(key)
    bytes.append(UInt8(ascii: "["))
    bytes.append(contentsOf: objects.joined(separator: ",").utf8)
    bytes.append(UInt8(ascii: "]"))
  }

  /// Adds an array of finished objects, also an empty one.
  public mutating func add(_ key: String, array objects: [String]) {
    if objects.isEmpty { add(key, object: "[]") } else { add(key, objects) }
  }

  /// Adds an array of strings; an empty one is left out.
  public mutating func add(_ key: String, strings: [String]) {
    add(key, strings.map(JSONObject.quoted))
  }

  /// Adds finished JSON as a member; nil is left out.
  public mutating func add(_ key: String, object: String?) {
    guard let object else { return }
    member(key)
    bytes.append(contentsOf: object.utf8)
  }

  /// Adds an object of strings, by key; an empty one is left out.
  public mutating func add(_ key: String, _ values: [String: String]) {
    guard !values.isEmpty else { return }
    var object = JSONObject()
    for (name, value) in values.sorted(by: { $0.key < $1.key }) { object.add(name, value) }
    add(key, object: object.finished())
  }

  /// The object, closed: `{}` if nothing was added.
  public consuming func finished() -> String {
    bytes.append(UInt8(ascii: "}"))
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A JSON string literal.
  public static func quoted(_ value: String) -> String {
    var bytes: [UInt8] = []
    append(value, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  private mutating func member(_ key: String) {
    if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
    Self.append(key, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
  }

  private static func append(_ value: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": bytes.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "\"")])
      case "\\": bytes.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "\\")])
      case "\n": bytes.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "n")])
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}":
        let digits = String(scalar.value, radix: 16)
        bytes.append(contentsOf: "\\u".utf8)
        bytes.append(contentsOf: String(repeating: "0", count: 4 - digits.count).utf8)
        bytes.append(contentsOf: digits.utf8)
      default: bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
