import CCurl
import Outbox

/// One request on a libcurl easy handle, with what was received of its reply. Lives on its loop's thread only.
///
/// The handle points back to the object; the loop keeps the object until the handle is out of the multi handle.
@safe final class CurlTransfer {
  let deadline: ContinuousClock.Instant
  /// Every option was taken.
  private(set) var isReady = true

  private let job: CurlJob
  private let easy: UnsafeMutableRawPointer
  private let limitBytes: Int
  private let allowsPrivate: Bool
  private var headerList: UnsafeMutablePointer<curl_slist>?
  private let gate: UnsafeMutablePointer<ccurl_gate>
  private var headers: [Header] = []
  private var headerBytes = 0
  private var body: [UInt8] = []
  private var addressesAllowed = 0
  private var addressesRefused = 0

  init(
    _ job: CurlJob, on easy: EasyHandle, _ configuration: CurlTransport.Configuration, allowsPrivate: Bool
  ) {
    self.job = job
    unsafe self.easy = unsafe easy.pointer
    self.allowsPrivate = allowsPrivate
    limitBytes = configuration.replyLimitBytes
    deadline = job.submitted + configuration.timeLimit
    unsafe gate = .allocate(capacity: 1)
    unsafe headerList = nil
    let context = unsafe Unmanaged.passUnretained(self).toOpaque()
    unsafe gate.initialize(to: ccurl_gate(judge: judge, context: context))
    setLimits(configuration)
    setNetwork(configuration)
    setRequest(configuration)
    unsafe check(ccurl_set_gate(easy.pointer, gate))
    unsafe check(ccurl_set_header_callback(easy.pointer, receiveHeader, context))
    unsafe check(ccurl_set_body_callback(easy.pointer, receiveBody, context))
  }

  deinit {
    unsafe curl_slist_free_all(headerList)
    unsafe gate.deallocate()
  }

  /// Answers whoever waits for this transfer. Once.
  func complete(_ result: TransportResult) {
    job.continuation.resume(returning: result)
  }

  private func setLimits(_ configuration: CurlTransport.Configuration) {
    let left = ContinuousClock.now.duration(to: deadline) / Duration.milliseconds(1)
    let connect = configuration.connectLimit / Duration.milliseconds(1)
    set(CURLOPT_TIMEOUT_MS, Int(min(max(left, 1), 600_000)))
    set(CURLOPT_CONNECTTIMEOUT_MS, Int(min(max(connect, 1), 600_000)))
    set(CURLOPT_NOSIGNAL, 1)
    // Without it, taking an unfinished transfer away waits for its resolver thread, and with it all others wait.
    set(CURLOPT_QUICK_EXIT, 1)
  }

