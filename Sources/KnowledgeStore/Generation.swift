package import Corpus
package import Retrieval

/// One built state of the knowledge; everything that an answer reads comes from one of these.
///
/// Whoever holds it keeps its memory; when the last one lets go, the memory is given back.
package struct Generation: Sendable {
  /// What it was built from.
  package let fingerprint: Fingerprint
  package let catalogue: Catalogue
  package let index: Index
  /// Findings about the files, those that were refused among them; sorted by path and line.
  package let problems: [Problem]

  /// Findings about what was read, as the index remembers them.
  private let remembered: [Problem]

  /// The index's bytes are none, damaged, or of another version.
  struct Unusable: Error, Equatable, CustomStringConvertible {
    var description: String
  }

  /// Opens an index. `skipped` are findings about files that were not read.
  ///
  /// Complexity: every byte of the index is checked, about a millisecond for each megabyte.
  init(storage: IndexStorage, skipped: [Problem]) throws(Unusable) {
    let attachment: IndexAttachment
    do throws(IndexError) { index = try Index(storage: storage) } catch {
      throw Unusable(description: "\(error)")
    }
    do throws(MalformedRecord) { attachment = try IndexAttachment(bytes: index.attachment) } catch {
      throw Unusable(description: "\(error)")
    }
    fingerprint = attachment.fingerprint
    catalogue = attachment.catalogue
    remembered = attachment.problems
    problems = Self.sorted(attachment.problems + skipped)
  }

  private init(_ other: Generation, skipped: [Problem]) {
    fingerprint = other.fingerprint
    catalogue = other.catalogue
    index = other.index
    remembered = other.remembered
    problems = Self.sorted(other.remembered + skipped)
  }

  /// The same knowledge with other findings about files that were not read.
  func skipping(_ skipped: [Problem]) -> Generation {
    Generation(self, skipped: skipped)
  }

  private static func sorted(_ problems: [Problem]) -> [Problem] {
    problems.sorted { ($0.path, $0.line ?? 0, $0.what) < ($1.path, $1.line ?? 0, $1.what) }
  }
}
