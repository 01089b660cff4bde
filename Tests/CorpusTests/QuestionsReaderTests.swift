import Corpus
import Testing

struct QuestionsReaderTests {
  @Test("each list item of a file under questions/ is one more way of asking for the document of its name")
  func items() {
    let reading = DocumentReader.read(
      """
      # Saying no upwards

      Heard in the canteen:

      - My boss adds *one more* thing, what now?
      - How do I
        refuse?
      1. No?
      """, path: "ours/questions/saying-no-upwards.md")
    #expect(reading.problems.isEmpty)
    #expect(reading.document == nil)
    #expect(reading.questions?.document == "saying-no-upwards")
    #expect(reading.questions?.questions == ["My boss adds one more thing, what now?", "How do I refuse?", "No?"])
  }

  @Test("a file without a question is refused by name")
  func none() {
    let reading = DocumentReader.read("How do I refuse?", path: "questions/no.md")
    #expect(reading.questions == nil)
    #expect(reading.problems.map(\.severity) == [.refused])
    #expect(reading.problems.first?.path == "questions/no.md")
  }

  @Test("questions go to their document, after its own; those of no document are named")
  func library() {
    let library = Library([
      DocumentReader.read("---\nquestions: [one?]\n---\nText.", path: "plan.md"),
      DocumentReader.read("- two?\n", path: "questions/plan.md"),
      DocumentReader.read("- three?\n", path: "ours/questions/plan.md"),
      DocumentReader.read("- four?\n", path: "questions/nothing.md"),
    ])
    #expect(library.documents.map(\.slug) == ["plan"])
    #expect(library.documents.first?.allQuestions == ["one?", "two?", "three?"])
    #expect(library.catalogue["plan"]?.furtherQuestions == ["two?", "three?"])
    #expect(library.problems.map(\.path) == ["questions/nothing.md"])
    #expect(library.problems.first?.what.contains("nothing") == true)
  }
}
