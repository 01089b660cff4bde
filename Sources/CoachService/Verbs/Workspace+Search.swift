import Coaching
import Dialogue
import Retrieval

extension Workspace {
  /// `coach search`: the passages that a question finds, each with the parts of its score. Those of the best document come first,
  /// and documents are judged by more than the score of one passage (`DocumentRanking`).
  package func search(_ question: String, limit: Int) throws(Failure) -> Report {
    let coach = try coach()
    let found = coach.search(question, limit: limit)
    let passages = coach.citations(of: found)
    var lines = found.query.terms.map(\.line)
    var objects: [String] = []
    for (hit, passage) in zip(found.hits, passages) {
      let explanation = coach.explain(question, hit)
      let snippet = Snippet.best(of: passage.text, for: found.query)
      lines.append("\(hit.score.threeDecimals)  \(passage.title) [\(passage.id)]")
      if let snippet { lines.append("       \(snippet.marked(with: "*"))") }
      var object = JSONObject()
      object.add("id", passage.id)
      object.add("title", passage.title)
      object.add("score", hit.score)
      object.add("units", hit.units)
      object.add("coverage", hit.coverage)
      object.add("text", passage.text)
      object.add("snippet", snippet?.text)
      object.add("marked", snippet?.marked(with: "*"))
      object.add("parts", explanation?.parts(of: found.query).map(\.json) ?? [])
      objects.append(object.finished())
      for part in explanation?.parts(of: found.query) ?? [] {
        lines.append("       \(part.score.threeDecimals)  \(part.words)  (\(part.fields))")
      }
    }
    lines.append(
      passages.isEmpty
        ? "No passage holds any of these words."
        : "The best document comes first: all its passages count, and how people ask for it. Scores are the passages' own."
    )
    var object = JSONObject()
    object.add("mode", "lexical")
    object.add("terms", array: found.query.terms.map(\.json))
    object.add("repaired", found.query.repaired)
    object.add("hits", array: objects)
    return Report(text: lines.joined(separator: "\n"), json: object.finished())
  }
}

/// A part of a score: what a word, or a pair of neighbours, gave.
private struct ScorePart {
  var words: String
  var units: Int
  var score: Double
  var fields: String

  var json: String {
    var object = JSONObject()
    object.add("words", words)
    object.add("units", units)
    object.add("score", score)
    object.add("fields", fields)
    return object.finished()
  }
}

extension Explanation {
  fileprivate func parts(of query: Query) -> [ScorePart] {
    let single = terms.map { part in
      let fields = part.fields.sorted { $0.value > $1.value }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
      return ScorePart(words: query.terms[part.term].word, units: part.units, score: part.score, fields: fields)
    }
    let pairs = self.pairs.map { part in
      ScorePart(
        words: "\(query.terms[part.pair.first].word) \(query.terms[part.pair.second].word)", units: part.units,
        score: part.score, fields: "side by side")
    }
    return single + pairs
  }
}

extension Query.Term {
  fileprivate var line: String {
    let reading = repair.map { ", read as \($0.read)" } ?? ""
    return isKnown
      ? "\(word)\(reading): in \(documentFrequency) passages, idf \(inverseDocumentFrequency.threeDecimals)"
      : "\(word): in no passage"
  }

  fileprivate var json: String {
    var object = JSONObject()
    object.add("word", word)
    object.add("term", term)
    object.add("passages", documentFrequency)
    object.add("idf", inverseDocumentFrequency)
    object.add("read", repair?.read)
    return object.finished()
  }
}

extension Double {
  fileprivate var threeDecimals: String {
    let text = "\((self * 1000).rounded() / 1000)"
    return text + String(repeating: "0", count: max(0, 3 - (text.split(separator: ".").last?.count ?? 0)))
  }
}
