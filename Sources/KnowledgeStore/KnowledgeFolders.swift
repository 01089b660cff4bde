package import Corpus

/// The folders in which the knowledge lies, as they are on the disk.
///
/// Symbolic links are not followed, and neither files with several names nor folders on other devices are entered: what is
/// read is what somebody put here, and not a secret that a link leads to. (Files are not asked for their device: on the
/// layered file systems of containers it differs from their folder's.)
package struct KnowledgeFolders: Sendable, Equatable {
  /// The most files, folders, and bytes in all files.
  package struct Limits: Sendable, Equatable {
    package var files = 1_000_000
    package var depth = 64
    package var bytes = 1 << 30

    package init() {}

    package init(files: Int, depth: Int, bytes: Int) {
      self.files = files
      self.depth = depth
      self.bytes = bytes
    }
  }

  /// In the order in which they claim names: a slug that files in two folders want goes to the first.
  package var folders: [String]
  package var limits: Limits

  package init(_ folders: [String], limits: Limits = Limits()) {
    self.folders = folders
    self.limits = limits
  }

  /// What a look at the folders gave, without a look into the files.
  package struct Scan: Sendable, Equatable {
    /// Differs when a file came, went or changed.
    package var signature: Int
    /// Files that would be read.
    package var fileCount: Int
    /// Of the file that changed last, in nanoseconds since 1970; 0 without files.
    package var newestChange: Int64
    package var problems: [Problem]
  }

  /// Looks at every file. Blocking; some microseconds for each file.
  package func scan() throws(KnowledgeError) -> Scan {
    var hasher = Hasher()
    var newest: Int64 = 0
    let walk = try walk { file in
      hasher.combine(file.folder)
      hasher.combine(file.path)
      hasher.combine(file.status)
      newest = max(newest, file.status.changed)
    }
    return Scan(
      signature: hasher.finalize(), fileCount: walk.fileCount, newestChange: newest, problems: walk.problems)
  }

  /// The fingerprint of what the files hold. Blocking; reads every file. `context` is what else decides over the index.
  package func fingerprint(context: String) throws(KnowledgeError) -> Fingerprint {
    var contents = Fingerprint.Contents(context: context)
    try walk { file in
      if let bytes = try? file.bytes() { contents.add(folder: file.folder, path: file.path, bytes: bytes) }
    }
    return contents.fingerprint
  }

  /// What the folders hold.
  package struct Content: Sendable {
    package var library: Library
    package var fingerprint: Fingerprint
    /// Findings about files that were not read at all; those about what was read are in `library`.
    package var skipped: [Problem]
  }

  /// Reads every file into documents and tips. Blocking.
  package func read(context: String) throws(KnowledgeError) -> Content {
    var contents = Fingerprint.Contents(context: context)
    var readings: [(folder: Int, reading: Reading)] = []
    var unread: [Problem] = []
    let walk = try walk { file in
      do throws(SystemError) {
        let bytes = try file.bytes()
        contents.add(folder: file.folder, path: file.path, bytes: bytes)
        readings.append((file.folder, DocumentReader.read(bytes, path: file.path)))
      } catch {
        unread.append(.unreadable(file.path, error))
      }
    }
    readings.sort { ($0.folder, $0.reading.path) < ($1.folder, $1.reading.path) }
    return Content(
      library: Library(readings.map(\.reading)), fingerprint: contents.fingerprint, skipped: walk.problems + unread)
  }

  @discardableResult
  private func walk(_ visit: (FolderWalk.File) -> Void) throws(KnowledgeError) -> FolderWalk {
    var walk = FolderWalk(limits: limits)
    for (index, path) in folders.enumerated() {
      do { try walk.enter(path, index: index, visit) } catch { throw .folder(path: path, error) }
    }
    return walk
  }
}

extension Problem {
  static func unreadable(_ path: String, _ error: SystemError) -> Problem {
    Problem(
      .refused, path: path, what: "It cannot be read: \(error).", remedy: "Give this user the right to read it.")
  }
}
