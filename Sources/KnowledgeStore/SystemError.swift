import Glibc

/// What the operating system answered instead of doing what it was asked.
package struct SystemError: Error, Equatable, Sendable, CustomStringConvertible {
  /// `errno`.
  package var code: Int32

  package init(code: Int32) {
    self.code = code
  }

  /// The error of the call that just failed on this thread.
  static var last: SystemError { SystemError(code: errno) }

  /// Whether the thing asked for is not there.
  package var isMissing: Bool { code == ENOENT || code == ENOTDIR }

  package var description: String {
    switch code {
    case ENOENT: "it does not exist"
    case EACCES, EPERM: "this user may not"
    case ENOTDIR: "it is not a folder"
    case ENOSPC, EDQUOT: "the disk is full"
    case EROFS: "the disk is read-only"
    case ELOOP: "it is a symbolic link"
    case EFBIG: "the file would be larger than the limit allows"
    default: unsafe String(cString: strerror(code))
    }
  }
}
