import Corpus
import Dialogue
import Retrieval

/// `/why`: which words and passages led to the last answer.
extension Coach {
  func why(_ conversation: Conversation) -> Reply {
    let passages = conversation.passages.prefix(3).compactMap { PassageID(rawValue: $0).flatMap(knowledge.passage) }
    guard let first = passages.first else { return notice(.nothingYet) }
    let reasons = reasons(for: conversation.question, first)
    return notice(
      .why,
      [
        "confidence": String(Int((conversation.confidence * 100).rounded())),
        "passages": passages.map { ["id": $0.id.rawValue, "title": $0.title] },
        "reasons": reasons, "any": !reasons.isEmpty,
      ])
  }

  /// One line for each word of the question, in its order; none when the question is no longer known.
  private func reasons(for question: String, _ passage: Passage) -> [String] {
    guard !question.isEmpty, let ordinal = knowledge.index.ordinal(of: passage.id.rawValue),
      let explanation = knowledge.index.explain(question, ordinal: ordinal), explanation.units > 0
    else { return [] }
    let query = knowledge.index.query(question)
    func reason(_ word: String, readAs read: String?, _ place: Int?) -> String {
      var inputs: [String: Any] = ["word": word, "known": place.map { query.terms[$0].isKnown } ?? false]
      inputs["repaired"] = read
      if let part = explanation.terms.first(where: { $0.term == place }) {
        inputs["share"] = String(Int((100 * Double(part.units) / Double(explanation.units)).rounded()))
        inputs["fields"] = part.fields.sorted { $0.value > $1.value }.map { "\($0.key)" }.joined(separator: ", ")
      }
      return templates.render(.whyWord, inputs)
    }
    let words = query.terms.enumerated().map { reason($1.word, readAs: $1.repair?.read, $0) }
    // A slip that was read as a word of the question counts with that word, and has a line of its own all the same.
    let slips = query.repairs.filter { repair in !query.terms.contains { $0.word == repair.typed } }.map { repair in
      let term = knowledge.index.query(repair.read).terms.first?.term
      return reason(repair.typed, readAs: repair.read, query.terms.firstIndex { $0.term == term })
    }
    return words + slips
  }
}
