import Foundation

/// Which runs of eight words a source text has, as hashes, so that sentences taken from it are found without the text being
/// here.
///
/// A word is a run of letters and digits, apostrophes within it included, in lower case. A run that consists only of names,
/// titles and figures may be repeated and is left out: one in which every word is capitalised in the source, holds a digit,
/// or joins such words ("of", "and", "percent").
///
/// The file: lines that begin with `#` say what it is; every other line is one hash, 16 hexadecimal digits, in ascending
/// order. The hash is FNV-1a with 64 bits (Fowler, Noll and Vo) over the UTF-8 of the words joined by one space.
package struct SourceShingles: Sendable, Equatable {
  static let length = 8

  private let hashes: Set<UInt64>

  package var count: Int { hashes.count }

  /// Takes the runs of a plain text.
  package init(of text: String) {
    let words = Self.words(of: text)
    hashes = Set(
      Self.windows(words).compactMap { window in
        window.allSatisfy(\.isNameOrFigure) ? nil : Self.hash(window)
      })
  }

  /// Takes the runs of a plain text in a file.
  package static func reading(source path: String) throws(Failure) -> SourceShingles {
    SourceShingles(of: try TextFile.read(path))
  }

  /// Reads a file of hashes.
  ///
  /// - Throws: `Failure` that names the first line that is no hash, or an empty file, which would find nothing.
  package static func reading(hashes path: String) throws(Failure) -> SourceShingles {
    var hashes: Set<UInt64> = []
    for (number, line) in TextFile.numberedLines(try TextFile.read(path)) where !line.hasPrefix("#") {
      guard line.utf8.count == 16, let hash = UInt64(line, radix: 16) else {
        throw Failure(.data, "\(path), line \(number): not a hash of 16 hexadecimal digits. Write the file anew.")
      }
      hashes.insert(hash)
    }
    guard !hashes.isEmpty else { throw Failure(.data, "\(path) holds no hashes. Write the file anew.") }
    return SourceShingles(hashes: hashes)
  }

  /// The runs of both.
  package func union(_ other: SourceShingles) -> SourceShingles {
    SourceShingles(hashes: hashes.union(other.hashes))
  }

  private init(hashes: Set<UInt64>) {
    self.hashes = hashes
  }

  /// What `reading(hashes:)` reads.
  package var fileText: String {
    let lines = hashes.sorted().map { hash in
      let digits = String(hash, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }
    return (Self.header + lines).joined(separator: "\n") + "\n"
  }

  private static let header = [
    "# The runs of eight words of the source text, as hashes: coach knowledge check --shingles finds sentences that were",
    "# taken over from it, and the text itself need not be here. One a line: FNV-1a, 64 bits, over the words in lower case",
    "# joined by one space. Runs of nothing but names, titles and figures are left out.",
    "# Written by: coach knowledge shingles SOURCE",
  ]

  /// The longest runs of eight words or more that a text has in common with the source, as words in lower case.
  ///
  /// Complexity: linear in the text.
  package func runs(in text: String) -> [String] {
    let words = Self.words(of: text)
    var runs: [Range<Int>] = []
    for (start, window) in Self.windows(words).enumerated() where hashes.contains(Self.hash(window)) {
      let run = start..<(start + Self.length)
      if let last = runs.last, last.upperBound > start, last.upperBound == run.upperBound - 1 {
        runs[runs.count - 1] = last.lowerBound..<run.upperBound
      } else {
        runs.append(run)
      }
    }
    return runs.map { words[$0].map(\.text).joined(separator: " ") }
  }

  private struct Word {
    var text: String
    var isNameOrFigure: Bool

    init(_ written: Substring) {
      text = written.lowercased().replacing("\u{2019}", with: "'")
      isNameOrFigure =
        written.first?.isUppercase == true || written.contains(where: \.isNumber)
        || SourceShingles.joints.contains(text)
    }
  }

  /// What joins names and figures to one name or figure.
  private static let joints: Set<String> = [
    "a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "percent", "the", "to", "with",
  ]

  private static func words(of text: String) -> [Word] {
    text.split { !($0.isLetter || $0.isNumber || $0 == "'" || $0 == "\u{2019}") }.compactMap { piece in
      let word = piece.trimming { $0 == "'" || $0 == "\u{2019}" }
      return word.isEmpty ? nil : Word(word)
    }
  }

  private static func windows(_ words: [Word]) -> [ArraySlice<Word>] {
    words.count < length ? [] : (0...(words.count - length)).map { words[$0..<($0 + length)] }
  }

  /// Offset basis and prime: draft-eastlake-fnv, section 5.
  private static func hash(_ window: ArraySlice<Word>) -> UInt64 {
    window.map(\.text).joined(separator: " ").utf8.reduce(0xcbf2_9ce4_8422_2325) { hash, byte in
      (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
    }
  }
}

extension Substring {
  fileprivate func trimming(_ isTrimmed: (Character) -> Bool) -> Substring {
    var rest = drop(while: isTrimmed)
    while let last = rest.last, isTrimmed(last) { rest = rest.dropLast() }
    return rest
  }
}
