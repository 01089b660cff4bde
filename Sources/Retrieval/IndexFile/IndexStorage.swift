/// The memory that an index lies in, kept alive for as long as anything reads it.
///
/// Isolation: the bytes are never written after `init`, so any thread may read them.
public final class IndexStorage: @unchecked Sendable {  // Immutable after init; `release` runs once, in deinit.
  let view: ByteView
  private let release: @Sendable () -> Void

  /// Copies the bytes into memory of its own.
  public init(_ bytes: [UInt8]) {
    let memory = UnsafeMutableRawPointer.allocate(byteCount: max(bytes.count, 1), alignment: 64)
    unsafe UnsafeMutableRawBufferPointer(start: memory, count: bytes.count).copyBytes(from: bytes)
    view = unsafe ByteView(base: UnsafeRawPointer(memory), count: bytes.count)
    let address = UInt(bitPattern: memory)
    release = { unsafe UnsafeMutableRawPointer(bitPattern: address)?.deallocate() }
  }

  /// Adopts memory of somebody else, such as a mapped file; an empty buffer is copied.
  ///
  /// The memory must hold still and keep its contents until `release` is called, once, after the last index that uses
  /// it is gone. A mapped file that is truncated or overwritten in place breaks that promise; replace such a file by
  /// renaming.
  @unsafe
  public convenience init(adopting memory: UnsafeRawBufferPointer, release: @escaping @Sendable () -> Void) {
    if let base = memory.baseAddress {
      unsafe self.init(view: ByteView(base: base, count: memory.count), release: release)
    } else {
      self.init([])
      release()
    }
  }

  private init(view: ByteView, release: @escaping @Sendable () -> Void) {
    self.view = view
    self.release = release
  }

  deinit { release() }

  /// The length of the memory, in bytes; 0 or more.
  public var byteCount: Int { view.count }
}
