import CZlib
import Foundation

/// The lines of a text file, plain or gzipped (RFC 1952, told by its first two bytes).
enum TextLines {
  /// 2 GiB of text; a collection for measuring is far below, a bomb is above.
  private static let limit = 2_147_483_648

  /// The lines that are not empty, each with its number from 1. Only LF ends a line: JSON may hold U+2028 and its like.
  ///
  /// - Throws: `Failure` with the path when the file cannot be read, is damaged or is no UTF-8.
  static func read(_ path: String) throws(Failure) -> [(number: Int, text: Substring)] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Failure(.data, "\(path) cannot be read. Name an existing file.")
    }
    let bytes = data.starts(with: [0x1F, 0x8B]) ? try inflate(path) : [UInt8](data)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Failure(.data, "\(path) is not UTF-8 text.")
    }
    return text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated().compactMap {
      let line = $1.last == UInt8(ascii: "\r") ? $1.dropLast() : $1
      return line.isEmpty ? nil : ($0 + 1, Substring(line))
    }
  }

  private static func inflate(_ path: String) throws(Failure) -> [UInt8] {
    guard let file = unsafe gzopen(path, "rb") else { throw Failure(.data, "\(path) cannot be opened.") }
    defer { unsafe gzclose(file) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = unsafe block.withUnsafeMutableBytes { unsafe gzread(file, $0.baseAddress, UInt32($0.count)) }
      if count == 0 {
        // A file that breaks off ends without an error of its own.
        var status: Int32 = 0
        unsafe gzerror(file, &status)
        guard status == Z_OK || status == Z_STREAM_END else {
          throw Failure(.data, "\(path) is damaged: it breaks off.")
        }
        return bytes
      }
      guard count > 0, bytes.count < limit else { throw Failure(.data, "\(path) is damaged or too large.") }
      bytes.append(contentsOf: block.prefix(Int(count)))
    }
  }
}
