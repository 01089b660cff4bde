/// Why a verb could not do its work: one sentence for standard error, with the remedy, and the exit status (sysexits.h).
package struct Failure: Error, Sendable, Equatable, CustomStringConvertible {
  package enum Status: Int32, Sendable {
    case usage = 64
    case data = 65
    case unavailable = 69
    case configuration = 78
  }

  package var status: Status
  package var description: String

  package init(_ status: Status, _ description: String) {
    self.status = status
    self.description = description
  }
}
