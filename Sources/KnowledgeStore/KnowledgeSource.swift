package import Corpus
package import Retrieval

/// The knowledge's folders and the place of its index: everything that makes a generation. Blocking throughout.
package struct KnowledgeSource: Sendable {
  package let folders: KnowledgeFolders
  package let place: IndexPlace
  package let settings: RankingSettings

  /// Stores the index of the folders as they are now from a process of its own, waits for its end, and says whether it did.
  /// It ends early, with false, when `isStopping` says so.
  ///
  /// Building needs several times the memory of what it builds, and reads what people put into the folders: a process of
  /// its own gives the one back whole, and keeps to itself what the other may do to a reader.
  package typealias StoreApart = @Sendable (_ isStopping: () -> Bool) -> Bool

  private let storeApart: StoreApart?

  /// - Parameter storeApart: nil to build in this process; it is done there too when the other one fails.
  package init(
    folders: KnowledgeFolders, place: IndexPlace, settings: RankingSettings = .knowledge, storeApart: StoreApart? = nil
  ) {
    self.folders = folders
    self.place = place
    self.settings = settings
    self.storeApart = storeApart
  }

  /// Raised when documents are read or records are made in another way, so that an old index is not taken for a new one.
  private static let version = 3

  /// What besides the files decides over the index.
  private var context: String { "inner-coach \(Self.version) \(settings)" }

  /// A generation and where it came from.
  package struct Opened: Sendable {
    package let generation: Generation
    /// It was built now; false when the index on the disk was the right one.
    package let wasBuilt: Bool
    /// Why the index on the disk was not taken, when there was one that should have been; it names section and offset.
    package let refused: String?
    /// Why the new index could not be stored, when that was asked for; the generation is sound all the same.
    package let unstored: KnowledgeError?
  }

  /// The generation of the folders as they are now: the index on the disk when it was built from just these files, else
  /// one that is built. With `storing`, what was built is stored; a failure of that is given back and not thrown, so that
  /// the caller decides what it means.
  ///
  /// What a process of its own has built is taken as it is, though a file may have changed meanwhile: the next look at the
  /// folders sees to that.
  package func open(storing: Bool, isStopping: () -> Bool = { false }) throws(KnowledgeError) -> Opened {
    let scan = try folders.scan()
    let fingerprint = try fingerprint()
    var refused: String?
    do throws(Generation.Unusable) {
      if let stored = try stored(skipped: scan.problems), stored.fingerprint == fingerprint {
        return Opened(generation: stored, wasBuilt: false, refused: nil, unstored: nil)
      }
    } catch {
      refused = error.description
    }
    if storing, let storeApart {
      let isStored = storeApart(isStopping)
      place.removeDrafts()
      if isStored, let stored = try? stored(skipped: scan.problems) {
        return Opened(generation: stored, wasBuilt: true, refused: refused, unstored: nil)
      }
    }
    guard !isStopping() else { throw .stopping }
    let (bytes, skipped) = try build()
    var unstored: KnowledgeError?
    if storing {
      do { try place.write(bytes) } catch { unstored = error }
    }
    return Opened(
      generation: try open(bytes, skipped: skipped, isStored: storing && unstored == nil), wasBuilt: true,
      refused: refused, unstored: unstored)
  }

  /// The bytes of the index of the folders as they are now, and findings about files that were not read. The same files give
  /// the same bytes, in whatever order they were written.
  package func build() throws(KnowledgeError) -> (bytes: [UInt8], skipped: [Problem]) {
    let content = try folders.read(context: context)
    return (
      KnowledgeIndex.bytes(of: content.library, fingerprint: content.fingerprint, settings: settings), content.skipped
    )
  }

  /// What the folders hold now, as documents: for checks that need more than an index has.
  package func library() throws(KnowledgeError) -> Library {
    try folders.read(context: context).library
  }

  func fingerprint() throws(KnowledgeError) -> Fingerprint {
    try folders.fingerprint(context: context)
  }

  /// The generation on the disk, of whatever files; nil when there is none.
  func stored(skipped: [Problem]) throws(Generation.Unusable) -> Generation? {
    let storage: IndexStorage?
    do throws(SystemError) { storage = try place.load() } catch {
      throw Generation.Unusable(description: "\(error)")
    }
    return try storage.map { storage throws(Generation.Unusable) in
      try Generation(storage: storage, skipped: skipped)
    }
  }

  /// Opens what was just built: from the disk when it is there and large, so that it is mapped, else from memory.
  private func open(_ bytes: [UInt8], skipped: [Problem], isStored: Bool) throws(KnowledgeError) -> Generation {
    do throws(Generation.Unusable) {
      if isStored, bytes.count > place.mappingBytes, let stored = try stored(skipped: skipped) { return stored }
      return try Generation(storage: IndexStorage(bytes), skipped: skipped)
    } catch {
      throw .indexUnusable(path: place.path, reason: error.description)
    }
  }
}
