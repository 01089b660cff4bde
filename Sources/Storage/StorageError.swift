import GRDB

/// Why the data directory or the database cannot do what was asked. Each description is one line with the remedy.
package enum StorageError: Error, Equatable, CustomStringConvertible {
  /// The directory cannot be created or used.
  case directory(path: String, reason: String)
  /// Another process serves from this directory.
  case locked(path: String, holder: Int?)
  /// The file is not a sound database.
  case damaged(path: String, detail: String)
  /// It was written by a newer version of the service.
  case newerSchema(path: String, found: Int, known: Int)
  case full(path: String)
  case readOnly(path: String)
  /// Another process held the write lock for longer than the busy timeout.
  case busy(path: String)
  /// More deliveries are waiting than the configured bound.
  case queueFull(limit: Int)
  /// A write could not be made durable; nothing more is written until a restart.
  case notDurable(path: String)
  case failed(path: String, detail: String)

  package var description: String {
    switch self {
    case .directory(let path, let reason):
      "The data directory \(path) cannot be used: \(reason). Create it, or set `data` to a directory that this user owns."
    case .locked(let path, let holder):
      "Another coach serves from \(path)\(holder.map { " (process \($0))" } ?? ""). Stop it first, or set `data` to "
        + "another directory."
    case .damaged(let path, let detail):
      "The database \(path) is damaged (\(detail)). Nothing was changed. Restore it from a backup, or move it away with its "
        + "-wal and -shm files to begin anew."
    case .newerSchema(let path, let found, let known):
      "The database \(path) has schema \(found); this version knows schemas up to \(known). Nothing was changed. Run the "
        + "newer version."
    case .full(let path): "There is no space left to write \(path). Free some space; nothing accepted before is lost."
    case .readOnly(let path):
      "The database \(path) cannot be written. Check the permissions, and how its disk is mounted."
    case .busy(let path): "The database \(path) was busy for too long. Try again; see which other process writes to it."
    case .queueFull(let limit):
      "\(limit) deliveries are waiting already. See `coach deliveries list` for what holds them up; new ones are accepted "
        + "when some are gone."
    case .notDurable(let path):
      "A write to \(path) could not be made durable. Check the disk, then restart; nothing is written until then."
    case .failed(let path, let detail): "The database \(path) failed: \(detail). Run `coach doctor`."
    }
  }

  /// Sorts what SQLite reports; values bound to statements never become part of it.
  init(_ error: any Error, path: String) {
    if let error = error as? StorageError {
      self = error
      return
    }
    guard let error = error as? DatabaseError else {
      self = .failed(path: path, detail: "\(type(of: error))")
      return
    }
    let detail = error.message ?? "SQLite error \(error.extendedResultCode.rawValue)"
    self =
      switch error.resultCode {
      case .SQLITE_FULL: .full(path: path)
      case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH: .readOnly(path: path)
      case .SQLITE_CORRUPT, .SQLITE_NOTADB: .damaged(path: path, detail: detail)
      case .SQLITE_BUSY, .SQLITE_LOCKED: .busy(path: path)
      case .SQLITE_CANTOPEN:
        .directory(
          path: String(path.dropLast("/coach.sqlite".count)),
          reason: "the database in it cannot be opened, or the disk is read-only")
      case .SQLITE_IOERR
      where [.SQLITE_IOERR_FSYNC, .SQLITE_IOERR_DIR_FSYNC].contains(error.extendedResultCode):
        .notDurable(path: path)
      default: .failed(path: path, detail: detail)
      }
  }
}
