import Crypto
import Foundation

/// Slack's proof of origin: `X-Slack-Signature: v0=` and the lower-case hex of HMAC-SHA256 over `v0:`, the timestamp header,
/// `:` and the raw body. Good for 300 s in both directions; nothing in it is unique, so repeats are told by other keys.
struct SlackSignature: Sendable {
  /// Slack's own SDK uses the same window.
  static let windowSeconds = 300.0

  private let keys: [SymmetricKey]

  init(secrets: [String]) {
    keys = secrets.filter { !$0.isEmpty }.map { SymmetricKey(data: Array($0.utf8)) }
  }

  struct Failure: Error {
    var reason: Refusal.Reason
  }

  /// The signature as it came, once it is proved.
  ///
  /// Every key is tried, and the comparison takes the same time wherever the bytes differ.
  func check(_ request: InboundRequest, now: Date) -> Result<String, Failure> {
    let signatures = request.values(of: "x-slack-signature")
    let timestamps = request.values(of: "x-slack-request-timestamp")
    guard signatures.count == 1, timestamps.count == 1, let signature = signatures.first,
      let timestamp = timestamps.first, let code = Self.code(signature), let time = Self.seconds(timestamp)
    else { return .failure(Failure(reason: .unsigned)) }
    var isProved = false
    for key in keys {
      var hmac = HMAC<SHA256>(key: key)
      hmac.update(data: Array("v0:\(timestamp):".utf8))
      hmac.update(data: request.body)
      // swift-crypto compares a code with bytes in constant time.
      if hmac.finalize() == Data(code) { isProved = true }
    }
    guard isProved else { return .failure(Failure(reason: .forged)) }
    guard abs(now.timeIntervalSince1970 - time) <= Self.windowSeconds else { return .failure(Failure(reason: .stale)) }
    return .success(signature)
  }

  /// ASCII digits only: no sign, space, fraction or other script. At most 12, which `Double` holds exactly.
  private static func seconds(_ text: String) -> Double? {
    let digits = text.utf8
    guard (1...12).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return Double(text)
  }

  /// The 32 bytes behind `v0=`, from exactly 64 lower-case hex digits.
  private static func code(_ text: String) -> [UInt8]? {
    let bytes = Array(text.utf8)
    guard bytes.count == 67, bytes.starts(with: "v0=".utf8) else { return nil }
    var (code, high): ([UInt8], UInt8?) = ([], nil)
    for byte in bytes.dropFirst(3) {
      let digit: UInt8
      switch byte {
      case 0x30...0x39: digit = byte - 0x30
      case 0x61...0x66: digit = byte - 0x61 + 10
      default: return nil
      }
      if let upper = high {
        code.append(upper << 4 | digit)
        high = nil
      } else {
        high = digit
      }
    }
    return code
  }
}
