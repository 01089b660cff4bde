/// Reads a Markdown file: front matter and passages, or tips, or questions.
enum MarkdownReader {
  static func read(_ source: SourceText, at place: Place) -> Reading {
    let front: FrontMatter
    let split: FrontMatter.Split
    do throws(FrontMatter.Fault) {
      split = try FrontMatter.split(source.bytes)
      front = if let yaml = split.yaml { try FrontMatter(yaml: yaml, firstLine: 2) } else { .none }
    } catch {
      return Reading(
        path: place.path,
        problems: [
          Problem(.refused, path: place.path, line: error.line, what: error.what, remedy: error.remedy)
        ])
    }
    let blocks: [Block]
    do { blocks = try MarkdownBlocks.read(split.body, firstLine: split.bodyLine) } catch {
      return Reading(
        path: place.path,
        problems: [
          Problem(
            .refused, path: place.path, line: error.line + split.bodyLine - 1,
            what: "Quotes or lists are nested too deeply.", remedy: "Take the deepest ones apart.")
        ])
    }
    var fields = FieldReader(front, path: place.path)
    return switch place.holds {
    case .document: document(blocks, &fields, at: place)
    case .tips: TipsReader.read(blocks, &fields, at: place)
    case .questions: QuestionsReader.read(blocks, &fields, at: place)
    }
  }

  private static func document(_ blocks: [Block], _ fields: inout FieldReader, at place: Place) -> Reading {
    let given = fields.text("title")
    let (heading, body) = DocumentReader.titleAndBody(of: blocks, title: given)
    let title = given ?? heading ?? place.fallbackTitle
    let sources = fields.list("sources")
    var document = Document(
      slug: place.slug, kind: place.kind, title: title, summary: fields.text("summary"),
      aliases: fields.list("aliases"),
      questions: fields.list("questions"), related: fields.list("related"), sources: sources, passages: [],
      path: place.path)
    fields.finish()
    document.passages = PassageCutter.passages(
      of: body, document: place.slug, title: title,
      source: sources.isEmpty ? place.path : sources.joined(separator: "; "))
    guard !document.passages.isEmpty else {
      return Reading(path: place.path, problems: fields.problems + [Problem.empty(place.path)])
    }
    return Reading(path: place.path, document: document, problems: fields.problems)
  }
}
