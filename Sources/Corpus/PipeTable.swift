/// GitHub's tables, read from the paragraph that they are in plain CommonMark.
///
/// cmark's own extension tries every line of dashes as the rule of a table and reads the whole paragraph again for each,
/// which a file of such lines turns into hours (0.29.0.gfm.6: seconds for 200 KB); this looks at the second line only.
enum PipeTable {
  /// A table's rows as `- Role: lead; Days: two`, so that each makes sense without the table around it; nil when the
  /// paragraph is no table. A `|` inside a cell ends the cell, escaped or not.
  static func rows(_ paragraph: String) -> [String]? {
    var lines = paragraph.utf8.split(separator: UInt8(ascii: "\n"))[...]
    guard lines.count >= 2, lines[0].contains(UInt8(ascii: "|")), isRule(lines[1]) else { return nil }
    let header = cells(lines[0])
    lines = lines.dropFirst(2)
    return lines.compactMap { line in
      let parts = cells(line).enumerated().compactMap { index, cell -> String? in
        guard !cell.isEmpty else { return nil }
        guard index < header.count, !header[index].isEmpty else { return cell }
        return "\(header[index]): \(cell)"
      }
      return parts.isEmpty ? nil : "- " + parts.joined(separator: "; ")
    }
  }

  private static func isRule(_ line: Substring.UTF8View) -> Bool {
    let marks: Set<UInt8> = [UInt8(ascii: "|"), UInt8(ascii: "-"), UInt8(ascii: ":"), UInt8(ascii: " ")]
    return line.contains(UInt8(ascii: "|")) && line.contains(UInt8(ascii: "-")) && line.allSatisfy(marks.contains)
  }

  private static func cells(_ line: Substring.UTF8View) -> [String] {
    var cells = line.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false)
      .map { PlainText.line(String(Substring($0))) }
    if cells.first?.isEmpty == true { cells.removeFirst() }
    if cells.last?.isEmpty == true { cells.removeLast() }
    return cells
  }
}
