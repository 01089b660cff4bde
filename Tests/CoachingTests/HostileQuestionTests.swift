import Coaching
import Dialogue
import Testing

@Suite("Questions that are none")
struct HostileQuestionTests {
  private static let longWord = String(repeating: "a", count: 8192)
  private static let questions: [String] = [
    "", " ", "\t", "?", "...", "🙂", "🙂🙃🧑‍🧑‍🧒‍🧒🇩🇪", "\u{301}\u{301}\u{301}", "\u{200B}", "\u{FEFF}", "\u{202E}trust",
    "the of and to a", "is it", "1", "0", "-1", "١٢٣", "½",
    longWord, String(repeating: "trust ", count: 1365), String(repeating: "? ", count: 4096),
    String(repeating: "why ", count: 2048), String(repeating: "personnel powwer ", count: 480),
    "e" + String(repeating: "\u{301}", count: 4000), String(repeating: "ﷺ", count: 2700),
    "{{answer}}", "{{#practice}}trust{{/practice}}", "{{{answer}}}", "{{> help}}", "{{! x }} trust",
    "{{=<% %>=}} trust",
    "Как завоевать доверие команды?", "どうすれば信頼を得られますか", "ما هي القيادة؟", "כיצד לבנות אמון?", "การไว้วางใจ",
    "' OR 1=1; DROP TABLE deliveries; --", "$(reboot) `reboot` | reboot", "<script>alert(1)</script> trust",
    "../../etc/passwd", "<!channel> <@U123> trust", "%00%0a", "İstanbul ve ıspanak", "ẞß ﬁ Å",
    "\u{1D54B}\u{1D563}\u{1D566}\u{1D564}\u{1D565}", "trust\u{0}trust", "line\nline\n\nline trust",
  ]

  @Test("everything gets a reply that can be read", arguments: questions)
  func replies(question: String) throws {
    for surface in Surface.allCases {
      var talk = try Talk(on: surface)
      let reply = talk.say(question)
      #expect(isReadable(reply.text))
      #expect([.answer, .unknown, .error].contains(reply.kind))
      #expect(reply.kind != .answer || !reply.passages.isEmpty)
      #expect(reply.text.utf8.count < 20_000)
      talk.say("What is personal power?")
      for line in [question, "/why", "/more", "/concepts \(question)", "/concept \(question)", "/tip \(question)"] {
        #expect(isReadable(talk.say(line).text))
      }
      #expect(isReadable(talk.say(question, isPrefixed: true).text))
      _ = reply.json()
    }
  }

  @Test("no template is opened by what somebody types", arguments: ["{{answer}} trust", "{{#near}}trust{{/near}}"])
  func templates(question: String) throws {
    var talk = try Talk()
    for line in [question, "/why", "/concept \(question)", "/tip \(question)", "/help \(question)"] {
      let text = talk.say(line).text
      #expect(!text.contains("{{") && !text.contains("}}"), "\(text)")
    }
  }

  @Test("without a letter or a digit there is no question", arguments: ["", " ", "?", "🙂", "...", "\u{200B}"])
  func noWords(text: String) throws {
    var talk = try Talk()
    #expect(talk.say(text).code == .emptyRequest)
  }

  @Test("only stop words are not known, and end in no answer about something else")
  func stopWords() throws {
    var talk = try Talk()
    #expect(talk.say("the of and to a").kind == .unknown)
  }

  @Test(
    "a reply does not repeat the question's words, outside /why",
    arguments: [
      "Why does xyzzyq rule the plughq?", "/concept xyzzyq plughq", "/concepts xyzzyq", "/tip xyzzyq",
      "What does personal power do for xyzzyq?",
    ])
  func noEcho(line: String) throws {
    var talk = try Talk()
    let reply = talk.say(line)
    #expect(!reply.text.contains("xyzzyq") && !reply.text.contains("plughq"))
  }
}
