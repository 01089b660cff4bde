/// Reads one file of the knowledge: Markdown with front matter, HTML or plain text.
///
/// Nothing in a file can stop the reading of others: what cannot be read is named as a problem, with its line and what
/// to do.
package enum DocumentReader {
  /// The most bytes that a file may have.
  package static let byteLimit = SourceText.byteLimit

  enum Form {
    case markdown
    case html
    case text
  }

  /// Whether a file of this name is one to read.
  package static func reads(path: String) -> Bool { form(path) != nil }

  /// Reads a file's bytes. `path` is relative to the knowledge folder, with `/`; it decides form (by extension), kind (by
  /// folder) and slug (by name).
  ///
  /// Complexity: linear in the bytes for what people write.
  package static func read(_ bytes: [UInt8], path: String) -> Reading {
    guard let form = form(path) else {
      return refused(
        path, what: "The name does not end like a file that can be read.", remedy: "Use .md, .txt or .html.")
    }
    let source: SourceText
    do { source = try SourceText(decoding: bytes) } catch { return refused(path, error) }
    let place = Place(path: path)
    switch form {
    case .markdown: return MarkdownReader.read(source, at: place)
    case .html:
      let page = HTMLBlocks.read(source.bytes)
      var problems: [Problem] = []
      if page.isCutShort {
        problems.append(
          Problem(
            .warning, path: path, what: "The HTML is nested too deeply; what follows was left out.",
            remedy: "Save the page in a simpler form."))
      }
      return finish(page.blocks, title: page.title, at: place, problems: problems)
    case .text: return finish(TextBlocks.read(source.bytes), title: nil, at: place, problems: [])
    }
  }

  /// Makes a document without front matter.
  static func finish(_ blocks: [Block], title: String?, at place: Place, problems: [Problem]) -> Reading {
    let (heading, body) = titleAndBody(of: blocks, title: title)
    let title = title ?? heading ?? place.fallbackTitle
    let passages = PassageCutter.passages(of: body, document: place.slug, title: title, source: place.path)
    guard !passages.isEmpty else {
      return Reading(path: place.path, problems: problems + [Problem.empty(place.path)])
    }
    let document = Document(slug: place.slug, kind: place.kind, title: title, passages: passages, path: place.path)
    return Reading(path: place.path, document: document, problems: problems)
  }

  /// Takes the title off the blocks: a first heading of level 1, unless another title is given that differs.
  static func titleAndBody(of blocks: [Block], title: String?) -> (heading: String?, body: [Block]) {
    guard let first = blocks.first, first.kind == .heading(level: 1) else { return (nil, blocks) }
    let heading = PlainText.line(first.text)
    guard !heading.isEmpty, title == nil || title == heading else { return (nil, blocks) }
    return (heading, Array(blocks.dropFirst()))
  }

  private static func form(_ path: String) -> Form? {
    switch Place.fileExtension(path) {
    case "md", "markdown": .markdown
    case "html", "htm": .html
    case "txt", "text": .text
    default: nil
    }
  }

  private static func refused(_ path: String, what: String, remedy: String) -> Reading {
    Reading(path: path, problems: [Problem(.refused, path: path, what: what, remedy: remedy)])
  }

  private static func refused(_ path: String, _ refusal: SourceText.Refusal) -> Reading {
    let utf8 = "Save it as UTF-8."
    return switch refusal {
    case .tooLarge(let count):
      refused(path, what: "The file has \(count) bytes; the limit is 4 MiB.", remedy: "Split it into smaller files.")
    case .binary(let offset):
      refused(path, what: "The file is not text: there is a NUL at byte \(offset).", remedy: "Save it as plain text.")
    case .damagedUTF8(let offset):
      refused(path, what: "The file is UTF-8 with a damaged character at byte \(offset).", remedy: utf8)
    case .damagedUTF16: refused(path, what: "The file begins like UTF-16 and is not.", remedy: utf8)
    case .unknownEncoding:
      refused(path, what: "The file's character encoding is not one that I can tell.", remedy: utf8)
    }
  }
}

/// What a file's path says about it.
struct Place {
  let path: String
  let slug: String
  let kind: Document.Kind
  let holds: Contents

  enum Contents {
    case document
    case tips
    case questions
  }

  init(path: String) {
    self.path = path
    let folders = path.split(separator: "/").dropLast()
    let slug = Slug.make(Self.name(path))
    self.slug = slug.isEmpty ? "document" : slug
    let telling = folders.last { ["concepts", "practices", "tips", "questions"].contains($0) }
    kind = telling == "concepts" ? .concept : telling == "practices" ? .practice : .other
    holds = telling == "tips" ? .tips : telling == "questions" ? .questions : .document
  }

  /// A title for a file that gives none: its name, as words.
  var fallbackTitle: String {
    let words = PlainText.line(
      String(Self.name(path).map { $0 == "-" || $0 == "_" ? " " : $0 }))
    guard let first = words.first else { return slug }
    return first.uppercased() + words.dropFirst()
  }

  /// Lower case, without the dot; empty when there is none.
  static func fileExtension(_ path: String) -> String {
    let bytes = path.utf8
    let file = bytes.lastIndex(of: UInt8(ascii: "/")).map { bytes[bytes.index(after: $0)...] } ?? bytes[...]
    guard let dot = file.lastIndex(of: UInt8(ascii: ".")), dot != file.startIndex else { return "" }
    return String(Substring(file[file.index(after: dot)...])).lowercased()
  }

  private static func name(_ path: String) -> String {
    let file = path.split(separator: "/").last ?? ""
    guard let dot = file.lastIndex(of: "."), dot != file.startIndex else { return String(file) }
    return String(file[..<dot])
  }
}

extension Problem {
  static func empty(_ path: String) -> Problem {
    Problem(
      .refused, path: path, what: "There is no text in it.", remedy: "Write at least one paragraph, or remove it.")
  }
}
