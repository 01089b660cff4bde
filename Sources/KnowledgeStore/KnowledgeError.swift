/// Why there is no knowledge to serve. Faults of single files are no errors but `Problem`s.
package enum KnowledgeError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A folder that the configuration names is not there, or cannot be listed.
  case folder(path: String, SystemError)
  /// The folder for the index cannot be made or opened.
  case indexFolder(path: String, SystemError)
  /// The service is ending, and what was being built is given up.
  case stopping
  /// The index cannot be written. What was there before is untouched, unless the disk failed to confirm the last step: then the
  /// new one is there.
  case indexUnwritable(path: String, SystemError)
  /// The index that was just built cannot be opened. A fault of the program.
  case indexUnusable(path: String, reason: String)

  package var description: String {
    switch self {
    case .folder(let path, let error):
      "The knowledge folder \(path) cannot be read: \(error). Create it, or name another under knowledge.folders."
    case .stopping: "The service is ending."
    case .indexFolder(let path, let error):
      "The data folder \(path) cannot be used: \(error). Give this user the right to write there, or set data."
    case .indexUnwritable(let path, let error):
      "The index \(path) cannot be written: \(error). Make room, or set data to a folder that can be written."
    case .indexUnusable(let path, let reason):
      "The index \(path) cannot be opened after it was built: \(reason). Please report this."
    }
  }
}
