import Corpus
import Testing

struct SlugTests {
  @Test(
    "a slug is lower case, with one dash for every run of other characters",
    arguments: [
      ("What it is", "what-it-is"), ("  When this advice is wrong? ", "when-this-advice-is-wrong"),
      ("A/B -- c.d", "a-b-c-d"), ("1st step", "1st-step"), ("Führung", "f-hrung"), ("\u{4E2D}\u{6587}", ""), ("", ""),
    ])
  func make(text: String, slug: String) {
    #expect(Slug.make(text) == slug)
    #expect(slug.isEmpty || Slug.isSlug(slug))
  }

  @Test("what is not a slug is told", arguments: ["", "-a", "a-", "a--b", "A", "a b", "a#b", "ä"])
  func refuse(text: String) {
    #expect(!Slug.isSlug(text))
  }

  @Test("a passage's id is two slugs with one # between them")
  func passageID() throws {
    let id = try #require(PassageID(rawValue: "personal-power#what-it-is"))
    #expect(id.document == "personal-power")
    #expect(id.section == "what-it-is")
    #expect(id == PassageID(document: "personal-power", section: "what-it-is"))
  }

  @Test("what is not a passage's id is refused", arguments: ["", "a", "#a", "a#", "a#b#c", "A#b", "a #b", "../x#y"])
  func refusedPassageID(text: String) {
    #expect(PassageID(rawValue: text) == nil)
  }
}
