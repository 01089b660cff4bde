/// The parts of a record that are searched, in the order in which they are stored.
public enum Field: UInt8, CaseIterable, Sendable {
  case title, aliases, questions, body
}

/// One passage as it is handed to the index: what is searched, and what is given back with a hit.
///
/// Every field may be empty. Of several aliases or questions, one stands on a line; words of two lines are never taken
/// as neighbours.
public struct Record: Sendable, Equatable {
  /// Unique in its index; records are numbered by the order of their ids' bytes.
  public var id: String
  /// What the passage is called.
  public var title: String
  /// Other names of it, one a line.
  public var aliases: String
  /// Questions that it answers, one a line.
  public var questions: String
  /// The text itself. Lines mean nothing here.
  public var body: String
  /// Bytes that mean nothing here and come back unchanged with a hit.
  public var payload: [UInt8]

  /// A record of the texts as they are; that its id is not taken is checked by `IndexBuilder.add`.
  public init(
    id: String, title: String = "", aliases: String = "", questions: String = "", body: String = "",
    payload: [UInt8] = []
  ) {
    self.id = id
    self.title = title
    self.aliases = aliases
    self.questions = questions
    self.body = body
    self.payload = payload
  }

  /// The text of a field.
  public subscript(field: Field) -> String {
    switch field {
    case .title: title
    case .aliases: aliases
    case .questions: questions
    case .body: body
    }
  }
}
