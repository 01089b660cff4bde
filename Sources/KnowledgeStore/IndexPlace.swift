import Glibc
import Retrieval

/// Where the index lies: one file in the data folder, replaced whole and never changed in place.
///
/// Holds descriptors and memory of the system. Blocking: for a thread of one's own.
package struct IndexPlace: Sendable, Equatable {
  /// The data folder; made with mode 0700 when it is not there.
  package var folder: String

  /// - Parameter mappingBytes: up to this size the file is read into private memory, beyond it is mapped (design, section 13).
  package init(folder: String, mappingBytes: Int = 256 << 20) {
    self.folder = folder
    self.mappingBytes = mappingBytes
  }

  package var path: String { folder + "/" + Self.name }

  private static let name = "index.coach"
  private static let draftPrefix = name + ".draft-"

  /// A mapped file that is truncated or overwritten in place kills the process with SIGBUS, so it is only ever replaced by
  /// renaming; private memory does not even know of that.
  let mappingBytes: Int

  /// Whether this user may put a file there; also when the folder is not there yet and only its parent can tell.
  package var isWritable: Bool { unsafe access(folder, W_OK | X_OK) == 0 || errno == ENOENT }

  /// The file's status; nil when there is none.
  var status: FileStatus? { FileStatus(path: path) }

  /// The file's bytes, read or mapped; nil when there is no file.
  func load() throws(SystemError) -> IndexStorage? {
    let file = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else {
      if SystemError.last.isMissing { return nil }
      throw .last
    }
    defer { close(file) }
    var status = stat()
    guard unsafe fstat(file, &status) == 0 else { throw .last }
    guard FileStatus(status).kind == .file else { throw SystemError(code: EINVAL) }
    let count = Int(status.st_size)
    return count > mappingBytes ? try Self.map(file, count) : try Self.read(file, count)
  }

  /// Writes the file beside, has the disk confirm it, and renames it into place.
  ///
  /// Durability: when this returns, the new file survives a power cut; when it throws or the process dies at any point, the old
  /// one is untouched. What a dead process left is removed by `removeDrafts`.
  func write(_ bytes: [UInt8]) throws(KnowledgeError) {
    try prepareFolder()
    let draft = "\(folder)/\(Self.draftPrefix)\(getpid())-\(UInt32.random(in: .min ... .max))"
    do throws(SystemError) {
      try Self.writeDraft(draft, bytes)
      guard unsafe rename(draft, path) == 0 else { throw SystemError.last }
      try Self.confirm(folder: folder)
    } catch {
      unsafe unlink(draft)
      throw .indexUnwritable(path: path, error)
    }
  }

  /// Removes drafts of processes that died while writing. A draft that is still being written is locked, and stays.
  func removeDrafts() {
    guard let folder = try? OpenFolder(path: folder), let names = try? folder.names() else { return }
    for name in names {
      guard let text = name.text, text.hasPrefix(Self.draftPrefix) else { continue }
      let draft = self.folder + "/" + text
      let file = unsafe Glibc.open(draft, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
      guard file >= 0 else { continue }
      if flock(file, LOCK_EX | LOCK_NB) == 0 { unsafe unlink(draft) }
      close(file)
    }
  }

  private func prepareFolder() throws(KnowledgeError) {
    if unsafe mkdir(folder, 0o700) == 0 || errno == EEXIST { return }
    throw .indexFolder(path: folder, .last)
  }

  private static func writeDraft(_ path: String, _ bytes: [UInt8]) throws(SystemError) {
    let file = unsafe Glibc.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw .last }
    defer { close(file) }
    guard flock(file, LOCK_EX) == 0 else { throw .last }
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe Glibc.write(file, buffer.baseAddress?.advanced(by: written), min(buffer.count - written, 1 << 26))
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .last }
      written += count
    }
    guard fsync(file) == 0 else { throw .last }
  }

  /// Makes the renaming itself last.
  private static func confirm(folder: String) throws(SystemError) {
    let file = unsafe Glibc.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard file >= 0 else { throw .last }
    defer { close(file) }
    guard fsync(file) == 0 else { throw .last }
  }

  private static func read(_ file: Int32, _ count: Int) throws(SystemError) -> IndexStorage {
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: max(count, 1), alignment: 64)
    var filled = 0
    while filled < count {
      let got = unsafe Glibc.read(file, memory.baseAddress?.advanced(by: filled), count - filled)
      if got < 0, errno == EINTR { continue }
      if got < 0 {
        let error = SystemError.last
        unsafe memory.deallocate()
        throw error
      }
      if got == 0 { break }
      filled += got
    }
    let address = UInt(bitPattern: memory.baseAddress)
    let content = unsafe UnsafeRawBufferPointer(rebasing: memory[..<filled])
    return unsafe IndexStorage(adopting: content) {
      unsafe UnsafeMutableRawPointer(bitPattern: address)?.deallocate()
    }
  }

  private static func map(_ file: Int32, _ count: Int) throws(SystemError) -> IndexStorage {
    guard let memory = unsafe mmap(nil, count, PROT_READ, MAP_PRIVATE, file, 0), unsafe memory != MAP_FAILED else {
      throw .last
    }
    let address = UInt(bitPattern: memory)
    return unsafe IndexStorage(adopting: UnsafeRawBufferPointer(start: memory, count: count)) {
      if let memory = unsafe UnsafeMutableRawPointer(bitPattern: address) { unsafe munmap(memory, count) }
    }
  }
}
