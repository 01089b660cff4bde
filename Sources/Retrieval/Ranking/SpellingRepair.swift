/// Finds the known word that an unknown one was most likely meant to be.
///
/// Distance is that of Damerau and Levenshtein in its restricted form: letters inserted, left out, replaced, or two
/// neighbours exchanged. One such slip is allowed in words of 4 letters and more, two from 9 letters on. Only words
/// with the same first letter are tried: people seldom miss the first one (Kukich, "Techniques for automatically
/// correcting words in text", ACM Computing Surveys 1992, section 2.1). Among equals in distance the word that more
/// passages have wins.
struct SpellingRepair {
  private static let shortest = 4
  private static let shortestForTwo = 9

  private let file: IndexFile

  init(_ file: IndexFile) { self.file = file }

  struct Found {
    var word: [UInt8]
    var distance: Int
    var entry: Lexicon.Entry
  }

  /// The nearest known word; nil for words with anything but the letters a to z, short ones, and where nothing is near.
  ///
  /// Complexity: the known words with the same first letter, of which most are passed over by their shared beginnings.
  func nearest(to word: [UInt8]) -> Found? {
    guard word.count >= Self.shortest, word.allSatisfy(Self.isLetter) else { return nil }
    let allowed = word.count >= Self.shortestForTwo ? 2 : 1
    var best: Found?
    walk(file.lexicon.terms, word, allowed) { found, candidate, distance in
      let entry = file.lexicon.entry(found)
      if entry.isWord { keep(&best, Found(word: candidate, distance: distance, entry: entry)) }
    }
    walk(file.words, word, allowed) { found, candidate, distance in
      guard candidate.allSatisfy(Self.isLetter), let entry = entry(number: found.first) else { return }
      keep(&best, Found(word: candidate, distance: distance, entry: entry))
    }
    return best
  }

  /// a to z: in other scripts a slip is not one byte, and two letters can be a whole word.
  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }

  private func entry(number: Int) -> Lexicon.Entry? { file.lexicon.find(file.lexicon.terms.string(at: number)) }

  private func keep(_ best: inout Found?, _ found: Found) {
    guard let current = best else {
      best = found
      return
    }
    let isBetter =
      (found.distance, -found.entry.documentFrequency) < (current.distance, -current.entry.documentFrequency)
      || (found.distance == current.distance && found.entry.documentFrequency == current.entry.documentFrequency
        && found.word.lexicographicallyPrecedes(current.word))
    if isBetter { best = found }
  }

  /// Calls `body` with each string that begins like `word` and lies within `allowed` of it.
  private func walk(
    _ strings: SortedStrings, _ word: [UInt8], _ allowed: Int,
    _ body: (SortedStrings.Entry, [UInt8], Int) -> Void
  ) {
    var rows = DistanceRows(word, allowed: allowed)
    var walk = SortedStrings.Walk(strings, block: strings.firstBlock(from: [word[0]]))
    while let step = walk.step() {
      rows.replace(after: step.shared, by: step.suffix)
      if let first = rows.candidate.first, first > word[0] { return }
      guard rows.candidate.first == word[0], let distance = rows.distance else { continue }
      body(step.entry, rows.candidate, distance)
    }
  }
}

/// The rows of the distance table between a word and candidates that come in order, so that rows of a shared beginning
/// are reckoned once, and a beginning that is already too far is never continued.
private struct DistanceRows {
  private(set) var candidate: [UInt8] = []
  private let word: [UInt8]
  private let allowed: Int
  private var rows: [[Int]]
  /// How many rows after the first are right for the candidate.
  private var valid = 0
  /// The candidates' beginning of this length is too far from every beginning of the word.
  private var hopeless: Int?

  init(_ word: [UInt8], allowed: Int) {
    self.word = word
    self.allowed = allowed
    rows = [Array(0...word.count)]
  }

  mutating func replace(after shared: Int, by suffix: ByteView) {
    candidate.removeLast(max(0, candidate.count - shared))
    suffix.append(to: &candidate)
    valid = min(valid, shared)
    if let length = hopeless, length > shared { hopeless = nil }
  }

  /// The distance, nil if it is more than allowed.
  var distance: Int? {
    mutating get {
      if hopeless != nil || abs(candidate.count - word.count) > allowed { return nil }
      while valid < candidate.count {
        appendRow()
        if rows[valid].allSatisfy({ $0 > allowed }) {
          hopeless = valid
          return nil
        }
      }
      let distance = rows[valid][word.count]
      return distance <= allowed ? distance : nil
    }
  }

  private mutating func appendRow() {
    let letter = candidate[valid]
    let above = rows[valid]
    var row = [above[0] + 1]
    for column in word.indices {
      var cost = min(above[column] + (word[column] == letter ? 0 : 1), min(above[column + 1], row[column]) + 1)
      if column > 0, valid > 0, word[column] == candidate[valid - 1], word[column - 1] == letter {
        cost = min(cost, rows[valid - 1][column - 1] + 1)
      }
      row.append(cost)
    }
    valid += 1
    if valid < rows.count { rows[valid] = row } else { rows.append(row) }
  }
}
