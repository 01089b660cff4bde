import Coaching
import Corpus
import Dialogue
import Testing

@Suite("What the commands say")
struct CommandReplyTests {
  @Test("every command of a surface works there, by its own example", arguments: Surface.allCases)
  func examples(surface: Surface) throws {
    for declaration in Command.declared(on: surface) {
      var talk = try Talk(on: surface)
      talk.say("What is personal power?")
      let reply = talk.say(declaration.example)
      #expect(isReadable(reply.text), "\(declaration.example)")
      // Those of a connection are carried out by the connection.
      let isConnection = [.width, .prompt, .color].contains(declaration.name)
      #expect((reply.kind == .error) == isConnection, "\(declaration.example): \(reply.text)")
      #expect(reply.id == "7")
    }
  }

  @Test("a command that a surface does not have is unknown there", arguments: Surface.allCases)
  func foreign(surface: Surface) throws {
    for declaration in Command.table where !declaration.surfaces.contains(surface) {
      var talk = try Talk(on: surface)
      #expect(talk.say(declaration.example).code == .unknownCommand, "\(declaration.example)")
    }
  }

  @Test("/help lists every command of the surface and no other", arguments: Surface.allCases)
  func help(surface: Surface) throws {
    var talk = try Talk(on: surface)
    let lines = talk.say("/help").text.split(separator: "\n").dropFirst()
    #expect(lines.count == Command.declared(on: surface).count)
    for declaration in Command.declared(on: surface) {
      #expect(lines.contains { $0.hasPrefix(declaration.usage + " ") && $0.hasSuffix(declaration.summary) })
      #expect(talk.say("/help \(declaration.name.rawValue)").text.contains(declaration.detail))
      #expect(talk.say("/help /\(declaration.name.rawValue.uppercased())").text.contains(declaration.example))
    }
    #expect(talk.say("/help dance").code == .invalidArgument)
  }

  @Test("/concepts lists every document, and with words the nearest first")
  func concepts() throws {
    var talk = try Talk()
    let all = talk.say("/concepts").text
    for document in try Shelf.library.get().documents {
      #expect(all.contains("- \(document.title) (\(document.slug))"))
    }
    let near = talk.say("/concepts personal power").text.split(separator: "\n").filter { $0.hasPrefix("- ") }
    #expect((1...8).contains(near.count))
    #expect(near.prefix(3).contains { $0.contains("(personal-power)") })
    #expect(talk.say("/concepts xyzzyq").text.hasPrefix("I know no topic"))
  }

  @Test(
    "/concept takes a slug, a title, an alias in any case, and a part of a title that only one has",
    arguments: [
      "personal-power", "Personal power", "PERSONAL POWER", "soft power", "Personal pow", "  personal power  ",
    ])
  func concept(name: String) throws {
    var talk = try Talk()
    let reply = talk.say("/concept \(name)")
    #expect(reply.kind == .notice)
    #expect(reply.passages.map(\.document) == ["personal-power"])
    #expect(reply.text.hasPrefix("Personal power\n") && reply.text.hasSuffix("[personal-power]"))
  }

