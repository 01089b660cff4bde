import CZlib
import Foundation

/// The lines of a text file, plain or gzipped (RFC 1952, told by its first two bytes).
enum TextLines {
  /// 2 GiB of text; a collection for measuring is far below, a bomb is above.
  private static let limit = 2_147_483_648

  /// - Throws: `Failure` with the path when the file cannot be read, is damaged or is no UTF-8.
  static func read(_ path: String) throws(Failure) -> [Substring] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Failure(.data, "\(path) cannot be read. Name an existing file.")
    }
    let bytes = data.starts(with: [0x1F, 0x8B]) ? try inflate(path) : [UInt8](data)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Failure(.data, "\(path) is not UTF-8 text.")
    }
    return text.split(whereSeparator: \.isNewline)
  }

  private static func inflate(_ path: String) throws(Failure) -> [UInt8] {
    guard let file = unsafe gzopen(path, "rb") else { throw Failure(.data, "\(path) cannot be opened.") }
    defer { unsafe gzclose(file) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = unsafe block.withUnsafeMutableBytes { unsafe gzread(file, $0.baseAddress, UInt32($0.count)) }
      if count == 0 { return bytes }
      guard count > 0, bytes.count < limit else { throw Failure(.data, "\(path) is damaged or too large.") }
      bytes.append(contentsOf: block.prefix(Int(count)))
    }
  }
}
