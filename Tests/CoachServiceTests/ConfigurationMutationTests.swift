import CoachService
import Testing

@Suite("Two hundred damaged configurations")
struct ConfigurationMutationTests {
  /// SplitMix64, so that a failing seed fails again.
  private struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }
  }

  private static let lines = ConfigurationTests.full.split(separator: "\n").map(String.init)

  /// The lines whose key is one of ours, and not a name that somebody chose.
  private static let keyed = lines.indices.filter {
    lines[$0].contains(": ") || lines[$0].hasSuffix(":")
  }.filter { !["leads:", "second:", "morning-tip:"].contains(lines[$0].split(separator: " ").joined()) }

  private func changed(_ place: Int, _ change: (String) -> String) -> String {
    var lines = Self.lines
    lines[place] = change(lines[place])
    return lines.joined(separator: "\n") + "\n"
  }

  @Test("a changed key is never ignored in silence", arguments: 0..<200)
  func changedKeys(seed: Int) throws {
    var generator = Seeded(state: UInt64(seed))
    let place = try #require(Self.keyed.randomElement(using: &generator))
    var wrong = ""
    let text = changed(place) { line in
      let indent = line.prefix { $0 == " " || $0 == "-" }
      let rest = line.dropFirst(indent.count)
      var key = Array(rest.prefix { $0 != ":" })
      let letter = Int.random(in: key.indices, using: &generator)
      switch Int.random(in: 0..<3, using: &generator) {
      case 0: key.remove(at: letter)
      case 1: key.insert("Q", at: letter)
      default: key[letter] = "Q"
      }
      wrong = String(key)
      return indent + wrong + rest.drop { $0 != ":" }
    }
    let problems = ConfigurationTests.problems(text)
    #expect(!problems.isEmpty, "\(text)")
    #expect(problems.contains { $0.contains(wrong) }, "\(wrong): \(problems)")
  }

  @Test("a further key anywhere is told by its line", arguments: 0..<keyed.count)
  func furtherKeys(number: Int) {
    let place = Self.keyed[number]
    let line = Self.lines[place]
    // A list item's further keys stand under its first one.
    let indent = line.prefix { $0 == " " || $0 == "-" }.map { _ in " " }.joined()
    var lines = Self.lines
    lines.insert(indent + "surplus: 1", at: place + (line.contains("- ") ? 1 : 0))
    let problems = ConfigurationTests.problems(lines.joined(separator: "\n"))
    #expect(problems.contains { $0.contains("surplus: is not a key") }, "\(problems)")
  }

  @Test("a changed value is taken and printed as it was taken, or told", arguments: 0..<200)
  func changedValues(seed: Int) throws {
    var generator = Seeded(state: UInt64(seed) &+ 1000)
    let place = try #require(Self.keyed.randomElement(using: &generator))
    let values = [
      "", "~", "null", "true", "7", "-7", "1e99", "99999999999999999999", "[]", "[a, [b]]", "{}", "{ a: { b: c } }",
      "\"\"",
      "'a\u{85}b'", "\"\\x80\\u2028\"", "env:", "0s", "!!int x", "!!map [a]", "&a x", "*a", "<<: *a", "| x", "\"🙂\"",
    ]
    let value = try #require(values.randomElement(using: &generator))
    let text = changed(place) { line in String(line.prefix { $0 != ":" }) + ": " + value }
    try check(text)
  }

  @Test("a changed, lost or further byte is no trap", arguments: 0..<200)
  func changedBytes(seed: Int) throws {
    var generator = Seeded(state: UInt64(seed) &+ 2000)
    var bytes = Array(ConfigurationTests.full.utf8)
    for _ in 0..<Int.random(in: 1...4, using: &generator) {
      let place = Int.random(in: bytes.indices, using: &generator)
      switch Int.random(in: 0..<4, using: &generator) {
      case 0: bytes.remove(at: place)
      case 1: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: place)
      case 2: bytes.removeSubrange(place...)
      default: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      }
      if bytes.isEmpty { return }
    }
    try check(String(decoding: bytes, as: UTF8.self))
  }

  /// Either problems, each a line with words; or a configuration that reads back as it is printed.
  private func check(_ text: String) throws {
    let configuration: Configuration
    do throws(Configuration.Problems) {
      configuration = try ConfigurationTests.read(text)
    } catch {
      #expect(!error.lines.isEmpty && error.lines.allSatisfy { !$0.isEmpty && !$0.contains("\n") }, "\(error.lines)")
      return
    }
    let again = try ConfigurationTests.read(configuration.yaml)
    #expect(String(describing: again) == String(describing: configuration), "\(text)")
  }
}
