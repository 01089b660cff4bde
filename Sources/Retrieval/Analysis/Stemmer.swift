import CStemmer

/// The Snowball stemmer for English (Porter2), which owns a C buffer: one owner, one thread at a time.
///
/// Source: Porter, "The English (Porter2) stemming algorithm", snowballstem.org. This is the only file that sees
/// libstemmer.
@safe
final class Stemmer {
  private let stemmer: OpaquePointer?

  init() {
    unsafe stemmer = sb_stemmer_new("english", "UTF_8")
  }

  deinit {
    unsafe sb_stemmer_delete(stemmer)
  }

  /// Replaces a folded word by its stem. Where the C library has no memory left, the word stays as it is.
  func stem(_ word: inout [UInt8]) {
    guard let stemmer = unsafe stemmer, let size = Int32(exactly: word.count) else { return }
    let length = unsafe word.withUnsafeMutableBufferPointer { bytes in
      guard let base = bytes.baseAddress, let stem = unsafe sb_stemmer_stem(stemmer, base, size) else {
        return bytes.count
      }
      let length = max(0, min(Int(unsafe sb_stemmer_length(stemmer)), bytes.count))
      unsafe base.update(from: stem, count: length)
      return length
    }
    word.removeLast(word.count - length)
  }
}
