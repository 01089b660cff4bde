import Corpus
import Dialogue
import Retrieval

/// A question: found, judged for support, and put into words.
extension Coach {
  func answer(_ question: String, in conversation: inout Conversation) -> Reply {
    if let matter = Limits.matter(of: question) { return boundary(matter) }
    if let courtesy = Courtesy(question) { return reply(courtesy) }
    guard knowledge.index.recordCount > 0 else {
      return Reply(kind: .unknown, text: templates.render(.notReady), confidence: 0)
    }
    guard question.unicodeScalars.contains(where: { $0.properties.isAlphabetic || $0.properties.numericType != nil })
    else { return .error(.emptyRequest, templates.render(.empty)) }
    let (found, ranking) = ranked(question, limit: Self.passagesRanked)
    let support = support(of: found, ranking.resemblance)
    if let followUp = FollowUp(question, after: conversation, terms: found.query.terms),
      !followUp.standsAlone(support)
    {
      return answer(followUp, in: &conversation)
    }
    guard support.isEnough else { return unknown(found, support) }
    let others = ranking.certainty < Self.certain ? nearestTopics(found).dropFirst() : []
    return answer(question, from: found, support, others: Array(others), in: &conversation)
  }

  /// Below this certainty an answer names the next two topics as well, since one of them may be meant: so do a sixth of the
  /// answers, and most of the wrong ones (`Tests/Judged/README.md`).
  private static let certain = 0.9

  /// How many passages are looked at to tell which document a question is about.
  private static let passagesRanked = 50

  private func support(of found: SearchResult, _ resemblance: KnownQuestions.Resemblance) -> Support {
    guard let first = found.hits.first, !found.query.isStopWordsOnly else { return Support(confidence: 0) }
    return Support(found, first, resemblance)
  }

  /// A question that only makes sense after the last answer is looked up among the documents of that answer; when none of its
  /// words leads anywhere there, it gets the next passage, as `/more` would.
  private func answer(_ followUp: FollowUp, in conversation: inout Conversation) -> Reply {
    let found = knowledge.index.search(followUp.query, limit: knowledge.index.recordCount.clamped(to: 1...400))
    let document = (conversation.documents.first ?? "") + "#"
    var narrowed = found
    narrowed.hits = found.hits.filter { $0.id.hasPrefix(document) && !conversation.wasShown($0.id) }
    guard !narrowed.hits.isEmpty else { return more(in: &conversation) }
    return answer(
      followUp.question, from: narrowed, Support(confidence: conversation.confidence), in: &conversation,
      isFollowUp: true)
  }

  private func answer(
    _ question: String, from found: SearchResult, _ support: Support, others: [Reply.Topic] = [],
    in conversation: inout Conversation, isFollowUp: Bool = false
  ) -> Reply {
    let cited = citations(of: found, support)
    guard let first = cited.first else { return unknown(found, support) }
    let passage = first.passage
    let documents = cited.map(\.passage.document).uniqued()
    let others = others.filter { !documents.contains($0.document) }
    let isFactual = QuestionShape(question) == .fact
    var reply = Reply(
      kind: .answer, text: "",
      answer: isFactual ? fact(in: passage, for: found, asked: question) : gist(of: passage, for: found),
      practice: isFactual ? nil : passage.practice, question: isFactual ? nil : passage.question,
      passages: cited.map { $0.cited }, near: others, confidence: support.confidence, repaired: found.query.repaired)
    var inputs: [String: Any] = ["answer": reply.answer ?? ""]
    inputs["practice"] = reply.practice
    inputs["question"] = reply.question
    inputs["near"] = others.map(\.inputs)
    inputs["citations"] = documents.joined(separator: ", ")
    reply.text = templates.render(.answer, inputs)
    conversation.remember(
      found.hits.prefix(Self.passagesRemembered).map(\.id), cited: cited.map(\.cited.id),
      confidence: support.confidence, question: question, isFollowUp: isFollowUp)
    return reply
  }

  /// What the passage says in short: its lead, which was written to be read alone; else its best sentences for the question.
  private func gist(of passage: Passage, for found: SearchResult) -> String {
    passage.lead ?? Snippet.best(of: passage.text, for: found.query)?.text ?? passage.text
  }

  /// For a question of fact other sentences of the passage take the lead's place, if they speak to its words plainly better.
  private func fact(in passage: Passage, for found: SearchResult, asked question: String) -> String {
    let lead = gist(of: passage, for: found)
    guard let snippet = Snippet.best(of: passage.text, for: found.query)?.text,
      snippet.count(where: { $0 == "\"" }) % 2 == 0
    else { return lead }
    if QuestionShape.asksForNumber(question), snippet.figures < lead.figures { return lead }
    return found.query.coverage(of: snippet) > found.query.coverage(of: lead) + Self.leadPreference ? snippet : lead
  }

  /// How much more of a question of fact other sentences must cover, as a part of 1: a whole further word of most questions.
  private static let leadPreference = 0.2

  /// The first passage, and up to two more that speak to the question nearly as well.
  private func citations(
    of found: SearchResult, _ support: Support
  ) -> [(passage: Passage, cited: Reply.Passage)] {
    guard let first = found.hits.first, first.score > 0 else { return [] }
    return ([first] + found.hits.dropFirst().filter { $0.score >= first.score * 0.7 }.prefix(2)).compactMap { hit in
      knowledge.passage(at: hit.ordinal).map {
        ($0, $0.cited(score: support.confidence * min(1, hit.score / first.score)))
      }
    }
  }

  private func unknown(_ found: SearchResult, _ support: Support) -> Reply {
    let near = nearestTopics(found)
    return Reply(
      kind: .unknown,
      text: templates.render(.unknown, ["near": near.map(\.inputs), "any": !near.isEmpty]),
      near: near, confidence: support.confidence, repaired: found.query.repaired)
  }

  func nearestTopics(_ found: SearchResult) -> [Reply.Topic] {
    let slugs = found.hits.lazy.compactMap { self.knowledge.passage(at: $0.ordinal)?.document }.uniqued()
    return slugs.prefix(3).compactMap { slug in
      knowledge.catalogue[slug].map { Reply.Topic(document: slug, title: $0.title) }
    }
  }
}

extension Passage {
  func cited(score: Double) -> Reply.Passage {
    Reply.Passage(
      id: id.rawValue, document: document, title: title, text: text, source: source, score: score)
  }
}

extension Reply.Topic {
  var inputs: [String: Any] { ["title": title, "document": document] }
}

extension Sequence where Element: Hashable {
  /// The elements in their order, each once.
  func uniqued() -> [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}

extension Comparable {
  fileprivate func clamped(to range: ClosedRange<Self>) -> Self { min(max(self, range.lowerBound), range.upperBound) }
}
