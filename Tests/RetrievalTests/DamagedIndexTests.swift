import Retrieval
import Testing

@Suite struct DamagedIndexTests {
  /// - Parameter count: with 1,500 there are lists of every form, packed ones among them.
  private static func bytes(count: Int = 120) throws -> [UInt8] {
    var records = RandomCollection(seed: 8, count: count, words: count + 30, longest: 12).records
    for index in records.indices { records[index].payload = Array("payload \(index)".utf8) }
    return try Index.bytes(of: records, attachment: Array("attachment".utf8))
  }

  @Test("of 100,000 single flipped bits every one is refused")
  func flips() throws {
    var bytes = try Self.bytes()
    var generator = SeededGenerator(seed: 9)
    var accepted = 0
    for _ in 0..<100_000 {
      let bit = Int.random(in: 0..<bytes.count * 8, using: &generator)
      bytes[bit / 8] ^= 1 << UInt8(bit % 8)
      if (try? Index(bytes: bytes)) != nil { accepted += 1 }
      bytes[bit / 8] ^= 1 << UInt8(bit % 8)
    }
    #expect(accepted == 0)
    #expect(throws: Never.self) { try Index(bytes: bytes) }
  }

  @Test("of 1,000 truncations, and of bytes appended, every one is refused")
  func truncations() throws {
    let bytes = try Self.bytes()
    var generator = SeededGenerator(seed: 10)
    for length in [0, 1, 7, 8, 12, 23, 24, 100]
      + (0..<1000).map({ _ in Int.random(in: 0..<bytes.count, using: &generator) })
    {
      #expect(throws: IndexError.self) { try Index(bytes: Array(bytes.prefix(length))) }
    }
    #expect(throws: IndexError.wrongLength(declared: UInt64(bytes.count), actual: bytes.count + 1)) {
      try Index(bytes: bytes + [0])
    }
  }

  @Test("a refusal names the section and the offset")
  func names() throws {
    let bytes = try Self.bytes()
    let layout = IndexLayout(bytes)
    for (number, section) in IndexError.Section.allCases.dropFirst().enumerated() {
      let range = layout.sections[number]
      guard !range.isEmpty else { continue }
      var damaged = bytes
      damaged[range.lowerBound + range.count / 2] ^= 1
      #expect(throws: IndexError.damaged(section, offset: range.lowerBound)) { try Index(bytes: damaged) }
    }
    #expect(throws: IndexError.notAnIndex) { try Index(bytes: Array("# Trust\n\nPeople follow whom they trust.".utf8)) }
    var other = bytes
    other[8] = 99
    #expect(throws: IndexError.otherVersion(found: 99, expected: 2)) { try Index(bytes: other) }
  }

  /// A forged checksum is no accident, yet it must not make the process trap or read what is not its own.
  @Test("bytes changed under a forged checksum are refused or harmless", arguments: 0..<8, [120, 1500])
  func forged(seed: Int, count: Int) throws {
    let bytes = try Self.bytes(count: count)
    let layout = IndexLayout(bytes)
    var generator = SeededGenerator(seed: 20 + UInt64(seed))
    var (refused, harmless) = (0, 0)
    for _ in 0..<(count > 1000 ? 200 : 1500) {
      var forged = bytes
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        let range = layout.sections[Int.random(in: 0..<layout.sections.count, using: &generator)]
        guard let place = range.randomElement(using: &generator) else { continue }
        forged[place] =
          Bool.random(using: &generator) ? UInt8.random(in: 0...255, using: &generator) : forged[place] ^ 1
      }
      do {
        let index = try Index(bytes: layout.resealed(forged))
        use(index)
        harmless += 1
      } catch {
        refused += 1
      }
    }
    #expect(refused > 0 && harmless > 0)
  }

  private func use(_ index: Index) {
    for question in ["bak dok kuk", "kudok mibak zozok", "kudik", "who are you", "kubabak kubadok"] {
      let result = index.search(question, limit: 20)
      for hit in result.hits { _ = index.explain(question, ordinal: hit.ordinal) }
    }
    for ordinal in 0..<min(index.recordCount, 200) {
      if let id = index.id(at: ordinal) { _ = index.ordinal(of: id) }
      _ = index.payload(at: ordinal)
    }
  }

  @Test("adopted memory is released once, after the last use")
  func adopted() throws {
    let bytes = try Self.bytes()
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
    unsafe memory.copyBytes(from: bytes)
    let counter = ReleaseCounter()
    let address = UInt(bitPattern: memory.baseAddress)
    var index: Index? = try Index(
      storage: unsafe IndexStorage(adopting: UnsafeRawBufferPointer(memory)) {
        counter.increment()
        unsafe UnsafeMutableRawPointer(bitPattern: address)?.deallocate()
      })
    #expect(index?.recordCount == 120 && index?.byteCount == bytes.count)
    #expect(counter.count == 0)
    index = nil
    #expect(counter.count == 1)
    #expect(throws: IndexError.notAnIndex) {
      try Index(
        storage: unsafe IndexStorage(adopting: UnsafeRawBufferPointer(start: nil, count: 0)) { counter.increment() })
    }
    #expect(counter.count == 2)
  }
}
