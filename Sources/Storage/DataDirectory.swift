import Foundation
import Glibc

/// The directory in which everything lasts: the database, the index, and the lock of the one process that serves.
///
/// This file owns the few C calls for which Foundation has no equal: `flock`, `link`, `fsync`.
package struct DataDirectory: Sendable {
  package let path: String

  /// The database file.
  package var databasePath: String { path + "/coach.sqlite" }

  /// Creates the directory, readable by its owner alone, unless it exists; what exists keeps its mode.
  package init(preparing path: String) throws(StorageError) {
    self.path = path
    // Through symbolic links, as everything that follows will.
    let real = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    if let attributes = try? FileManager.default.attributesOfItem(atPath: real) {
      let isDirectory = attributes[.type] as? FileAttributeType == .typeDirectory
      guard isDirectory else { throw .directory(path: path, reason: "it is not a directory") }
      return
    }
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch { throw .directory(path: path, reason: "it does not exist and cannot be created") }
  }

  /// Takes the lock that only one `serve` may hold, until the returned value is let go; refuses at once if it is taken.
  ///
  /// The lock is the operating system's: it ends with the process, however that ends, so a file left behind locks nothing.
  package func lock() throws(StorageError) -> Lock {
    let file = path + "/lock"
    let descriptor = unsafe open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .directory(path: path, reason: "the lock file cannot be opened") }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let holder = (try? String(contentsOfFile: file, encoding: .utf8))?.split(whereSeparator: \.isNewline).first
      close(descriptor)
      throw .locked(path: path, holder: holder.flatMap { Int($0) })
    }
    let text = Array("\(getpid())\n".utf8)
    ftruncate(descriptor, 0)
    unsafe pwrite(descriptor, text, text.count, 0)
    return Lock(descriptor: descriptor)
  }

  /// The right to serve from the directory.
  package final class Lock: Sendable {
    private let descriptor: Int32

    fileprivate init(descriptor: Int32) {
      self.descriptor = descriptor
    }

    deinit { close(descriptor) }
  }

  /// Gives a finished file its name, durably, unless there is a file of that name already; then that one stays.
  func publish(_ temporary: String, as final: String) throws(StorageError) {
    guard sync(temporary) else { throw .notDurable(path: final) }
    let linked = unsafe link(temporary, final) == 0
    let reason = errno
    unsafe unlink(temporary)
    guard linked || reason == EEXIST else {
      throw .directory(path: path, reason: "the database file cannot be created (error \(reason))")
    }
    guard sync(path) else { throw .notDurable(path: final) }
  }

  private func sync(_ file: String) -> Bool {
    let descriptor = unsafe open(file, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return fsync(descriptor) == 0
  }
}
