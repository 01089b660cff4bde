/// All files of the knowledge together: names are unique, and what refers to something refers to something that is there.
package struct Library: Sendable, Equatable {
  package private(set) var documents: [Document] = []
  package private(set) var tips: [Tip] = []
  package private(set) var problems: [Problem] = []

  /// Puts readings together. Their order decides who keeps a name that two files claim, so give them in an order that
  /// depends on nothing but the files, such as that of their paths.
  package init(_ readings: [Reading]) {
    problems = readings.flatMap(\.problems)
    collectDocuments(readings.compactMap(\.document))
    collectQuestions(readings)
    checkRelated()
    collectTips(readings)
    documents.sort { $0.slug < $1.slug }
  }

  package var catalogue: Catalogue { Catalogue(documents: documents, tips: tips) }

  private mutating func collectDocuments(_ found: [Document]) {
    var names = UniqueNames()
    for document in found {
      let slug = names.claim(document.slug)
      if slug == document.slug {
        documents.append(document)
        continue
      }
      documents.append(document.renamed(slug))
      problems.append(
        Problem(
          .warning, path: document.path, what: "Another file is called \(document.slug) too; this one is \(slug).",
          remedy: "Rename one of the two."))
    }
  }

  private mutating func collectQuestions(_ readings: [Reading]) {
    let places = Dictionary(documents.enumerated().map { ($1.slug, $0) }) { first, _ in first }
    for (path, further) in readings.lazy.compactMap({ reading in reading.questions.map { (reading.path, $0) } }) {
      if let place = places[further.document] {
        documents[place].furtherQuestions += further.questions
      } else {
        problems.append(
          Problem(
            .warning, path: path, what: "It holds questions for \(further.document), and there is no such document.",
            remedy: "Give the file the name of the document that answers them."))
      }
    }
  }

  private mutating func checkRelated() {
    let slugs = Set(documents.map(\.slug))
    for index in documents.indices {
      let document = documents[index]
      for name in document.related where !slugs.contains(name) {
        problems.append(
          Problem(
            .warning, path: document.path,
            what: "\"related\" names \"\(name.prefix(80))\", and there is no such document.",
            remedy: "Use a document's file name without its ending."))
      }
      documents[index].related = document.related.filter(slugs.contains)
    }
  }

  private mutating func collectTips(_ readings: [Reading]) {
    let passages = Set(documents.lazy.flatMap { $0.passages.lazy.map(\.id) })
    var names: Set<String> = []
    for (path, tip) in readings.lazy.flatMap({ reading in reading.tips.lazy.map { (reading.path, $0) } }) {
      if !names.insert(tip.id).inserted {
        warn(path, tip, "is there twice", "Give one another title or topic.")
      } else if !passages.contains(tip.from) {
        // A tip that nobody can look up is not given: every sentence stands in a passage that it cites.
        warn(path, tip, "comes from \(tip.from), and there is no such passage", "Use a passage's id, document#section.")
      } else {
        tips.append(tip)
      }
    }
    tips.sort { $0.id < $1.id }
  }

  private mutating func warn(_ path: String, _ tip: Tip, _ what: String, _ remedy: String) {
    problems.append(
      Problem(.warning, path: path, what: "The tip \(tip.id) \(what).", remedy: remedy))
  }
}
