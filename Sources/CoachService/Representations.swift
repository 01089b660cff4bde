import Coaching
import Corpus
import Dialogue
import Retrieval
import WebServer

/// What `/v1/search` and `/v1/concepts` give, for programs and for people.
extension Coach {
  func searched(_ query: String, limit: Int) -> WebServer.Representation {
    let found = search(query, limit: limit)
    let passages = citations(of: found)
    var object = JSONObject()
    object.add("passages", array: passages.map(\.jsonObject))
    object.add("repaired", found.query.repaired)
    return WebServer.Representation(
      json: object.finished(),
      text: passages.map { "\($0.title) [\($0.id)]\n\($0.text)" }.joined(separator: "\n\n"))
  }
}

extension Catalogue {
  var listed: WebServer.Representation {
    var object = JSONObject()
    object.add(
      "concepts",
      array: entries.map { entry in
        var member = JSONObject()
        member.add("document", entry.slug)
        member.add("kind", "\(entry.kind)")
        member.add("title", entry.title)
        member.add("summary", entry.summary)
        return member.finished()
      })
    return WebServer.Representation(
      json: object.finished(), text: entries.map { "\($0.slug): \($0.title)" }.joined(separator: "\n"))
  }
}
