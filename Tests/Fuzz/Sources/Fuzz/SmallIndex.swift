import Retrieval

/// Passages with everything that an index can hold: all fields, payloads, an attachment, frequent and rare words.
enum SmallIndex {
  private static let texts = [
    ("Mutual trust", "Trust grows when promises are kept. A broken promise is named early, and without excuses."),
    ("Personal power", "Personal power is expertise, ideas and character. It does not come with a post."),
    ("Number two leaders", "The number two keeps the promises of others. Trust in a deputy is trust in the work."),
    ("Feedback", "Say what you saw, and what came of it; then ask. Feedback without trust is noise."),
    ("Zurück zur Quelle", "Ein Satz in einer anderen Sprache: größer, naïve, Ωμέγα, 東京."),
  ]

  static let bytes: [UInt8] = {
    var builder = IndexBuilder()
    for (number, text) in texts.enumerated() {
      let record = Record(
        id: "passage-\(number)", title: text.0, aliases: "alias \(number)\nown words",
        questions: "What is \(text.0)?\nHow do I begin?", body: text.1, payload: Array(text.1.utf8))
      do { try builder.add(record) } catch { preconditionFailure("\(error)") }
    }
    // Lists of every form: in nearly all passages (dense), in one of twenty and one of ninety (packed), in a few (sparse).
    for number in 0..<1400 {
      var words = "everywhere word\(number % 60)"
      if number % 20 == 0 { words += " seldom" }
      if number % 90 == 0 { words += " rarely" }
      do { try builder.add(Record(id: "more-\(number)", body: words)) } catch { preconditionFailure("\(error)") }
    }
    return builder.build(attachment: Array("attachment".utf8))
  }()

  static let index: Index = {
    do { return try Index(bytes: bytes) } catch { preconditionFailure("\(error)") }
  }()
}
