package import Corpus
package import Retrieval

/// One generation of the knowledge, as the coach reads it: what there is, and the index that finds it.
///
/// A reply is made from one value of this type, so it never mixes two generations.
package struct Knowledge: Sendable {
  package let catalogue: Catalogue
  package let index: Index
  let questions: KnownQuestions

  /// Complexity: analyses every question that the documents name; make it once a generation and keep it.
  package init(catalogue: Catalogue, index: Index) {
    self.catalogue = catalogue
    self.index = index
    questions = KnownQuestions(catalogue, index)
  }

  /// The passage of a hit; nil if the index holds bytes that are no passage, which a checked index does not.
  func passage(at ordinal: Int) -> Passage? {
    try? Passage(bytes: index.payload(at: ordinal))
  }

  func passage(_ id: PassageID) -> Passage? {
    index.ordinal(of: id.rawValue).flatMap(passage(at:))
  }
}
