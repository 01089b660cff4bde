/// A piece of a file that every reader makes of its own form: what passages are cut from.
struct Block: Equatable {
  enum Kind: Equatable {
    /// Level 1 is the outermost.
    case heading(level: Int)
    case quote
    case paragraph
    /// A list item or table row; its text begins with its mark, `- ` or `1. `.
    case item
    /// The if-then step of a section, without its label.
    case practice
    /// The open question of a section, without its label.
    case question
  }

  var kind: Kind
  /// Plain text; LF where the file had a line's end that a reader may keep or turn into a space.
  var text: String
  /// In the file, counted from 1.
  var line: Int?
}
