/// How far apart two short words are, for suggesting the nearest one.
public enum Spelling {
  /// Levenshtein distance over bytes: letters put in, left out or replaced. Complexity: the product of the lengths.
  public static func distance(_ one: String, _ other: String) -> Int {
    let (source, target) = (Array(one.utf8), Array(other.utf8))
    var row = Array(0...target.count)
    for (index, byte) in source.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for column in target.indices {
        let substitution = diagonal + (byte == target[column] ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(substitution, row[column] + 1, diagonal + 1)
      }
    }
    return row[target.count]
  }
}
