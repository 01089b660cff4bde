/// Reads a file of questions: each list item is one more way of asking for the document that has the file's name. Whatever
/// else stands there is for the people who keep the list.
enum QuestionsReader {
  static func read(_ blocks: [Block], _ fields: inout FieldReader, at place: Place) -> Reading {
    fields.finish()
    let questions = blocks.filter { $0.kind == .item }.map { PlainText.line(unmarked($0.text)) }.filter { !$0.isEmpty }
    guard !questions.isEmpty else {
      let problem = Problem(
        .refused, path: place.path, what: "There are no questions in it.",
        remedy: "Write one a line, each behind a dash and a space.")
      return Reading(path: place.path, problems: fields.problems + [problem])
    }
    return Reading(
      path: place.path, questions: Reading.FurtherQuestions(document: place.slug, questions: questions),
      problems: fields.problems)
  }

  /// Without the item's mark.
  private static func unmarked(_ item: String) -> String {
    guard let end = item.firstIndex(of: " ") else { return "" }
    return String(item[end...])
  }
}
