package import Outbox

/// Performs requests with libcurl.
///
/// Two loops, each with its own thread and connections: one for requests that may go to public addresses over https only,
/// one for those that may go anywhere. They share nothing, because a pooled connection is not judged again: a connection
/// that the second may open must not be there for the first to use.
///
/// Redirects, proxies, cookies, `.netrc` and compression are off; of a reply at most 64 KiB are read.
package final class CurlTransport: Sendable {
  package struct Configuration: Sendable {
    /// Certificates to trust, as a PEM file, instead of the system's. libcurl heeds no environment variable here.
    package var caFile: String?
    /// For `User-Agent: InnerCoach/<version>`.
    package var version: String
    /// For finding the host, the connection and TLS.
    package var connectLimit = Duration.seconds(5)
    /// For everything from `send` to its result.
    package var timeLimit = Duration.seconds(15)
    /// The most that is read of a reply's body, and of its headers.
    package var replyLimitBytes = 65_536

    package init(version: String, caFile: String? = nil) {
      self.version = version
      self.caFile = caFile
    }
  }

  private let publicOnly: CurlLoop
  private let anywhere: CurlLoop

  package init(_ configuration: Configuration) {
    publicOnly = CurlLoop(configuration, allowsPrivate: false)
    anywhere = CurlLoop(configuration, allowsPrivate: true)
  }

  deinit { close() }

  /// Performs one request; returns within the time limit, whatever the network does. May be called from anywhere, any
  /// number at once; blocks no thread.
  package func send(_ request: TransportRequest) async -> TransportResult {
    if let problem = RequestRules.problem(in: request) { return .refused(reason: problem) }
    let loop = request.allowsPrivate ? anywhere : publicOnly
    return await withCheckedContinuation { loop.submit(CurlJob(request: request, continuation: $0)) }
  }

  /// Ends both threads. What is in flight ends with `unknown` or `notSent`; later requests with `notSent`.
  package func close() {
    publicOnly.close()
    anywhere.close()
  }
}

/// A request on its way to a loop's thread.
struct CurlJob: Sendable {
  let request: TransportRequest
  let continuation: CheckedContinuation<TransportResult, Never>
  let submitted = ContinuousClock.now
}
