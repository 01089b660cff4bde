/// Reads a file of tips: a level-2 heading a tip, its text, `From: slug#section` and perhaps `For: whom`.
enum TipsReader {
  static func read(_ blocks: [Block], _ fields: inout FieldReader, at place: Place) -> Reading {
    _ = fields.text("title")
    let topic = fields.text("topic").map(Slug.make) ?? ""
    let audience = fields.text("audience") ?? "everyone"
    fields.finish()
    var reading = Reading(path: place.path, problems: fields.problems)
    var names: Set<String> = []
    for draft in drafts(blocks) {
      switch tip(draft, topic: topic.isEmpty ? place.slug : topic, audience: audience, path: place.path) {
      case .success(let tip):
        if names.insert(tip.id).inserted {
          reading.tips.append(tip)
        } else {
          reading.problems.append(
            problem(draft, place.path, "There are two tips called \"\(tip.title)\".", "Give one another title."))
        }
      case .failure(let fault): reading.problems.append(fault.problem)
      }
    }
    if reading.tips.isEmpty, reading.problems.isEmpty { reading.problems.append(Problem.empty(place.path)) }
    return reading
  }

  private static func drafts(_ blocks: [Block]) -> [Draft] {
    var drafts: [Draft] = []
    for block in blocks {
      if case .heading(let level) = block.kind {
        if level > 1 { drafts.append(Draft(title: PlainText.line(block.text), line: block.line)) }
        continue
      }
      guard !drafts.isEmpty else { continue }
      for line in PlainText.lines(block.text) { drafts[drafts.count - 1].take(line) }
    }
    return drafts
  }

  private struct Fault: Error {
    var problem: Problem
  }

  private static func tip(_ draft: Draft, topic: String, audience: String, path: String) -> Result<Tip, Fault> {
    let name = Slug.make(draft.title)
    func fault(_ what: String, _ remedy: String) -> Result<Tip, Fault> {
      .failure(Fault(problem: problem(draft, path, what, remedy)))
    }
    if name.isEmpty { return fault("A tip has no title.", "Write words behind the ##.") }
    let text = draft.paragraphs.joined(separator: " ")
    if text.isEmpty { return fault("The tip \"\(draft.title)\" has no text.", "Write one thing to do or notice.") }
    guard let from = draft.from else {
      return fault(
        "The tip \"\(draft.title)\" does not say where it comes from.", "Add a line From: document#section.")
    }
    guard let passage = PassageID(rawValue: from) else {
      return fault(
        "The tip \"\(draft.title)\" comes from \"\(from.prefix(80))\", which is not a passage.",
        "Write From: document#section.")
    }
    return .success(
      Tip(
        id: topic + "/" + name, title: draft.title, text: text, topic: topic, audience: draft.audience ?? audience,
        from: passage))
  }

  private static func problem(_ draft: Draft, _ path: String, _ what: String, _ remedy: String) -> Problem {
    Problem(.warning, path: path, line: draft.line, what: what, remedy: remedy)
  }
}

/// A tip as far as the file has been read.
private struct Draft {
  var title: String
  var line: Int?
  var paragraphs: [String] = []
  var from: String?
  var audience: String?

  mutating func take(_ line: String) {
    if let value = Self.value(of: "From:", in: line) {
      from = value
    } else if let value = Self.value(of: "For:", in: line) {
      audience = value
    } else {
      paragraphs.append(line)
    }
  }

  private static func value(of label: String, in line: String) -> String? {
    guard line.hasPrefix(label) else { return nil }
    let value = PlainText.line(String(line.dropFirst(label.count)))
    return value.isEmpty ? nil : value
  }
}