  @Test("/concept of every document shows its summary and its sections")
  func everyConcept() throws {
    var talk = try Talk()
    for document in try Shelf.library.get().documents {
      let text = talk.say("/concept \(document.slug)").text
      #expect(isReadable(text) && text.hasPrefix(document.title), "\(document.slug)")
      if let summary = document.summary { #expect(text.contains(summary), "\(document.slug)") }
    }
  }

  @Test("a topic that there is not gets the nearest names", arguments: ["power trust", "!!!", "{{title}}", "ß"])
  func missing(name: String) throws {
    var talk = try Talk()
    let reply = talk.say("/concept \(name)")
    #expect(reply.kind == .notice && reply.text.hasPrefix("I know no topic of that name."))
    #expect(reply.near.count <= 3)
    #expect(!reply.text.contains(name))
  }

  @Test("before there was an answer, what refers to one says so", arguments: ["/more", "/why", "/sources"])
  func nothingYet(line: String) throws {
    var talk = try Talk()
    let reply = talk.say(line)
    #expect(reply.kind == .notice && reply.text.hasPrefix("There is no answer yet"))
  }

  @Test("/why names every slip of the pen, also one that was read as a word already asked")
  func slips() throws {
    var talk = try Talk()
    #expect(talk.say("How do I build trust, I mean trsut, after a broken promise?").kind == .answer)
    let reasons = talk.say("/why").text
    #expect(reasons.contains("trsut, read as trust:"), "\(reasons)")
  }

  @Test("/more shows each further passage once, until it says that this was all")
  func more() throws {
    var talk = try Talk()
    var seen = [try #require(talk.say("How do I get people to follow when I have no authority?").passages.first?.id)]
    while seen.count < 50 {
      let reply = talk.say("/more")
      #expect(isReadable(reply.text))
      guard reply.kind == .answer else { break }
      let passage = try #require(reply.passages.first)
      #expect(reply.text.contains("[\(passage.id)]") && reply.text.contains(passage.text))
      seen.append(passage.id)
    }
    #expect(seen.count == Set(seen).count && (2...9).contains(seen.count), "\(seen)")
    #expect(talk.say("/more").text.hasPrefix("That is all that I have on it."))
    let sources = talk.say("/sources").text
    #expect(seen.allSatisfy { sources.contains("[\($0)]") })
  }

  @Test("/why has a line for each word that counts, and shares of one hundred percent at most")
  func why() throws {
    var talk = try Talk()
    talk.say("What does personnal power do for xyzzyq trust?")
    let text = talk.say("/why").text
    #expect(isReadable(text))
    let words = text.split(separator: "\n").drop { $0 != "How your words counted:" }.dropFirst()
    #expect(words.contains { $0.hasPrefix("- personnal, read as personal: ") })
    #expect(words.contains("- xyzzyq: I do not know this word"))
    let shares = words.compactMap { $0.firstMatch(of: /: (\d+) percent/).flatMap { Int($0.output.1) } }
    #expect(!shares.isEmpty && shares.allSatisfy { (0...100).contains($0) } && shares.reduce(0, +) <= 102)
    let confidence = text.firstMatch(of: /^I am (\d+) percent/).flatMap { Int($0.output.1) }
    #expect(confidence.map { (50...100).contains($0) } == true)
  }

  @Test("after a restart /why still names the passages, and admits that it does not keep the words")
  func whyRestored() throws {
    var talk = try Talk()
    talk.say("What does personal power do for trust?")
    let id = try #require(talk.say("/sources").text.firstMatch(of: /\[([^\]]+)\]/)).output.1
    talk.conversation = Conversation(bytes: talk.conversation.bytes)
    let text = talk.say("/why").text
    #expect(text.contains("[\(id)]") && text.contains("I do not keep your words"))
    #expect(talk.say("/more").kind == .answer)
  }

  @Test("/tip repeats none until all were told, and cites a passage that there is")
  func tips() throws {
    let tips = try Shelf.library.get().tips
    var talk = try Talk()
    var texts: [String] = []
    for _ in tips {
      let reply = talk.say("/tip")
      #expect(isReadable(reply.text) && reply.passages.count == 1)
      texts.append(reply.text)
    }
    #expect(Set(texts).count == tips.count)
    #expect(talk.say("/tip").text != texts.last)
  }

  @Test("two conversations begin with different tips")
  func tipsDiffer() throws {
    let coach = try Shelf.coach()
    let first = Set(
      (0..<20).map { number in
        var talk = Talk(coach, owner: "c-\(number)")
        return talk.say("/tip").text
      })
    #expect(first.count > 5)
  }

  @Test("/tip with a topic gives tips on it, in any writing")
  func topics() throws {
    let topics = Set(try Shelf.library.get().tips.map(\.topic)).sorted()
    for topic in topics {
      let titles = try Shelf.library.get().tips.filter { $0.topic == topic }.map(\.title)
      var talk = try Talk()
      for written in [topic, topic.uppercased(), topic.replacing("-", with: " ")] {
        let title = talk.say("/tip \(written)").text.split(separator: "\n").first.map(String.init)
        #expect(titles.contains(title ?? ""), "\(written)")
      }
    }
    var talk = try Talk()
    let reply = talk.say("/tip xyzzyq")
    #expect(topics.allSatisfy { reply.text.contains($0) } && !reply.text.contains("xyzzyq"))
  }

  @Test("asking for one topic's tips over and over does not bring back those of other topics")
  func topicRounds() throws {
    var talk = try Talk()
    let before = (0..<20).map { _ in talk.say("/tip").text }
    for _ in 0..<30 { talk.say("/tip trust") }
    let trust = Set(try Shelf.library.get().tips.filter { $0.topic == "trust" }.map(\.title))
    let after = (0..<20).map { _ in talk.say("/tip").text }
    let repeated = Set(before).intersection(after).filter { !trust.contains(String($0.prefix { $0 != "\n" })) }
    #expect(repeated.isEmpty)
  }

  @Test("/status counts what there is")
  func status() throws {
    let library = try Shelf.library.get()
    var talk = try Talk()
    let text = talk.say("/status").text
    for count in [library.documents.count, library.documents.flatMap(\.passages).count, library.tips.count] {
      #expect(text.contains(" \(count) "))
    }
  }

  @Test(
    "behind a prefix a command needs no slash, and a question may begin with its name",
    arguments: [
      ("status", Reply.Kind.notice), ("", .notice), ("tip trust", .notice),
      ("tip for a lead who broke a promise and lost the trust of the team", .answer),
      ("more", .notice), ("/status", .notice),
    ])
  func prefixed(words: String, kind: Reply.Kind) throws {
    var talk = try Talk(on: .chat)
    #expect(talk.say(words, isPrefixed: true).kind == kind, "\(words)")
  }

  @Test("a damaged command is refused, a damaged question is answered")
  func repairedLines() throws {
    var talk = try Talk()
    #expect(talk.say("/status", isRepaired: true).code == .damagedCommand)
    #expect(talk.say("What is personal power?", isRepaired: true).kind == .answer)
  }
}
