import Retrieval

/// Random numbers that are the same in every run (SplitMix64, Steele, Lea and Flood 2014).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// A made-up collection: words of which some are very frequent and most are rare, in fields of uneven length.
struct RandomCollection {
  var records: [Record] = []
  let vocabulary: [String]
  private var generator: SeededGenerator

  init(seed: UInt64, count: Int, words: Int, longest: Int = 30) {
    generator = SeededGenerator(seed: seed)
    // Consonants and a vowel that no stemmer touches, and no stop word among them.
    let letters = ["ba", "do", "ku", "mi", "no", "ra", "tu", "zo"]
    vocabulary = (0..<words).map { number in
      var (rest, word) = (number + 8, "")
      while rest > 0 {
        word += letters[rest % 8]
        rest /= 8
      }
      return word + "k"
    }
    for number in 0..<count {
      records.append(
        Record(
          id: "record-\(number)", title: text(0...3), aliases: number % 3 == 0 ? text(0...2) + "\n" + text(1...2) : "",
          questions: number % 5 == 0 ? text(3...6) : "", body: text(0...longest)))
    }
  }

  mutating func text(_ lengths: ClosedRange<Int>) -> String {
    let length = Int.random(in: lengths, using: &generator)
    return (0..<length).map { _ in word() }.joined(separator: " ")
  }

  /// The cube of an even draw makes the first words frequent.
  private mutating func word() -> String {
    let draw = Double.random(in: 0..<1, using: &generator)
    return vocabulary[Int(draw * draw * draw * Double(vocabulary.count))]
  }
}

extension Index {
  /// The index of some records.
  static func of(_ records: [Record], settings: RankingSettings = .knowledge, attachment: [UInt8] = []) throws -> Index
  {
    try Index(bytes: bytes(of: records, settings: settings, attachment: attachment))
  }

  static func bytes(
    of records: [Record], settings: RankingSettings = .knowledge, attachment: [UInt8] = []
  ) throws -> [UInt8] {
    var builder = IndexBuilder(settings: settings)
    for record in records { try builder.add(record) }
    return builder.build(attachment: attachment)
  }
}
