import Coaching
import Corpus
import Dialogue
import Foundation
import KnowledgeStore
import Testing

/// The knowledge and the templates as they lie in the project, read once.
enum Shelf {
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static func path(_ name: String) -> String { root.appending(path: name).path(percentEncoded: false) }

  static let library = Result { try source([path("Knowledge")]).library() }

  private static let knowledge = Result { try knowledge(in: [path("Knowledge")]) }

  static let templates = Result { try Templates(texts: templateTexts()) }

  /// The coach of the project's own knowledge.
  static func coach(contacts: [Contact] = []) throws -> Coach {
    Coach(knowledge: try knowledge.get(), templates: try templates.get(), contacts: contacts)
  }

  /// A coach of other folders, in memory.
  static func coach(of folder: String) throws -> Coach {
    Coach(knowledge: try knowledge(in: [folder]), templates: try templates.get())
  }

  static func templateTexts() throws -> [String: String] {
    var texts: [String: String] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: path("Prompts")) where name.hasSuffix(".mustache") {
      texts[String(name.dropLast(9))] = try String(contentsOfFile: path("Prompts/" + name), encoding: .utf8)
    }
    return texts
  }

  private static func source(_ folders: [String]) -> KnowledgeSource {
    let nowhere = FileManager.default.temporaryDirectory.appending(path: "no-index-\(UUID())")
    return KnowledgeSource(
      folders: KnowledgeFolders(folders), place: IndexPlace(folder: nowhere.path(percentEncoded: false)))
  }

  private static func knowledge(in folders: [String]) throws -> Knowledge {
    let generation = try source(folders).open(storing: false).generation
    return Knowledge(catalogue: generation.catalogue, index: generation.index)
  }
}

/// A dialogue with one coach.
struct Talk {
  let coach: Coach
  let surface: Surface
  var conversation: Conversation

  init(_ coach: Coach, on surface: Surface = .line, owner: String = "somebody") {
    self.coach = coach
    self.surface = surface
    conversation = Conversation(owner: owner)
  }

  init(on surface: Surface = .line) throws {
    self.init(try Shelf.coach(), on: surface)
  }

  @discardableResult
  mutating func say(_ text: String, isRepaired: Bool = false, isPrefixed: Bool = false) -> Reply {
    let utterance = Utterance(text: text, surface: surface, requestID: "7", isRepaired: isRepaired)
    return coach.reply(to: utterance, in: &conversation, isPrefixed: isPrefixed)
  }
}

/// A question of `Tests/Judged`.
struct Judged: Decodable, Sendable {
  var question: String
  var documents: [String]
  var kind: String?
  var after: String?

  static func all() throws -> [Judged] {
    try ["concepts", "practices", "people"].flatMap { name in
      try String(contentsOfFile: Shelf.path("Tests/Judged/\(name).jsonl"), encoding: .utf8).split(separator: "\n")
        .map { try JSONDecoder().decode(Judged.self, from: Data($0.utf8)) }
    }
  }
}

/// What `PROTOCOL.md` promises of every text: something, no empty line, no control character but LF.
func isReadable(_ text: String) -> Bool {
  !text.isEmpty && !text.hasPrefix("\n") && !text.hasSuffix("\n") && !text.contains("\n\n")
    && text.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control }
}
