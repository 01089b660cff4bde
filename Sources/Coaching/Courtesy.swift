import Dialogue

/// What people say to be polite rather than to ask: a greeting, thanks, a goodbye, "who are you?".
///
/// Only whole utterances count, so that "Hello, my boss shouts at me" and "How do I say thank you?" stay questions.
enum Courtesy: String, CaseIterable {
  case greeting, thanks, goodbye, introduction

  private static let phrases: [Courtesy: Set<String>] = [
    .greeting: [
      "hello", "hi", "hey", "hello there", "hi there", "hey there", "good morning", "good afternoon", "good evening",
      "good day", "morning", "greetings", "how are you", "hello how are you", "hi how are you",
    ],
    .thanks: [
      "thanks", "thank you", "thx", "ty", "many thanks", "thanks a lot", "thank you very much", "thank you so much",
      "thanks so much", "ok thanks", "okay thanks", "ok thank you", "great thanks", "great thank you", "cheers",
      "that helped", "that helps", "that was helpful", "thanks that helped", "thanks that helps",
      "thank you that helps", "thank you that helped", "thanks for your help", "thank you for your help",
      "perfect thanks", "perfect thank you",
    ],
    .goodbye: ["bye", "bye bye", "goodbye", "good bye", "good night", "see you", "see you tomorrow", "quit", "exit"],
    .introduction: [
      "who are you", "what are you", "who is this", "what is this", "what can you do", "what do you do",
      "what can i ask", "what can i ask you", "what do you know", "what can you help with", "how do you work",
      "how does this work", "are you a bot", "are you a robot", "are you human", "are you a human", "are you real",
      "are you an ai", "is this a bot", "help", "help me", "can you help me", "i need help",
    ],
  ]

  /// The courtesy that an utterance is, if it is nothing else but plain punctuation and emoji.
  ///
  /// Complexity: linear in the utterance.
  init?(_ text: String) {
    guard text.allSatisfy({ $0.isLetter || $0.isWhitespace || ".,:;!?()'-".contains($0) || $0.isEmoji })
    else { return nil }
    let words = text.lowercased().split { !$0.isLetter && $0 != "'" }.filter { $0 != "coach" }.joined(separator: " ")
    guard let courtesy = Self.allCases.first(where: { Self.phrases[$0]?.contains(words) == true }) else { return nil }
    self = courtesy
  }
}

extension Character {
  fileprivate var isEmoji: Bool { unicodeScalars.first?.properties.isEmojiPresentation == true }
}

extension Coach {
  /// Answers in kind; what was talked about stays, so that `/more` goes on after thanks.
  func reply(_ courtesy: Courtesy) -> Reply {
    notice(.courtesy, Dictionary(uniqueKeysWithValues: Courtesy.allCases.map { ($0.rawValue, $0 == courtesy) }))
  }
}
