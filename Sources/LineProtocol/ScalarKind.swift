/// What a terminal does with a Unicode scalar. Decided once here, for what comes in and for what goes out.
enum ScalarKind: Equatable {
  case shown
  case tab
  /// LF, CR, U+2028, U+2029.
  case lineBreak
  /// C0, DEL and C1: some of them steer a terminal (CWE-150).
  case control
  /// Bidirectional controls, which let text read differently from what it is (CVE-2021-42574), invisible spaces, and tag
  /// characters.
  case invisible
  /// Joiners and variation selectors: some scripts and emoji need them, a command never does.
  case joiner

  init(_ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x20...0x7E: self = .shown
    case 0x09: self = .tab
    case 0x0A, 0x0D, 0x2028, 0x2029: self = .lineBreak
    case 0x00...0x1F, 0x7F...0x9F: self = .control
    case 0x061C, 0x200B, 0x200E, 0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFEFF, 0xE0000...0xE007F:
      self = .invisible
    case 0x200C, 0x200D, 0xFE00...0xFE0F, 0xE0100...0xE01EF: self = .joiner
    default: self = .shown
    }
  }
}

extension Unicode.Scalar {
  /// Columns that the scalar takes on a terminal: 0 for marks and joiners, 2 for wide East Asian characters and emoji,
  /// else 1. An approximation by blocks; a terminal that knows better wraps a little early or late.
  ///
  /// Source: Unicode Standard Annex 11, classes W and F.
  var columns: Int {
    if value < 0x300 { return 1 }
    switch value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1FAFF,
      0x20000...0x3FFFD:
      return 2
    default: break
    }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: return 1
    }
  }
}