  private func setNetwork(_ configuration: CurlTransport.Configuration) {
    set(CURLOPT_PROTOCOLS_STR, allowsPrivate ? "https,http" : "https")
    set(CURLOPT_REDIR_PROTOCOLS_STR, "https")
    set(CURLOPT_FOLLOWLOCATION, 0)
    set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1)
    set(CURLOPT_PROXY, "")
    set(CURLOPT_NETRC, 0)
    set(CURLOPT_SSL_VERIFYPEER, 1)
    set(CURLOPT_SSL_VERIFYHOST, 2)
    set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
    set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
    if let caFile = configuration.caFile { set(CURLOPT_CAINFO, caFile) }
    // On a connection that had been idle libcurl resends by itself when the receiver closes it without an answer. Where
    // a second copy does harm it gets a new connection, on which libcurl never does.
    if !job.request.isRepeatable { set(CURLOPT_FRESH_CONNECT, 1) }
  }

  private func setRequest(_ configuration: CurlTransport.Configuration) {
    let request = job.request
    set(CURLOPT_URL, request.url)
    set(CURLOPT_USERAGENT, "InnerCoach/\(configuration.version)")
    unsafe check(ccurl_set_body(easy, request.body, request.body.count))
    if request.method != .post { set(CURLOPT_CUSTOMREQUEST, request.method.rawValue) }
    // Else libcurl asks for permission before larger bodies, and waits a second where nobody answers.
    append("Expect:")
    for header in request.headers {
      append(header.value.isEmpty ? "\(header.name);" : "\(header.name): \(header.value)")
    }
    unsafe check(ccurl_set_headers(easy, headerList))
  }

  private func append(_ line: String) {
    guard let list = unsafe curl_slist_append(headerList, line) else {
      isReady = false
      return
    }
    unsafe headerList = unsafe list
  }

  private func set(_ option: CURLoption, _ value: Int) {
    unsafe check(ccurl_set_long(easy, option, value))
  }

  private func set(_ option: CURLoption, _ value: String) {
    unsafe check(ccurl_set_string(easy, option, value))
  }

  private func check(_ code: CURLcode) {
    if code != CURLE_OK { isReady = false }
  }

  /// What libcurl's result means. Once a status arrived, it decides, whatever happened to the rest of the reply.
  func result(_ code: CURLcode) -> TransportResult {
    if let reply { return .replied(reply) }
    if addressesRefused > 0, addressesAllowed == 0 {
      return .refused(reason: "the host's address is not public; `allow-private` on the channel would allow it")
    }
    let reason = unsafe String(cString: curl_easy_strerror(code))
    switch code {
    case CURLE_UNSUPPORTED_PROTOCOL where !isSent, CURLE_URL_MALFORMAT: return .refused(reason: reason)
    case CURLE_OK: return .unknown(reason: "the receiver closed the connection without a status")
    default: return isSent ? .unknown(reason: reason) : .notSent(reason: reason)
    }
  }

  /// What is known when we end it ourselves.
  func interrupted(_ reason: String) -> TransportResult {
    if let reply { return .replied(reply) }
    return isSent ? .unknown(reason: reason) : .notSent(reason: reason)
  }

  /// Whether any byte of the request was handed to the connection.
  private var isSent: Bool { unsafe ccurl_get_long(easy, CURLINFO_REQUEST_SIZE) > 0 }

  private var reply: TransportReply? {
    let status = unsafe ccurl_get_long(easy, CURLINFO_RESPONSE_CODE)
    return status < 200 ? nil : TransportReply(status: status, headers: headers, body: body)
  }

  fileprivate func allows(_ address: [UInt8]) -> Bool {
    let isAllowed = allowsPrivate || AddressRules.isPublic(address)
    if isAllowed { addressesAllowed += 1 } else { addressesRefused += 1 }
    return isAllowed
  }

  /// Takes one header line; false ends the transfer.
  fileprivate func take(headerLine line: [UInt8]) -> Bool {
    headerBytes += line.count
    if line.starts(with: Array("HTTP/".utf8)) { headers = [] }
    let parts = line.split(separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
    if parts.count == 2 {
      let name = String(decoding: parts[0], as: UTF8.self).lowercased()
      let value = parts[1].drop { $0 <= 0x20 }.reversed().drop { $0 <= 0x20 }.reversed()
      if ["retry-after", "date", "content-type"].contains(name),
        let header = Header(name, String(decoding: Array(value), as: UTF8.self))
      {
        headers.append(header)
      }
    }
    return headerBytes <= limitBytes
  }

  /// Takes a piece of the body; false ends the transfer, with the first `limitBytes` kept.
  fileprivate func take(_ piece: UnsafeRawBufferPointer) -> Bool {
    unsafe body.append(contentsOf: piece.prefix(limitBytes - body.count))
    return unsafe body.count < limitBytes || piece.isEmpty
  }
}

private func transfer(_ context: UnsafeMutableRawPointer?) -> CurlTransfer? {
  guard let context = unsafe context else { return nil }
  return unsafe Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
}

private let judge: ccurl_judge = { address, count, context in
  guard let address = unsafe address, let transfer = unsafe transfer(context) else { return 0 }
  let isAllowed = unsafe transfer.allows(Array(UnsafeBufferPointer(start: address, count: count)))
  return isAllowed ? 1 : 0
}

private let receiveHeader: ccurl_receive = { bytes, size, count, context in
  let (length, overflow) = size.multipliedReportingOverflow(by: count)
  guard !overflow, let transfer = unsafe transfer(context) else { return 0 }
  let line = unsafe Array(UnsafeRawBufferPointer(start: bytes, count: length))
  return transfer.take(headerLine: line) ? length : 0
}

private let receiveBody: ccurl_receive = { bytes, size, count, context in
  let (length, overflow) = size.multipliedReportingOverflow(by: count)
  guard !overflow, let transfer = unsafe transfer(context) else { return 0 }
  return unsafe transfer.take(UnsafeRawBufferPointer(start: bytes, count: length)) ? length : 0
}
