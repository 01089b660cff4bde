import Corpus

/// Goes through folders and shows every file that is knowledge, once.
///
/// Order: by the bytes of the names, folder by folder. What may not be entered, and what is too much, is named as a
/// problem and passed over.
struct FolderWalk {
  struct File {
    /// Which of the folders it was found in, counted from 0.
    var folder: Int
    /// Relative to that folder, with `/`.
    var path: String
    var status: FileStatus
    fileprivate var parent: OpenFolder
    fileprivate var name: FileName

    /// The file's bytes; one more than the limit when it has grown beyond it.
    func bytes() throws(SystemError) -> [UInt8] {
      try parent.read(name, limit: DocumentReader.byteLimit)
    }
  }

  private(set) var fileCount = 0
  private(set) var problems: [Problem] = []
  private let limits: KnowledgeFolders.Limits
  private var byteCount = 0
  private var device: UInt64 = 0
  private var isFull = false

  /// A folder full of links should not fill the memory with findings.
  private static let problemLimit = 1000

  init(limits: KnowledgeFolders.Limits) {
    self.limits = limits
  }

  /// Goes through one folder. Throws when the folder itself cannot be opened or listed.
  mutating func enter(_ path: String, index: Int, _ visit: (File) -> Void) throws(SystemError) {
    let folder = try OpenFolder(path: path)
    device = try folder.status().device
    for name in try folder.names() { look(at: name, in: folder, index, prefix: "", depth: 1, visit) }
  }

  private mutating func look(
    at name: FileName, in parent: OpenFolder, _ index: Int, prefix: String, depth: Int, _ visit: (File) -> Void
  ) {
    if isFull || name.isHidden { return }
    guard let text = name.text, text == name.shown else {
      return skip(prefix + name.shown, "Its name holds characters that cannot be shown.", "Rename it.")
    }
    let path = prefix + text
    let status: FileStatus
    do { status = try parent.status(of: name) } catch {
      // Gone since the folder was listed, or not to be looked at.
      if !error.isMissing { problems.append(.unreadable(path, error)) }
      return
    }
    switch status.kind {
    case .file: take(File(folder: index, path: path, status: status, parent: parent, name: name), visit)
    case .folder where status.device != device:
      skip(path, "It lies on another device.", "Name it under knowledge.folders if it belongs to the knowledge.")
    case .folder where depth >= limits.depth:
      skip(path, "It lies more than \(limits.depth) folders deep.", "Move it up.")
    case .folder:
      do {
        let folder = try OpenFolder(name, in: parent)
        for name in try folder.names() {
          look(at: name, in: folder, index, prefix: path + "/", depth: depth + 1, visit)
        }
      } catch {
        problems.append(.unreadable(path, error))
      }
    case .symbolicLink: skip(path, "It is a symbolic link, which is not followed.", "Put the file itself here.")
    case .other: skip(path, "It is not a file.", "Remove it.")
    }
  }

  private mutating func take(_ file: File, _ visit: (File) -> Void) {
    let path = file.path
    if file.name.isReadme { return }
    if !DocumentReader.reads(path: path) {
      skip(path, "It is not Markdown, HTML or plain text.", "Save it as .md, .html or .txt if it is to be found.")
    } else if file.status.linkCount > 1 {
      skip(path, "It has \(file.status.linkCount) names (hard links), so it may be another's file.", "Copy it instead.")
    } else if file.status.byteCount > DocumentReader.byteLimit {
      problems.append(
        Problem(
          .refused, path: path, what: "It has \(file.status.byteCount) bytes; the limit is 4 MiB.",
          remedy: "Split it into smaller files."))
    } else if !file.parent.mayRead(file.name) {
      problems.append(.unreadable(path, .last))
    } else if fileCount >= limits.files || file.status.byteCount > limits.bytes - byteCount {
      isFull = true
      problems.append(
        Problem(
          .refused, path: path,
          what:
            "The limit of \(limits.files) files and \(limits.bytes) bytes is reached; it and what follows is left out.",
          remedy: "Keep less in the knowledge folders."))
    } else {
      fileCount += 1
      byteCount += file.status.byteCount
      visit(file)
    }
  }

  private mutating func skip(_ path: String, _ what: String, _ remedy: String) {
    guard problems.count < Self.problemLimit else { return }
    problems.append(Problem(.warning, path: path, what: what, remedy: remedy))
  }
}

extension FileName {
  /// Names that editors and version control use for themselves.
  fileprivate var isHidden: Bool {
    guard let first = cString.first, let last = cString.dropLast().last else { return true }
    return first == 0x2E || first == 0x23 || last == 0x7E
  }

  /// Such a file tells about the folder and is not knowledge.
  fileprivate var isReadme: Bool {
    cString.count == 10 && text?.lowercased() == "readme.md"
  }
}
