import Corpus
import Retrieval

/// Makes the index of a library: one record a passage.
enum KnowledgeIndex {
  /// Deterministic: the same library, fingerprint and settings give the same bytes.
  static func bytes(of library: Library, fingerprint: Fingerprint, settings: RankingSettings) -> [UInt8] {
    var builder = IndexBuilder(settings: settings)
    var problems = library.problems
    for document in library.documents {
      for (place, passage) in document.passages.enumerated() {
        do { try builder.add(record(passage, of: document, isFirst: place == 0)) } catch {
          problems.append(
            Problem(
              .refused, path: document.path, what: "\(passage.id) is not in the index: \(error).",
              remedy: "Keep less in the knowledge folders."))
        }
      }
    }
    let attachment = IndexAttachment(fingerprint: fingerprint, problems: problems, catalogue: library.catalogue)
    return builder.build(attachment: attachment.bytes)
  }

  /// A passage is found by its own words, by its document's names, and by the questions that its document answers. The
  /// summary is found with the first passage, since it has no passage of its own.
  private static func record(_ passage: Passage, of document: Document, isFirst: Bool) -> Record {
    var body = passage.text
    if isFirst, let summary = document.summary, !body.contains(summary) { body = summary + "\n" + body }
    return Record(
      id: passage.id.rawValue, title: ([document.title] + passage.heading).joined(separator: "\n"),
      aliases: document.aliases.joined(separator: "\n"), questions: document.questions.joined(separator: "\n"),
      body: body, payload: passage.bytes)
  }
}
