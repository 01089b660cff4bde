package import Coaching
import Dialogue
import Retrieval

/// What the coach makes of judged questions: the figures of `coach eval`.
package struct QuestionReport: Sendable {
  /// The figures of one kind of question.
  package struct Figures: Sendable, Equatable {
    package var kind: String
    package var count = 0
    /// The first passage belongs to an acceptable document; for questions without one, the reply says `unknown`.
    package var right = 0
    /// An acceptable document is among the first three.
    package var inThree = 0
    /// Sum of the reciprocal ranks of the first acceptable document.
    package var reciprocalRanks = 0.0
    /// The reply was an answer.
    package var answered = 0
    /// The reply was an answer, and its first passage belongs to an acceptable document.
    package var answeredRight = 0
    /// Of these, how many have a passage that answers best, and how many had it first.
    package var passages = 0
    package var passagesRight = 0
  }

  /// A question whose outcome is not what the judge wants.
  package struct Miss: Sendable, Equatable {
    package var question: String
    package var kind: String
    package var wanted: [String]
    package var got: String
    package var confidence: Double
  }

  package var figures: [Figures] = []
  package var misses: [Miss] = []
  package let ownWords: OwnWords

  /// Asks every question. Complexity: one or two searches a question.
  package init(_ questions: [JudgedQuestion], coach: Coach) {
    ownWords = OwnWords(questions, coach.catalogue)
    for question in questions { add(question, coach) }
  }

  private mutating func add(_ judged: JudgedQuestion, _ coach: Coach) {
    var conversation = Conversation()
    if let after = judged.after {
      _ = coach.reply(to: Utterance(text: after, surface: .terminal), in: &conversation)
    }
    let reply = coach.reply(to: Utterance(text: judged.question, surface: .terminal), in: &conversation)
    let ranking = judged.after == nil ? coach.documents(for: judged.question) : reply.passages.map(\.document)
    let kind = judged.kind ?? (judged.documents.isEmpty ? "none" : "question")
    let place = figures.firstIndex { $0.kind == kind } ?? figures.count
    if place == figures.count { figures.append(Figures(kind: kind)) }
    let wanted = Set(judged.documents)
    let isRight = wanted.isEmpty ? reply.kind == .unknown : ranking.first.map(wanted.contains) ?? false
    figures[place].count += 1
    figures[place].right += isRight ? 1 : 0
    figures[place].answered += reply.kind == .answer ? 1 : 0
    if isRight, reply.kind == .answer {
      figures[place].answeredRight += 1
      figures[place].passages += judged.passage == nil ? 0 : 1
      figures[place].passagesRight += judged.passage != nil && judged.passage == reply.passages.first?.id ? 1 : 0
    }
    figures[place].inThree += ranking.prefix(3).contains(where: wanted.contains) ? 1 : 0
    figures[place].reciprocalRanks += RankingMeasures.reciprocalRank(ranking, relevant: wanted)
    if !isRight || (!wanted.isEmpty && reply.kind == .unknown) {
      misses.append(
        Miss(
          question: judged.question, kind: kind, wanted: judged.documents,
          got: reply.kind == .unknown ? "unknown (nearest \(ranking.first ?? "nothing"))" : ranking.first ?? "nothing",
          confidence: reply.confidence ?? 0))
    }
  }

  /// A table, one line a kind, what the questions share with those of the documents, and the misses if they are wanted.
  package func text(withMisses: Bool) -> String {
    var lines = ["kind          questions  first right  in first 3    MRR  answered  answered right"]
    for kind in figures {
      let name = kind.kind.padding(to: 12)
      guard kind.kind != "none" else {
        lines.append("\(name)  \(Self.column(kind.count, 9))  \(Self.percent(kind.right, kind.count)) unknown")
        continue
      }
      let rank = kind.count == 0 ? 0 : kind.reciprocalRanks / Double(kind.count)
      lines.append(
        "\(name)  \(Self.column(kind.count, 9))  \(Self.percent(kind.right, kind.count))  "
          + "\(Self.percent(kind.inThree, kind.count))  \(Self.decimals(rank, 3).padding(left: 5))  "
          + "\(Self.percent(kind.answered, kind.count).dropFirst(2))   \(Self.percent(kind.answeredRight, kind.count))")
    }
    for kind in figures where kind.passages > 0 {
      lines.append(
        "Of \(kind.passages) answers (\(kind.kind)) from the right document, \(kind.passagesRight) begin with the passage that "
          + "answers best.")
    }
    lines.append(
      "Of \(ownWords.count) questions, \(ownWords.strange) share no content word with their documents' own questions, "
        + "\(ownWords.stranger) none with the further ones either.")
    lines += ownWords.copies.map { "A document's own question, which measures nothing: \($0)" }
    if withMisses {
      for miss in misses {
        lines.append(
          "\(miss.kind): \(miss.question) -> \(miss.got) at \(Self.decimals(miss.confidence, 2)), wanted "
            + (miss.wanted.isEmpty ? "unknown" : miss.wanted.joined(separator: " or ")))
      }
    }
    return lines.joined(separator: "\n")
  }

  package var json: String {
    var object = JSONObject()
    object.add(
      "kinds",
      figures.map { kind in
        var member = JSONObject()
        member.add("kind", kind.kind)
        member.add("questions", kind.count)
        member.add("right", kind.right)
        member.add("answered", kind.answered)
        member.add("answeredRight", kind.answeredRight)
        if kind.passages > 0 {
          member.add("passages", kind.passages)
          member.add("passagesRight", kind.passagesRight)
        }
        if kind.kind != "none" {
          member.add("inThree", kind.inThree)
          member.add("meanReciprocalRank", kind.reciprocalRanks / Double(max(1, kind.count)))
        }
        return member.finished()
      })
    var words = JSONObject()
    words.add("questions", ownWords.count)
    words.add("sharingNone", ownWords.strange)
    words.add("sharingNoneWithFurther", ownWords.stranger)
    object.add("contentWords", object: words.finished())
    object.add("copies", ownWords.copies)
    return object.finished()
  }

  private static func percent(_ part: Int, _ whole: Int) -> String {
    let share = whole == 0 ? 0 : 100 * Double(part) / Double(whole)
    return "\(decimals(share, 1)) %".padding(left: 11)
  }

  private static func column(_ number: Int, _ width: Int) -> String { "\(number)".padding(left: width) }

  private static func decimals(_ number: Double, _ places: Int) -> String {
    let scale = [1.0, 10, 100, 1000][places]
    let text = "\((number * scale).rounded() / scale)"
    let have = text.split(separator: ".").last?.count ?? 0
    return text + String(repeating: "0", count: max(0, places - have))
  }
}

extension String {
  /// Spaces on the right up to a width.
  func padding(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }

  /// Spaces on the left up to a width.
  func padding(left width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}

extension Workspace {
  /// `coach eval`. Complexity: one or two searches a question.
  package func report(on questions: [JudgedQuestion]) throws(Failure) -> QuestionReport {
    QuestionReport(questions, coach: try coach())
  }
}
