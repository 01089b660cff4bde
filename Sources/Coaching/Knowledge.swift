package import Corpus
package import Retrieval

/// One generation of the knowledge, as the coach reads it: what there is, and the index that finds it.
///
/// A reply is made from one value of this type, so it never mixes two generations.
package struct Knowledge: Sendable {
  package let catalogue: Catalogue
  package let index: Index
  let questions: KnownQuestions
  /// For each record of the index, where its passage stands.
  private let origins: [Origin]

  /// Where a passage stands: its document's place in the catalogue, and its own among the passages of the document.
  struct Origin: Sendable {
    var document: Int32
    var section: Int32
    /// Whether many documents have a section of this name, not their first: such a one looks at the document's matter from a
    /// side ("When this advice is wrong") and has none of its own.
    var isSide = false
  }

  /// From so many documents on.
  private static let manyDocuments = 10

  /// Complexity: analyses every question that the documents name; make it once a generation and keep it.
  package init(catalogue: Catalogue, index: Index) {
    self.catalogue = catalogue
    self.index = index
    questions = KnownQuestions(catalogue, index)
    var origins = [Origin](repeating: Origin(document: 0, section: 0), count: index.recordCount)
    var sameName: [String: [Int]] = [:]
    for (document, entry) in catalogue.entries.enumerated() {
      for (section, id) in entry.passages.enumerated() {
        guard let ordinal = index.ordinal(of: id.rawValue) else { continue }
        origins[ordinal] = Origin(document: Int32(clamping: document), section: Int32(clamping: section))
        sameName[id.section, default: []].append(ordinal)
      }
    }
    for ordinals in sameName.values where ordinals.count >= Self.manyDocuments {
      for ordinal in ordinals where origins[ordinal].section > 0 { origins[ordinal].isSide = true }
    }
    self.origins = origins
  }

  /// The passage of a hit; nil if the index holds bytes that are no passage, which a checked index does not.
  func passage(at ordinal: Int) -> Passage? {
    try? Passage(bytes: index.payload(at: ordinal))
  }

  func passage(_ id: PassageID) -> Passage? {
    index.ordinal(of: id.rawValue).flatMap(passage(at:))
  }

  /// The place in the catalogue of the document that a hit belongs to.
  func document(of hit: Hit) -> Int { Int(origins[hit.ordinal].document) }

  func origin(of hit: Hit) -> Origin { origins[hit.ordinal] }
}
