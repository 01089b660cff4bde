/// The name of a delivery: `d-` and 32 lower-case hex digits, 128 random bits.
public struct DeliveryID: Sendable, Hashable, CustomStringConvertible {
  /// What is stored and shown, prefix included: 34 bytes.
  public let rawValue: String

  /// Takes an id as somebody typed it; nil unless it has the form of an issued one.
  public init?(received: String) {
    let bytes = Array(received.utf8)
    guard bytes.count == 34, bytes.starts(with: [0x64, 0x2D]) else { return nil }
    for byte in bytes.dropFirst(2) where !(0x30...0x39).contains(byte) && !(0x61...0x66).contains(byte) { return nil }
    rawValue = received
  }

  /// Issues a new one.
  public init(using generator: inout some RandomNumberGenerator) {
    rawValue = "d-" + hex(generator.next()) + hex(generator.next())
  }

  /// The same as `rawValue`.
  public var description: String { rawValue }
}

/// What a receiver gets with every attempt of one delivery, so that it can recognise a repeat: a version 4 UUID, since
/// some platforms take no other form. Made once, stored, never changed.
public struct IdempotencyKey: Sendable, Hashable, CustomStringConvertible {
  /// What is sent and stored: for a new one 36 characters, hex digits in lower case.
  public let rawValue: String

  /// Takes back a stored one.
  public init(stored: String) {
    rawValue = stored
  }

  /// Source of the form: RFC 9562, section 5.4.
  public init(using generator: inout some RandomNumberGenerator) {
    let high = generator.next() & 0xFFFF_FFFF_FFFF_0FFF | 0x4000
    let low = generator.next() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
    let (head, tail) = (hex(high), hex(low))
    rawValue = "\(head.prefix(8))-\(head.dropFirst(8).prefix(4))-\(head.suffix(4))-\(tail.prefix(4))-\(tail.suffix(12))"
  }

  /// The same as `rawValue`.
  public var description: String { rawValue }
}

private func hex(_ number: UInt64) -> String {
  let digits = String(number, radix: 16)
  return String(repeating: "0", count: 16 - digits.count) + digits
}
