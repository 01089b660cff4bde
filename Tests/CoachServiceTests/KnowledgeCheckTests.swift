import CoachService
import Corpus
import Testing

@Suite("The check of the knowledge: form")
struct KnowledgeCheckTests {
  /// One thing that a writer can get wrong, and what the check says of it.
  struct Fault: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var what: String
    var section: String?
    var spoil: @Sendable (inout KnowledgePage) -> Void

    init(
      _ name: String, _ what: String, section: String? = nil, spoil: @escaping @Sendable (inout KnowledgePage) -> Void
    ) {
      testDescription = name
      self.what = what
      self.section = section
      self.spoil = spoil
    }
  }

  static let first = "what-it-is"

  static let faults = [
    Fault("no summary", "There is no summary.") { $0.front["summary"] = nil },
    Fault("a short summary", "The summary has 34 words.") { $0.front["summary"] = KnowledgePage.words(34) },
    Fault("no aliases", "There are no aliases.") { $0.front["aliases"] = nil },
    Fault("few questions", "There are 2 questions.") { $0.front["questions"] = "[who?, what?]" },
    Fault("nothing related", "No related document is named.") { $0.front["related"] = nil },
    Fault("no source", "No source is named.") { $0.front["sources"] = nil },
    Fault("two sections", "It has 2 sections.") { page in
      page.sections.removeLast(2)
      for index in page.sections.indices { page.sections[index].paragraph = KnowledgePage.words(130) + "." }
    },
    Fault("a long document", "The document has 920 words.") { page in
      for index in page.sections.indices { page.sections[index].paragraph = KnowledgePage.words(130) + "." }
      page.sections.append(page.sections[0])
      page.sections[4].heading = "How it looks"
      page.sections[4].paragraph = KnowledgePage.words(65) + "."
    },
    Fault("a short section", "The section has 79 words.", section: first) {
      $0.sections[0].paragraph = KnowledgePage.words(39) + "."
    },
    Fault("a section that is cut in two", "The section has 240 words.", section: first) {
      $0.sections[0].paragraph = (KnowledgePage.words(100) + ".\n\n") + KnowledgePage.words(100) + "."
    },
    Fault("a long lead", "The lead has 61 words.", section: first) {
      $0.sections[0].lead = KnowledgePage.words(61) + "."
    },
    Fault("no lead", "There is no lead.", section: first) { $0.sections[0].lead = nil },
    Fault("no step", "There is no step.", section: first) { $0.sections[0].step = nil },
    Fault("a step without its then", "The step is not of the form \"If ..., then ...\".", section: first) {
      $0.sections[0].step = "If the bell rings, " + KnowledgePage.words(15) + "."
    },
    Fault("a short step", "The step has 6 words.", section: first) {
      $0.sections[0].step = "If asked, then answer at once."
    },
    Fault("no question", "There is no question.", section: first) { $0.sections[0].question = nil },
    Fault("a question that is none", "The question does not end in \"?\".", section: first) {
      $0.sections[0].question = "Think of what you could leave."
    },
    Fault("two questions in one", "The question is more than one sentence.", section: first) {
      $0.sections[0].question = "What could you leave? And to whom?"
    },
    Fault("a long question", "The question has 21 words.", section: first) {
      $0.sections[0].question = "What " + KnowledgePage.words(20) + "?"
    },
    Fault("a question for reasons", "The question asks \"why\", which calls for a defence.", section: first) {
      $0.sections[0].question = "What is the reason why you stay?"
    },
    Fault("a closed question", "The question begins with \"don't\", so yes or no answers it.", section: first) {
      $0.sections[0].question = "Don't you leave too little to others?"
    },
    Fault("a heading twice", "The heading \"What it is\" stands twice.", section: "what-it-is-2") {
      $0.sections[2].heading = "What it is"
    },
    Fault("text before the first heading", "There is text before the first heading.", section: "start") { page in
      page.sections[0].heading = ""
    },
  ]

  private static func check(_ readings: [Reading]) -> KnowledgeCheck {
    let library = Library(readings)
    var check = KnowledgeCheck(library)
    check.add(library.problems)
    return check
  }

  private static func sound(_ more: [Reading] = []) -> [Reading] {
    [KnowledgePage.concept().reading, KnowledgePage.practice().reading] + more
  }

  @Test("documents that keep to the form have no findings")
  func sound() {
    #expect(Self.check(Self.sound()).findings.map(\.description) == [])
  }

  @Test("what is wrong in a document is one error, at its place", arguments: faults)
  func fault(_ fault: Fault) {
    var page = KnowledgePage.concept()
    fault.spoil(&page)
    let findings = Self.check([page.reading, KnowledgePage.practice().reading]).findings
    let found = findings.first { $0.what == fault.what }
    #expect(found?.path == page.path && found?.severity == .error, "\(findings)")
    #expect(found?.section == fault.section)
    #expect(findings.count { $0.what == fault.what } == 1)
  }

  @Test("a practice is shorter than a concept")
  func practice() {
    let practice = KnowledgePage.practice()
    var concept = practice
    concept.path = "concepts/listening.md"
    #expect(Self.check([concept.reading, KnowledgePage.concept().reading]).errorCount > 0)
  }

  @Test("a team's document of another kind is asked for no form")
  func other() {
    let note = KnowledgePage.read("Fog\n\nThe captain decides.\n", "ferries/fog.txt")
    #expect(Self.check(Self.sound([note])).findings == [])
  }

  @Test(
    "a name that leads nowhere is an error",
    arguments: [
      KnowledgePage.read("---\nrelated: [nowhere]\n---\nSome text.\n", "team/plan.md"),
      KnowledgePage.tips([("Wait", KnowledgePage.words(30))], from: "trust#nowhere"),
      KnowledgePage.read("---\ntitel: Plan\n---\nSome text.\n", "team/plan.md"),
      KnowledgePage.read("", "team/empty.md"),
    ])
  func links(_ reading: Reading) {
    let findings = Self.check(Self.sound([reading])).findings
    #expect(findings.map(\.severity) == [.error], "\(findings)")
    #expect(findings.first?.path == reading.path)
  }

  @Test("a file that is no knowledge is worth a look only")
  func skipped() {
    var check = KnowledgeCheck(Library(Self.sound()))
    check.add([Problem(.warning, path: "plan.pdf", what: "It is not text.", remedy: "Save it as text.")])
    check.add([Problem(.refused, path: "plan.md", what: "It cannot be read.", remedy: "Give the right.")])
    #expect(check.findings.map(\.severity) == [.error, .advice])
  }

  @Test("a tip has 25 to 50 words", arguments: [(24, 1), (25, 0), (50, 0), (51, 1)])
  func tipLength(words: Int, errors: Int) {
    let tips = KnowledgePage.tips([("Wait", KnowledgePage.words(words))])
    #expect(Self.check(Self.sound([tips])).errorCount == errors)
  }

  static let promise = """
    Promise one modest thing this morning, with a time, and deliver it before then. If you see that you cannot, say so early, \
    and offer another day.
    """

  @Test(
    "tips with nearly the same words are an error, and tips on the same matter are none",
    arguments: [
      (
        "Early this morning promise a modest thing with its time. Deliver it before then. If you see that you can't, say so, "
          + "and offer some other day instead of that.", 1
      ),
      (
        "Find a promise of last week that slipped. Write to the person before they have to ask: it comes by Thursday, or it "
          + "will not come and you are sorry.", 0
      ),
    ])
  func nearDuplicates(text: String, errors: Int) {
    let tips = KnowledgePage.tips([("Keep one promise", Self.promise), ("Another title", text)])
    let findings = Self.check(Self.sound([tips])).findings
    #expect(findings.count == errors, "\(findings)")
  }

  @Test("the worst readable text gets advice, and short words in short sentences none")
  func readingEase() {
    let hard = """
      Organisational interdependencies necessitate considerable administrative circumspection, notwithstanding individual \
      predispositions concerning hierarchical accountability.
      """
    for (text, count) in [(hard, 1), ("The cat sat. It saw the dog. They ran to the sea.", 0)] {
      var check = KnowledgeCheck(Library([KnowledgePage.read(text + "\n", "team/note.md")]))
      check.checkReadingEase()
      #expect(check.findings.map(\.severity) == Array(repeating: .advice, count: count))
    }
  }

  @Test(
    "syllables",
    arguments: [
      ("the", 1), ("table", 2), ("tables", 2), ("time", 1), ("times", 1), ("boxes", 2), ("wanted", 2), ("called", 1),
      ("settled", 2), ("free", 1), ("idea", 2), ("leadership", 3), ("organisation", 5), ("1994", 1), ("be", 1),
    ])
  func syllables(word: String, count: Int) {
    #expect(ReadingEase.syllables(word) == count)
  }

  @Test("a document's question that finds another one first is advice")
  func ownQuestions() {
    var check = KnowledgeCheck(Library(Self.sound()))
    check.checkQuestions { question in question.contains("3") ? ["listening", "trust"] : [] }
    let found = check.findings.filter { $0.what == "\"what about case 3?\" finds listening first." }
    #expect(found.map(\.path) == ["concepts/trust.md"])
    #expect(check.findings.count == 11)
    #expect(check.findings.allSatisfy { $0.severity == .advice })
  }

  @Test("the doctor counts errors of form, and they hinder no start")
  func doctor() async throws {
    let bench = try Bench()
    try bench.write(KnowledgePage.concept().text, to: "knowledge/concepts/trust.md")
    try bench.write(KnowledgePage.practice().text, to: "knowledge/practices/listening.md")
    let workspace = try bench.workspace()
    let sound = await Doctor(workspace).findings().findings.first { $0.subject == "form" }
    #expect(sound?.text == "concepts, practices and tips keep to it" && sound?.status == nil)
    var page = KnowledgePage.concept()
    page.front["aliases"] = nil
    page.sections[0].question = nil
    try bench.write(page.text, to: "knowledge/concepts/trust.md")
    let spoiled = await Doctor(workspace).findings().findings.first { $0.subject == "form" }
    #expect(spoiled?.text.hasPrefix("2 errors") == true && spoiled?.status == nil)
  }

  @Test("findings are sorted by path, as lines and as JSON")
  func report() {
    var page = KnowledgePage.concept()
    page.sections[0].lead = nil
    page.front["sources"] = nil
    let tips = KnowledgePage.tips([("Wait", "Now.")])
    let report = Self.check([tips, page.reading, KnowledgePage.practice().reading]).report
    let lines = report.text.split(separator: "\n")
    let places = lines.dropLast().map { $0.prefix { $0 != ":" } }
    #expect(places == places.sorted() && places.count == 3)
    #expect(lines.first == "concepts/trust.md: error: No source is named. Add sources: who says so.")
    #expect(lines.last == "Documents: 2, questions: 12, further questions: 0, tips: 1, errors: 3, advice: 0.")
    let counts = #"{"ok":false,"documents":2,"questions":12,"furtherQuestions":0,"tips":1,"errors":3,"advice":0,"#
    #expect(report.json.hasPrefix(counts + #""findings":[{"severity":"error""#))
  }
}
