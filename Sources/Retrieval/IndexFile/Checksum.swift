/// XXH64 with seed 0 (Yann Collet, "xxHash fast digest algorithm", specification 0.1.1): a 64-bit checksum that reads
/// memory at several bytes a cycle. A change is missed once in 2^64.
enum Checksum {
  static func of(_ view: ByteView) -> UInt64 {
    var offset = 0
    var hash: UInt64
    if view.count >= 32 {
      var lanes: (UInt64, UInt64, UInt64, UInt64) = (prime1 &+ prime2, prime2, 0, 0 &- prime1)
      while offset <= view.count - 32 {
        lanes.0 = round(lanes.0, view.word64(at: offset))
        lanes.1 = round(lanes.1, view.word64(at: offset + 8))
        lanes.2 = round(lanes.2, view.word64(at: offset + 16))
        lanes.3 = round(lanes.3, view.word64(at: offset + 24))
        offset += 32
      }
      hash = rotate(lanes.0, 1) &+ rotate(lanes.1, 7) &+ rotate(lanes.2, 12) &+ rotate(lanes.3, 18)
      for lane in [lanes.0, lanes.1, lanes.2, lanes.3] {
        hash = (hash ^ round(0, lane)) &* prime1 &+ prime4
      }
    } else {
      hash = prime5
    }
    hash &+= UInt64(view.count)
    return avalanche(finish(hash, view, from: offset))
  }

  private static func finish(_ start: UInt64, _ view: ByteView, from: Int) -> UInt64 {
    var (hash, offset) = (start, from)
    while offset <= view.count - 8 {
      hash = rotate(hash ^ round(0, view.word64(at: offset)), 27) &* prime1 &+ prime4
      offset += 8
    }
    if offset <= view.count - 4 {
      hash = rotate(hash ^ UInt64(view.word32(at: offset)) &* prime1, 23) &* prime2 &+ prime3
      offset += 4
    }
    while offset < view.count {
      hash = rotate(hash ^ UInt64(view[offset]) &* prime5, 11) &* prime1
      offset += 1
    }
    return hash
  }

  private static func avalanche(_ start: UInt64) -> UInt64 {
    var hash = start
    hash = (hash ^ hash >> 33) &* prime2
    hash = (hash ^ hash >> 29) &* prime3
    return hash ^ hash >> 32
  }

  @inline(__always)
  private static func round(_ lane: UInt64, _ input: UInt64) -> UInt64 {
    rotate(lane &+ input &* prime2, 31) &* prime1
  }

  @inline(__always)
  private static func rotate(_ value: UInt64, _ bits: UInt64) -> UInt64 {
    value &<< bits | value &>> (64 &- bits)
  }

  private static let prime1: UInt64 = 0x9E37_79B1_85EB_CA87
  private static let prime2: UInt64 = 0xC2B2_AE3D_27D4_EB4F
  private static let prime3: UInt64 = 0x1656_67B1_9E37_79F9
  private static let prime4: UInt64 = 0x85EB_CA77_C2B2_AE63
  private static let prime5: UInt64 = 0x27D4_EB2F_1656_67C5
}
