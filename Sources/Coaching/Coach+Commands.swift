package import Corpus
package import Dialogue
import Retrieval

/// The commands that every surface has, each a few lines; the socket's own are in `LineProtocol`.
extension Coach {
  func carryOut(_ command: Command, on surface: Surface, in conversation: inout Conversation) -> Reply {
    switch command.name {
    case .help: help(command.argument, on: surface)
    case .concepts: concepts(near: command.argument)
    case .concept: concept(command.argument)
    case .more: more(in: &conversation)
    case .why: why(conversation)
    case .sources: sources(conversation)
    case .tip: tip(on: command.argument, in: &conversation)
    case .status: status()
    case .quit: notice(.goodbye)
    case .width, .prompt, .color:
      .error(.unknownCommand, "/\(command.name.rawValue) belongs to a connection; there is none here.")
    }
  }

  private func help(_ argument: String, on surface: Surface) -> Reply {
    let commands = Command.declared(on: surface)
    guard !argument.isEmpty else {
      let width = commands.map(\.usage.count).max() ?? 0
      return notice(
        .help,
        [
          "commands": commands.map {
            ["usage": $0.usage + String(repeating: " ", count: width - $0.usage.count), "summary": $0.summary]
          }
        ])
    }
    let name = argument.lowercased().drop { $0 == "/" }
    guard let command = commands.first(where: { $0.name.rawValue == name }) else {
      return .error(.invalidArgument, "There is no command of that name. Type /help for the list.")
    }
    return notice(
      .helpCommand,
      ["usage": command.usage, "summary": command.summary, "detail": command.detail, "example": command.example])
  }

  private func concepts(near words: String) -> Reply {
    if words.isEmpty {
      let groups: [(String, Document.Kind)] = [("Concepts", .concept), ("Practices", .practice), ("Also", .other)]
      let listed = groups.compactMap { name, kind -> [String: Any]? in
        let topics = knowledge.catalogue.entries.filter { $0.kind == kind }.map(\.topic.inputs)
        return topics.isEmpty ? nil : ["name": name, "topics": topics]
      }
      return notice(.concepts, ["heading": "What I know about:", "groups": listed])
    }
    let near = topics(near: words)
    guard !near.isEmpty else { return notice(.conceptMissing, ["near": [String](), "any": false]) }
    return notice(
      .concepts, ["heading": "Nearest to your words:", "groups": [["name": "Topics", "topics": near.map(\.inputs)]]])
  }

  private func topics(near words: String) -> [Reply.Topic] {
    let found = knowledge.index.search(words, limit: 40)
    return found.hits.compactMap { self.knowledge.passage(at: $0.ordinal)?.document }.uniqued().prefix(8)
      .compactMap { knowledge.catalogue[$0]?.topic }
  }

  private func concept(_ name: String) -> Reply {
    guard let entry = entry(named: name) else {
      let near = topics(near: name).prefix(3)
      return Reply(
        kind: .notice,
        text: templates.render(.conceptMissing, ["near": near.map(\.inputs), "any": !near.isEmpty]), near: Array(near))
    }
    let passages = entry.passages.compactMap { knowledge.passage($0) }
    let first = passages.first
    var inputs: [String: Any] = [
      "title": entry.title, "document": entry.slug, "summary": entry.summary ?? first?.lead ?? first?.text ?? "",
      "sections": passages.compactMap(\.heading.last), "any": !passages.isEmpty,
    ]
    if !entry.related.isEmpty { inputs["related"] = entry.related.joined(separator: ", ") }
    return Reply(
      kind: .notice, text: templates.render(.concept, inputs), passages: first.map { [$0.cited(score: 1)] } ?? [])
  }

  /// By slug, else by title or alias, else the only one whose title holds the words; case does not matter.
  private func entry(named name: String) -> Catalogue.Entry? {
    let wanted = name.lowercased()
    let slug = Slug.make(name)
    if let entry = knowledge.catalogue[slug] { return entry }
    let entries = knowledge.catalogue.entries
    if let entry = entries.first(where: { entry in
      entry.title.lowercased() == wanted || entry.aliases.contains { $0.lowercased() == wanted }
    }) {
      return entry
    }
    let holding = entries.filter { $0.title.lowercased().contains(wanted) }
    return holding.count == 1 ? holding.first : nil
  }

  func more(in conversation: inout Conversation) -> Reply {
    guard let first = conversation.passages.first else { return notice(.nothingYet) }
    while conversation.shown < conversation.passages.count {
      let id = conversation.passages[conversation.shown]
      conversation.shown += 1
      guard !conversation.seen.contains(id), let passage = PassageID(rawValue: id).flatMap(knowledge.passage) else {
        continue
      }
      var inputs: [String: Any] = ["title": passage.title, "text": passage.text, "id": id]
      inputs["practice"] = passage.practice
      inputs["question"] = passage.question
      return Reply(
        kind: .answer, text: templates.render(.more, inputs), answer: passage.lead, practice: passage.practice,
        question: passage.question, passages: [passage.cited(score: conversation.confidence)],
        confidence: conversation.confidence)
    }
    let related = PassageID(rawValue: first).flatMap { knowledge.catalogue[$0.document]?.related } ?? []
    return notice(.moreEnd, related.isEmpty ? [:] : ["related": related.joined(separator: ", ")])
  }

  private func sources(_ conversation: Conversation) -> Reply {
    let passages = (conversation.cited + conversation.passages.prefix(conversation.shown)).uniqued()
      .compactMap { PassageID(rawValue: $0).flatMap(knowledge.passage) }
    guard !passages.isEmpty else { return notice(.nothingYet) }
    return notice(
      .sources,
      ["passages": passages.map { ["id": $0.id.rawValue, "title": $0.title, "source": $0.source] }])
  }

  /// - Parameter topic: a topic's name, or any words; empty for all tips.
  package func tip(on topic: String, in conversation: inout Conversation) -> Reply {
    let tips = knowledge.catalogue.tips
    let slug = Slug.make(topic)
    let fitting = topic.isEmpty ? tips : tips.filter { $0.topic == slug || $0.id.hasPrefix(slug + "/") }
    var deck = conversation.deck ?? Deck(owner: conversation.owner)
    guard let tip = deck.deal(from: fitting) else {
      let topics = tips.map(\.topic).uniqued().joined(separator: ", ")
      return notice(.tipMissing, ["topics": topics, "any": !tips.isEmpty])
    }
    conversation.deck = deck
    return reply(tip)
  }

  /// A tip as a reply, for a conversation or a channel.
  package func reply(_ tip: Tip) -> Reply {
    var reply = notice(.tip, ["title": tip.title, "text": tip.text, "from": tip.from.rawValue])
    reply.passages = knowledge.passage(tip.from).map { [$0.cited(score: 1)] } ?? []
    return reply
  }

  private func status() -> Reply {
    notice(
      .status,
      [
        "documents": String(knowledge.catalogue.count), "passages": String(knowledge.index.recordCount),
        "tips": String(knowledge.catalogue.tips.count),
      ])
  }
}

extension Catalogue.Entry {
  var topic: Reply.Topic { Reply.Topic(document: slug, title: title) }
}
