import Corpus
import Retrieval

/// Makes the index of a library: one record a passage.
enum KnowledgeIndex {
  /// Deterministic: the same library, fingerprint and settings give the same bytes.
  static func bytes(of library: Library, fingerprint: Fingerprint, settings: RankingSettings) -> [UInt8] {
    var builder = IndexBuilder(settings: settings)
    var problems = library.problems
    let newWords = NewWords(library)
    for document in library.documents {
      let newWords = newWords.line(of: document)
      for (place, passage) in document.passages.enumerated() {
        do {
          try builder.add(record(passage, of: document, isFirst: place == 0, newWords))
        } catch {
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

  /// A passage is found by its own words (step and question included), by its document's names, and by the questions that its
  /// document answers. The summary is found with the first passage, since it has no passage of its own.
  private static func record(
    _ passage: Passage, of document: Document, isFirst: Bool, _ newWords: String
  ) -> Record {
    var body = [passage.text]
    if isFirst, let summary = document.summary, !passage.text.contains(summary) { body.insert(summary, at: 0) }
    body += [passage.practice, passage.question].compactMap(\.self)
    return Record(
      id: passage.id.rawValue, title: ([document.title] + passage.heading).joined(separator: "\n"),
      aliases: document.aliases.joined(separator: "\n"),
      questions: (document.questions + [newWords]).joined(separator: "\n"),
      body: body.joined(separator: "\n"), payload: passage.bytes)
  }
}

/// The words that only the further questions have.
///
/// As a whole these would drown the text of a passage; but a word that stands nowhere else would be unknown to the index,
/// and taken for a slip of the pen.
private struct NewWords {
  private let analyzer = Analyzer()
  private var known: Set<String> = []

  /// Complexity: linear in the text, if there are further questions at all.
  init(_ library: Library) {
    guard library.documents.contains(where: { !$0.furtherQuestions.isEmpty }) else { return }
    for document in library.documents {
      let above = [document.title, document.summary ?? ""] + document.aliases + document.questions
      for text in above + document.passages.flatMap({ $0.heading + [$0.text, $0.practice ?? "", $0.question ?? ""] }) {
        known.formUnion(analyzer.tokens(of: text).lazy.map(\.term))
      }
    }
  }

  /// Those of one document, each once, sorted.
  func line(of document: Document) -> String {
    var words: [String: String] = [:]
    for token in document.furtherQuestions.flatMap(analyzer.tokens)
    where !token.isStopWord && !known.contains(token.term) {
      words[token.term] = min(token.word, words[token.term] ?? token.word)
    }
    return words.values.sorted().joined(separator: " ")
  }
}
