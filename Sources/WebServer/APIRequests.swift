import ChatPlatforms
import Dialogue

extension Utterance {
  /// Reads the body of `POST /v1/ask`, `{"ask":"…","id":"…","conversation":"…"}`. A conversation that was never issued
  /// starts afresh.
  init(askBody body: [UInt8]) throws(Problem) {
    let members = try Self.members(body)
    if let unknown = members.keys.sorted().first(where: { !["ask", "id", "conversation"].contains($0) }) {
      throw .invalidArgument("There is no key \"\(unknown.prefix(40))\" here; there are ask, id and conversation.")
    }
    guard let ask = members["ask"]?.string else { throw .invalidArgument("The key \"ask\" must hold a string.") }
    guard ask.utf8.count <= Words.limitBytes else {
      throw Problem(413, "A question may be 8,192 bytes long at most.", code: .lineTooLong)
    }
    let words = Words(ask)
    guard !words.text.isEmpty else { throw Problem(400, "The question is empty.", code: .emptyRequest) }
    let id = try Self.string("id", in: members)
    guard (id?.utf8.count ?? 0) <= 128 else { throw .invalidArgument("The key \"id\" may hold 128 bytes at most.") }
    let conversation = try Self.string("conversation", in: members)
    self.init(
      text: words.text, surface: .http, conversation: conversation.flatMap { ConversationID(received: $0) },
      requestID: id, isRepaired: words.isRepaired)
  }

  private static func members(_ body: [UInt8]) throws(Problem) -> [String: JSONValue] {
    do {
      guard let members = try JSONValue(parsing: body).members else {
        throw Problem(400, "The body must be one JSON object.", code: .invalidJSON)
      }
      return members
    } catch let failure as JSONValue.Failure {
      throw Problem(400, failure.sentence, code: .invalidJSON)
    } catch let problem as Problem {
      throw problem
    } catch {
      throw Problem(400, "The body is not JSON.", code: .invalidJSON)
    }
  }

  private static func string(_ key: String, in members: [String: JSONValue]) throws(Problem) -> String? {
    switch members[key] {
    case nil: return nil
    case .string(let value): return value
    default: throw .invalidArgument("The key \"\(key)\" must hold a string.")
    }
  }
}

extension JSONValue.Failure {
  fileprivate var sentence: String {
    switch reason {
    case .syntax: "The body is not JSON: see byte \(offset)."
    case .tooDeep: "The body nests deeper than \(JSONValue.depthLimit)."
    case .duplicateKey(let key): "The key \"\(key)\" comes twice."
    case .notFinite: "The number before byte \(offset) is out of range."
    case .notText: "The string before byte \(offset) is not valid Unicode."
    }
  }
}

extension Problem {
  fileprivate static func invalidArgument(_ detail: String) -> Problem {
    Problem(400, detail, code: .invalidArgument)
  }
}

/// The query of a `GET`, with only the parameters that the route knows, each once.
struct Query {
  private let fields: FormFields

  init(_ query: String, known: [String]) throws(Problem) {
    do {
      fields = try FormFields(Array(query.utf8))
    } catch {
      switch error {
      case .duplicate(let name): throw .invalidArgument("The parameter \"\(name)\" comes twice.")
      case .tooManyFields: throw .invalidArgument("The query has too many parameters.")
      case .badEscape, .notText: throw .invalidArgument("The query is not percent-encoded UTF-8.")
      }
    }
    if let unknown = fields.names.sorted().first(where: { !known.contains($0) }) {
      let list = known.isEmpty ? "none" : known.joined(separator: " and ")
      throw .invalidArgument("There is no parameter \"\(unknown.prefix(40))\" here; there is \(list).")
    }
  }

  /// The words of a parameter; nil when it is absent or blank.
  func words(_ name: String) throws(Problem) -> String? {
    guard let value = fields[name] else { return nil }
    guard value.utf8.count <= Words.limitBytes else {
      throw Problem(413, "The parameter \"\(name)\" may be 8,192 bytes long at most.", code: .lineTooLong)
    }
    let words = Words(value).text
    return words.isEmpty ? nil : words
  }

  /// A whole number in ASCII digits; nil when absent.
  func number(_ name: String, in range: ClosedRange<Int>) throws(Problem) -> Int? {
    guard let value = fields[name] else { return nil }
    guard (1...9).contains(value.utf8.count), value.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let number = Int(value), range.contains(number)
    else {
      throw .invalidArgument("The parameter \"\(name)\" must be \(range.lowerBound) to \(range.upperBound).")
    }
    return number
  }
}
