import NIOCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension LineServer {
  /// Why the server does not serve. Each description is a sentence with the remedy.
  package enum Error: Swift.Error, Equatable, CustomStringConvertible {
    case addressInUse(listen: String)
    /// The port is one that only root may take.
    case notPermitted(listen: String)
    /// The host is no address of this machine, or its name is unknown.
    case noSuchAddress(listen: String)
    case cannotListen(listen: String, reason: String)
    /// The listening socket was closed under way.
    case listenerLost(listen: String)

    package var description: String {
      switch self {
      case .addressInUse(let listen):
        "\(listen) is in use. Set line.listen to another port, or stop the program that has it."
      case .notPermitted(let listen):
        "This user may not listen on \(listen). Set line.listen to a port above 1023."
      case .noSuchAddress(let listen):
        "\(listen) is no address of this machine. Set line.listen to one, for example 127.0.0.1:7070."
      case .cannotListen(let listen, let reason):
        "Listening on \(listen) failed: \(reason). Set line.listen to another address."
      case .listenerLost(let listen):
        "The socket that listened on \(listen) was closed. Start the service again."
      }
    }

    init(_ error: any Swift.Error, listen: String) {
      guard let code = (error as? IOError)?.errnoCode else {
        self =
          error is SocketAddressError
          ? .noSuchAddress(listen: listen) : .cannotListen(listen: listen, reason: "\(error)")
        return
      }
      switch code {
      case EADDRINUSE: self = .addressInUse(listen: listen)
      case EACCES, EPERM: self = .notPermitted(listen: listen)
      case EADDRNOTAVAIL: self = .noSuchAddress(listen: listen)
      default: self = .cannotListen(listen: listen, reason: "\(error)")
      }
    }
  }
}
