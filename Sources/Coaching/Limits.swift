import Dialogue

/// Matters that go to people, not to passages (design promise 3): somebody's life or safety, and harassment.
///
/// Decided by plain phrases, listed here for review: a phrase missed costs an answer that does not help, a phrase too many costs an
/// answer that sends somebody to people without need, so the phrases name the matter itself and not words near it.
struct Limits {
  enum Matter: String, CaseIterable {
    case crisis, violence, harassment
  }

  private static let phrases: [(Matter, [String])] = [
    (
      .crisis,
      [
        "kill myself", "killing myself", "end my life", "ending my life", "take my own life", "taking my own life",
        "suicid",
        "want to die", "do not want to live", "don t want to live", "no reason to live", "hurt myself", "harm myself",
        "self harm", "kill himself", "kill herself", "kill themselves", "better off dead", "can t go on living",
        "wish i was dead", "wish i were dead", "wishes he was dead", "wishes he were dead", "wishes she was dead",
        "wishes she were dead", "wish they were dead", "wants to die", "want to end it all",
        "wants to end it all", "ending it all", "dont want to live", "to be alive any", "cant go on living",
        "i can t go on any more", "i can t go on anymore", "harm himself", "harm herself", "harms himself",
        "harms herself", "cutting myself", "cuts himself with", "cuts herself with", "take his own life",
        "take her own life", "took his own life", "took her own life", "t want to be here any more",
        "t want to be here anymore", "want to disappear forever", "feel like ending it", "taking pills to",
      ]
    ),
    (
      .violence,
      [
        "hits me", "hit me in the face", "hit me in the head", "hit me in the stomach", "he hit me in", "she hit me in",
        "boss hit me in", "colleague hit me in", "customer hit me in", "beats me", "beat me up", "threatens to kill",
        "threatened to kill", "said he would kill me", "said she would kill me", "says he will kill me",
        "tried to kill me", "tries to kill me", "wants to kill me",
        "threatens me with",
        "threatened me with", "brought a weapon", "brought a knife", "brought a gun", "physically attack",
        "afraid for my life",
        "threw a chair at", "slapped me", "punched me", "choked me", "shoved me against", "shoved me down",
        "threatened to shoot", "threatens to shoot", "was assaulted", "been assaulted", "assaulted me",
      ]
    ),
    (
      .harassment,
      [
        "sexually harass", "sexual harass", "sexual advances", "sexual remarks", "touches me", "touched me", "gropes",
        "touching me", "touching her", "touches her", "touched her", "touching my", "touches my", "keeps touching",
        "groped",
        "grabbed my breast", "grabbed my bottom", "molest", "raped", "rape me", "wants sex", "stalks me", "stalking me",
        "being stalked",
        "harasses me", "harassing me", "i am being harassed", "i m being harassed", "is being harassed", "racist slur",
        "calls me names because",
        "being bullied", "bullies me", "sexual comments", "sexual jokes", "hand on my knee", "hand on my thigh",
        "hand on my bottom", "nude pictures", "nude photos", "naked pictures", "jokes about my skin",
        "comments about my breasts", "boss follows me home",
        "colleague follows me home", "he follows me home", "he followed me home", "racist jokes", "racist remarks",
      ]
    ),
  ]

  /// The phrases by their first words.
  private static let byFirstWord: [Substring: [(matter: Matter, words: [Substring])]] = {
    let all = phrases.flatMap { matter, phrases in phrases.map { (matter: matter, words: $0.split(separator: " ")) } }
    return Dictionary(grouping: all.filter { $0.words.count > 1 }) { $0.words[0] }
  }()

  /// The phrases of one word.
  private static let beginnings = phrases.flatMap { matter, phrases in
    phrases.filter { !$0.contains(" ") }.map { (matter: matter, word: $0) }
  }

  /// The matter that an utterance is about, if it is one of these; of several the first.
  ///
  /// A phrase is the beginning of words (`suicid`), but one that ends with `me` ends there: nobody is to be sent to the
  /// police for wanting to kill meetings. Complexity: linear in the words, times the phrases that begin with the same word.
  static func matter(of text: String) -> Matter? {
    let lowered = text.lowercased()
    let words = lowered.split { !$0.isLetter }
    var matters: Set<Matter> = []
    for (place, word) in words.enumerated() {
      for (matter, beginning) in beginnings where word.hasPrefix(beginning) { matters.insert(matter) }
      for (matter, phrase) in byFirstWord[word] ?? [] where isThere(phrase, in: words[place...]) {
        matters.insert(matter)
      }
    }
    return Matter.allCases.first(where: matters.contains)
  }

  private static func isThere(_ phrase: [Substring], in words: ArraySlice<Substring>) -> Bool {
    guard let last = phrase.last, words.count >= phrase.count else { return false }
    let end = words[words.startIndex + phrase.count - 1]
    return (last == "me" ? end == last : end.hasPrefix(last))
      && phrase.dropLast().elementsEqual(words.prefix(phrase.count - 1))
  }
}

/// Who to turn to, as the configuration names them.
package struct Contact: Sendable, Equatable {
  package var name: String
  /// What for: `crisis`, `violence`, `harassment`, or other words of the operator's.
  package var matters: [String]
  package var how: String

  package init(name: String, matters: [String], how: String) {
    self.name = name
    self.matters = matters
    self.how = how
  }
}

extension Coach {
  /// The reply to a matter for people: the contacts for it first, or else whom one finds everywhere.
  func boundary(_ matter: Limits.Matter) -> Reply {
    let named = contacts.filter { $0.matters.contains(matter.rawValue) }
    let inputs: [String: Any] = [
      "contacts": named.map { ["name": $0.name, "how": $0.how] }, "any": !named.isEmpty,
      "crisis": matter == .crisis, "violence": matter == .violence, "harassment": matter == .harassment,
    ]
    return Reply(kind: .boundary, text: templates.render(.boundary, inputs))
  }
}
