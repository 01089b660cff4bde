import Foundation
import GRDB
import Outbox

/// Reading that gives nil for a value of another type, where GRDB's own subscripts would stop the program: a damaged
/// file must not.
extension Row {
  func integer(_ column: String) -> Int? {
    if case .int64(let number) = value(column)?.storage { Int(number) } else { nil }
  }

  func text(_ column: String) -> String? {
    if case .string(let text) = value(column)?.storage { text } else { nil }
  }

  func bytes(_ column: String) -> [UInt8]? {
    switch value(column)?.storage {
    case .blob(let data): [UInt8](data)
    case .string(""): []
    default: nil
    }
  }

  func date(_ column: String) -> Date? {
    integer(column).map(Date.init(milliseconds:))
  }

  private func value(_ column: String) -> DatabaseValue? { self[column] as DatabaseValue? }
}

extension Date {
  init(milliseconds: Int) {
    self.init(timeIntervalSince1970: Double(milliseconds) / 1000)
  }

  /// Since 1970, rounded to the nearest, and held within about 30,000 years around it.
  var milliseconds: Int {
    Int(min(max((timeIntervalSince1970 * 1000).rounded(), -1e15), 1e15))
  }
}

extension StoredState {
  /// The state of a row if it fits its checksum.
  static func payload(_ row: Row) -> [UInt8]? {
    guard let bytes = row.bytes("state"), let checksum = row.bytes("checksum"),
      Checksum(of: bytes) == Checksum(stored: checksum)
    else { return nil }
    return bytes
  }
}
