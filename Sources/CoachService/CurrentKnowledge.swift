import Coaching
import KnowledgeStore
import Synchronization

/// The store's current generation as the coach reads it, prepared once for each generation.
final class CurrentKnowledge: Sendable {
  private let store: KnowledgeStore
  private let prepared: Mutex<(fingerprint: Fingerprint, knowledge: Knowledge)>

  init(_ store: KnowledgeStore) {
    self.store = store
    let generation = store.current
    prepared = Mutex((generation.fingerprint, Knowledge(catalogue: generation.catalogue, index: generation.index)))
  }

  /// Any thread. The first call after a change prepares the new generation, some milliseconds for the knowledge in the box;
  /// the others wait for it.
  var current: Knowledge {
    let generation = store.current
    return prepared.withLock { prepared in
      if prepared.fingerprint != generation.fingerprint {
        prepared = (generation.fingerprint, Knowledge(catalogue: generation.catalogue, index: generation.index))
      }
      return prepared.knowledge
    }
  }
}
