import Foundation
import Retrieval

/// Runs the queries of a collection and writes a TREC run file: `query Q0 document rank score tag`, one line a hit.
package enum CollectionRun {
  /// - Returns: how many passages were indexed and how many queries were run.
  /// - Throws: `Failure` with the file at fault.
  package static func write(
    corpus: String, queries: String, to path: String, limit: Int
  ) throws(Failure) -> (passages: Int, queries: Int) {
    guard ![corpus, queries].contains(where: { TextOutput.isSame($0, path) }) else {
      throw Failure(.usage, "\(path) is read, so the run cannot be written there. Name another file.")
    }
    let collection = try BEIRCollection(corpus: corpus, queries: queries)
    var builder = IndexBuilder()
    for record in collection.records {
      do throws(IndexBuilder.Failure) {
        try builder.add(record)
      } catch {
        throw Failure(.data, "\(corpus): \(error)")
      }
    }
    let index: Index
    do throws(IndexError) {
      index = try Index(bytes: builder.build())
    } catch {
      throw Failure(.data, "\(corpus): \(error)")
    }
    var lines = ""
    for query in collection.queries {
      for (rank, hit) in index.search(query.text, limit: limit).hits.enumerated() {
        lines += "\(query.id) Q0 \(hit.id) \(rank + 1) \(hit.score) coach-lexical\n"
      }
    }
    try TextOutput.write(lines, to: path)
    return (collection.records.count, collection.queries.count)
  }
}
