/// Durations as the configuration writes them: `30s`, `5m`, `6h`, `30d`.
enum DurationText {
  private static let units: [(suffix: Character, seconds: Int)] = [("d", 86_400), ("h", 3600), ("m", 60), ("s", 1)]

  /// nil unless the text is up to six ASCII digits and one of the letters s, m, h, d.
  static func parse(_ text: String) -> Duration? {
    guard let unit = units.first(where: { text.last == $0.suffix }) else { return nil }
    let digits = text.dropLast()
    guard (1...6).contains(digits.utf8.count), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let count = Int(digits)
    else { return nil }
    return .seconds(count * unit.seconds)
  }

  static func text(_ duration: Duration) -> String {
    let seconds = Int(duration.components.seconds)
    guard seconds > 0, let unit = units.first(where: { seconds % $0.seconds == 0 }) else { return "\(seconds)s" }
    return "\(seconds / unit.seconds)\(unit.suffix)"
  }
}
