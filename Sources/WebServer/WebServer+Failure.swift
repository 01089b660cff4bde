import Foundation
import NIOCore

extension WebServer {
  /// Why it cannot listen, and what to do about it.
  package enum Failure: Error, Equatable, CustomStringConvertible {
    case addressInUse(host: String, port: Int)
    case notPermitted(host: String, port: Int)
    case cannotListen(host: String, port: Int, reason: String)

    init(_ error: any Error, host: String, port: Int) {
      let code = (error as? IOError)?.errnoCode
      self =
        switch code {
        case EADDRINUSE: .addressInUse(host: host, port: port)
        case EACCES: .notPermitted(host: host, port: port)
        default: .cannotListen(host: host, port: port, reason: String("\(error)".prefix(200)))
        }
    }

    package var description: String {
      switch self {
      case .addressInUse(let host, let port):
        "\(host):\(port) is in use by another program. Stop that one, or set http.listen to a free port."
      case .notPermitted(let host, let port):
        "Listening on \(host):\(port) is not permitted. Set http.listen to a port above 1023."
      case .cannotListen(let host, let port, let reason):
        "Cannot listen on \(host):\(port): \(reason). Set http.listen to an address of this machine."
      }
    }
  }
}
