import Foundation
package import Retrieval

/// A test collection in BEIR's layout (Thakur et al. 2021): `corpus.jsonl[.gz]` with `_id`, `title`, `text`, and
/// `queries.jsonl` with `_id`, `text`.
package struct BEIRCollection: Sendable {
  package struct Query: Sendable, Decodable {
    package var id: String
    package var text: String

    private enum CodingKeys: String, CodingKey {
      case id = "_id"
      case text
    }
  }

  private struct Entry: Decodable {
    var id: String
    var title: String?
    var text: String

    private enum CodingKeys: String, CodingKey {
      case id = "_id"
      case title, text
    }
  }

  package var records: [Record]
  package var queries: [Query]

  /// - Throws: `Failure` that names the file and the line.
  package init(corpus: String, queries: String) throws(Failure) {
    records = try Self.decode(Entry.self, from: corpus, id: \.id).map {
      Record(id: $0.id, title: $0.title ?? "", body: $0.text)
    }
    self.queries = try Self.decode(Query.self, from: queries, id: \.id)
  }

  /// Ids have to be fit for a run file, whose columns are parted by spaces, and each may be there once.
  private static func decode<Value: Decodable>(
    _: Value.Type, from path: String, id: (Value) -> String
  ) throws(Failure) -> [Value] {
    let decoder = JSONDecoder()
    var values: [Value] = []
    var ids: Set<String> = []
    for (number, line) in try TextLines.read(path) {
      guard let value = try? decoder.decode(Value.self, from: Data(line.utf8)) else {
        throw Failure(.data, "\(path), line \(number): not a JSON object with _id and text.")
      }
      let name = id(value)
      guard !name.isEmpty, !name.contains(where: \.isWhitespace) else {
        throw Failure(
          .data, "\(path), line \(number): the _id is empty or has white space, which a run file cannot hold.")
      }
      guard ids.insert(name).inserted else {
        throw Failure(.data, "\(path), line \(number): the _id \(name.prefix(80)) was there before. Give each its own.")
      }
      values.append(value)
    }
    guard !values.isEmpty else { throw Failure(.data, "\(path) holds nothing.") }
    return values
  }
}
