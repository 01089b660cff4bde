import Corpus
import Dialogue
import KnowledgeStore
import Retrieval
import Storage

extension Workspace {
  /// `coach index`: brings the stored index up to date with the folders.
  package func index() throws(Failure) -> Report {
    _ = try dataDirectory()
    let opened = try opened(storing: true)
    if let error = opened.unstored { throw Failure(error) }
    let generation = opened.generation
    var lines = [
      "\(opened.wasBuilt ? "Built" : "Up to date"): \(knowledgeSource.place.path), "
        + "\(generation.catalogue.count) documents, \(generation.index.recordCount) passages, "
        + "\(generation.catalogue.tips.count) tips, \(generation.index.byteCount) bytes."
    ]
    if let refused = opened.refused { lines.append("The index that was there was refused: \(refused)") }
    lines += generation.problems.map(\.description)
    var object = JSONObject()
    object.add("path", knowledgeSource.place.path)
    object.add("built", opened.wasBuilt)
    object.add("fingerprint", "\(generation.fingerprint)")
    object.add("documents", generation.catalogue.count)
    object.add("passages", generation.index.recordCount)
    object.add("tips", generation.catalogue.tips.count)
    object.add("bytes", generation.index.byteCount)
    object.add("refused", opened.refused)
    object.add("problems", strings: generation.problems.map(\.description))
    return Report(text: lines.joined(separator: "\n"), json: object.finished())
  }
}
