import Corpus

/// The form of concepts and practices, in words; `Knowledge/README.md` tells people the same numbers.
///
/// A section has to stand alone when it is cited, and a lead when only it is read: long enough to answer, short enough for
/// one screen of chat. Team documents of any other kind have no such form.
struct DocumentForm: Equatable {
  /// Sections in a document.
  var sections: ClosedRange<Int>
  /// Leads, paragraphs, steps and questions of all sections together.
  var body: ClosedRange<Int>
  /// Lead and paragraphs of one section.
  var section: ClosedRange<Int>
  var lead: ClosedRange<Int>

  static let concept = DocumentForm(sections: 3...5, body: 500...900, section: 80...180, lead: 35...60)
  static let practice = DocumentForm(sections: 3...4, body: 250...450, section: 55...130, lead: 25...50)

  static let summary = 35...60
  static let step = 15...45
  static let tip = 25...50
  static let longestQuestion = 20
  static let fewestQuestions = 6

  /// nil for a kind that has no form to keep.
  init?(of kind: Document.Kind) {
    switch kind {
    case .concept: self = .concept
    case .practice: self = .practice
    case .other: return nil
    }
  }

  private init(
    sections: ClosedRange<Int>, body: ClosedRange<Int>, section: ClosedRange<Int>, lead: ClosedRange<Int>
  ) {
    self.sections = sections
    self.body = body
    self.section = section
    self.lead = lead
  }
}

/// A section as its writer sees it: the passages of one heading, which are several when it is too long to cite whole.
struct DocumentSection {
  var id: PassageID
  var heading: [String]
  var lead: String?
  var practice: String?
  var question: String?
  /// Lead and paragraphs.
  var text: String

  static func sections(of document: Document) -> [DocumentSection] {
    var sections: [DocumentSection] = []
    for passage in document.passages {
      if let last = sections.last, last.heading == passage.heading {
        sections[sections.count - 1].text += "\n" + passage.text
      } else {
        sections.append(
          DocumentSection(
            id: passage.id, heading: passage.heading, lead: passage.lead, practice: passage.practice,
            question: passage.question, text: passage.text))
      }
    }
    return sections
  }
}

extension StringProtocol {
  /// How many words it has: what stands between white space.
  var wordCount: Int { split(whereSeparator: \.isWhitespace).count }
}
