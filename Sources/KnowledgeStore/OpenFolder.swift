import Glibc

/// What a file system says of a file.
struct FileStatus: Hashable, Sendable {
  enum Kind: Hashable {
    case file
    case folder
    case symbolicLink
    case other
  }

  var kind: Kind
  var byteCount: Int
  var linkCount: Int
  var device: UInt64
  var inode: UInt64
  /// Nanoseconds since 1970 of the last change to the contents, and of the last change of any kind.
  var modified: Int64
  var changed: Int64

  init(_ status: stat) {
    kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .folder
      case S_IFLNK: .symbolicLink
      default: .other
      }
    byteCount = Int(status.st_size)
    linkCount = Int(clamping: status.st_nlink)
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
    modified = Self.nanoseconds(status.st_mtim)
    changed = Self.nanoseconds(status.st_ctim)
  }

  /// The status of a path, links followed; nil when nothing is there.
  init?(path: String) {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return nil }
    self.init(status)
  }

  /// Wraps around far outside any real time, so that a forged time stamp cannot trap.
  private static func nanoseconds(_ time: timespec) -> Int64 {
    Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
  }
}

/// An open folder, closed when it goes. Names in it are looked up from here, so that nothing that happens to the path
/// meanwhile leads elsewhere.
///
/// Holds a descriptor of the system. Blocking: for a thread of one's own.
final class OpenFolder {
  private let descriptor: Int32

  /// Opens a folder by its path, links followed: an operator may well link the folder itself.
  init(path: String) throws(SystemError) {
    descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .last }
  }

  /// Opens a folder inside another, links not followed.
  init(_ name: FileName, in parent: OpenFolder) throws(SystemError) {
    descriptor = unsafe name.withCString {
      unsafe openat(parent.descriptor, $0, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    }
    guard descriptor >= 0 else { throw .last }
  }

  deinit { close(descriptor) }

  /// The status of the folder itself.
  func status() throws(SystemError) -> FileStatus {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw .last }
    return FileStatus(status)
  }

  /// The status of what has this name, links not followed.
  func status(of name: FileName) throws(SystemError) -> FileStatus {
    var status = stat()
    let result = unsafe name.withCString { unsafe fstatat(descriptor, $0, &status, AT_SYMLINK_NOFOLLOW) }
    guard result == 0 else { throw .last }
    return FileStatus(status)
  }

  /// Whether this user may read the file of this name.
  func mayRead(_ name: FileName) -> Bool {
    unsafe name.withCString { unsafe faccessat(descriptor, $0, R_OK, AT_EACCESS) } == 0
  }

  /// The names in it but `.` and `..`, sorted by their bytes.
  func names() throws(SystemError) -> [FileName] {
    let copy = unsafe openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard copy >= 0 else { throw .last }
    guard let stream = unsafe fdopendir(copy) else {
      close(copy)
      throw .last
    }
    defer { unsafe closedir(stream) }
    // All names lie in one buffer: with one for each, a folder of many would leave the heap in small pieces.
    var buffer: [CChar] = []
    var ends: [Int] = []
    while true {
      errno = 0
      guard let entry = unsafe readdir(stream) else { break }
      unsafe withUnsafePointer(to: &entry.pointee.d_name) { field in
        unsafe field.withMemoryRebound(to: CChar.self, capacity: 256) { text in
          unsafe buffer.append(contentsOf: UnsafeBufferPointer(start: text, count: strnlen(text, 255)))
        }
      }
      buffer.append(0)
      ends.append(buffer.count)
    }
    if errno != 0 { throw .last }
    return zip([0] + ends, ends).map { FileName(cString: buffer[$0..<$1]) }.filter { !$0.isSelfOrParent }.sorted()
  }

  /// The bytes of a regular file with one name, and no more than `limit` and one of them.
  ///
  /// Opens without waiting, since a pipe of that name would keep a reader for ever, and looks again at what it opened.
  func read(_ name: FileName, limit: Int) throws(SystemError) -> [UInt8] {
    let file = unsafe name.withCString {
      unsafe openat(descriptor, $0, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    }
    guard file >= 0 else { throw .last }
    defer { close(file) }
    var status = stat()
    guard unsafe fstat(file, &status) == 0 else { throw .last }
    guard FileStatus(status).kind == .file else { throw SystemError(code: EINVAL) }
    let expected = min(max(Int(status.st_size), 0), limit)
    var bytes = [UInt8](repeating: 0, count: expected + 1)
    var count = 0
    while true {
      let got = unsafe bytes.withUnsafeMutableBytes { buffer in
        unsafe Glibc.read(file, buffer.baseAddress?.advanced(by: count), buffer.count - count)
      }
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw .last }
      count += got
      if got == 0 || count > limit { break }
      if count == bytes.count { bytes.append(contentsOf: repeatElement(0, count: min(count, limit + 1 - count))) }
    }
    bytes.removeLast(bytes.count - count)
    return bytes
  }
}

/// A name in a folder, as the file system keeps it: any bytes but `/` and NUL.
struct FileName: Hashable, Comparable {
  /// With a NUL at the end.
  let cString: ArraySlice<CChar>

  func withCString<Result>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
    unsafe cString.withUnsafeBufferPointer { buffer in
      // The NUL at the end makes it one byte at least.
      guard let base = buffer.baseAddress else { return unsafe body("") }
      return unsafe body(base)
    }
  }

  var isSelfOrParent: Bool { cString == [0x2E, 0] || cString == [0x2E, 0x2E, 0] }

  /// The name as text; nil when it is not UTF-8.
  var text: String? {
    String(validating: cString.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// For a message: what is no text is shown as `?`.
  var shown: String {
    if cString.dropLast().allSatisfy({ (0x20..<0x7F).contains($0) }), let text { return text }
    let text = String(decoding: cString.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return String(
      String.UnicodeScalarView(text.unicodeScalars.map { $0.properties.generalCategory.isShown ? $0 : "?" }))
  }

  static func < (one: FileName, other: FileName) -> Bool {
    one.cString.lexicographicallyPrecedes(other.cString) { UInt8(bitPattern: $0) < UInt8(bitPattern: $1) }
  }
}

extension Unicode.GeneralCategory {
  /// Whether a character can be shown on a terminal without doing anything there.
  fileprivate var isShown: Bool {
    switch self {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
    default: true
    }
  }
}
