import CCurl
import Foundation
import Outbox
import Synchronization

/// One thread that drives a libcurl multi handle. Others hand it jobs through the inbox and wake it; it alone touches
/// transfers. This file and `CurlTransfer` own all pointers of the module.
@safe final class CurlLoop: Sendable {
  private struct Inbox {
    var jobs: [CurlJob] = []
    var isStarted = false
    var isClosing = false
    /// The multi handle is gone.
    var isClosed = false
  }

  private let configuration: CurlTransport.Configuration
  private let allowsPrivate: Bool
  private let inbox = Mutex(Inbox())
  // Never changes, and other threads only pass it to `curl_multi_wakeup`, the one function that libcurl allows there;
  // they do so under the inbox's lock and not once `isClosed` is set. All else happens on the loop's own thread.
  private nonisolated(unsafe) let multi: UnsafeMutableRawPointer?

  init(_ configuration: CurlTransport.Configuration, allowsPrivate: Bool) {
    self.configuration = configuration
    self.allowsPrivate = allowsPrivate
    unsafe multi = ccurl_global_init() == 0 ? curl_multi_init() : nil
    // Above the outbox's own bound. None for each host: behind one host lie many channels, and what waits inside libcurl
    // waits unseen.
    unsafe ccurl_multi_set_long(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, 256)
  }

  func submit(_ job: CurlJob) {
    let isTaken = inbox.withLock { inbox in
      guard !inbox.isClosing, unsafe multi != nil else { return false }
      inbox.jobs.append(job)
      if !inbox.isStarted {
        inbox.isStarted = true
        let thread = Thread { self.run() }
        thread.name = allowsPrivate ? "curl-private" : "curl-public"
        thread.start()
      } else if inbox.jobs.count == 1 {
        unsafe curl_multi_wakeup(multi)
      }
      return true
    }
    if !isTaken { job.continuation.resume(returning: .notSent(reason: "the transport is closed")) }
  }

  func close() {
    let cleansHere = inbox.withLock { inbox in
      if inbox.isClosing { return false }
      inbox.isClosing = true
      if inbox.isStarted {
        if !inbox.isClosed { unsafe curl_multi_wakeup(multi) }
        return false
      }
      inbox.isClosed = true
      return true
    }
    if cleansHere { unsafe curl_multi_cleanup(multi) }
  }

  private func run() {
    var transfers: [EasyHandle: CurlTransfer] = [:]
    var idle: [EasyHandle] = []
    while true {
      let (jobs, isClosing) = inbox.withLock { inbox in
        defer { inbox.jobs = [] }
        return (inbox.jobs, inbox.isClosing)
      }
      for job in jobs { start(job, &transfers, &idle) }
      if isClosing { break }
      var running: Int32 = 0
      unsafe curl_multi_perform(multi, &running)
      finishDone(&transfers, &idle)
      abandonLate(&transfers)
      unsafe ccurl_multi_poll(multi, waitMilliseconds(transfers))
    }
    for (easy, transfer) in transfers {
      let result = transfer.interrupted("the service is stopping")
      remove(easy)
      transfer.complete(result)
    }
    for easy in idle { easy.cleanUp() }
    inbox.withLock { $0.isClosed = true }
    unsafe curl_multi_cleanup(multi)
  }

  private func start(
    _ job: CurlJob, _ transfers: inout [EasyHandle: CurlTransfer],
    _ idle: inout [EasyHandle]
  ) {
    guard let easy = idle.popLast() ?? EasyHandle() else {
      return job.continuation.resume(returning: .notSent(reason: "there is no memory for a request"))
    }
    let transfer = CurlTransfer(job, on: easy, configuration, allowsPrivate: allowsPrivate)
    guard transfer.isReady, unsafe curl_multi_add_handle(multi, easy.pointer) == CURLM_OK else {
      transfer.complete(.refused(reason: "libcurl does not take the request"))
      return easy.cleanUp()
    }
    transfers[easy] = transfer
  }

  private func finishDone(
    _ transfers: inout [EasyHandle: CurlTransfer], _ idle: inout [EasyHandle]
  ) {
    var code = CURLE_OK
    while let easy = unsafe ccurl_next_done(multi, &code).map(EasyHandle.init(_:)) {
      guard let transfer = transfers.removeValue(forKey: easy) else { continue }
      let result = transfer.result(code)
      unsafe curl_multi_remove_handle(multi, easy.pointer)
      if idle.count < 16 {
        easy.reset()
        idle.append(easy)
      } else {
        easy.cleanUp()
      }
      // Last, so that the object outlives the handle's use of it.
      transfer.complete(result)
    }
  }

  /// libcurl's own timeouts do not hold while its resolver thread waits for an answer, so the promise is kept here.
  private func abandonLate(_ transfers: inout [EasyHandle: CurlTransfer]) {
    let now = ContinuousClock.now
    for (easy, transfer) in transfers where transfer.deadline <= now {
      transfers.removeValue(forKey: easy)
      let result = transfer.interrupted("it took longer than allowed")
      remove(easy)
      transfer.complete(result)
    }
  }

  private func remove(_ easy: EasyHandle) {
    unsafe curl_multi_remove_handle(multi, easy.pointer)
    easy.cleanUp()
  }

  /// Until the next deadline, but no longer than a second; libcurl shortens it to its own next timer.
  private func waitMilliseconds(_ transfers: [EasyHandle: CurlTransfer]) -> Int32 {
    guard let next = transfers.values.map(\.deadline).min() else { return 1000 }
    let left = ContinuousClock.now.duration(to: next) / Duration.milliseconds(1)
    return Int32(min(max(left.rounded(.up), 0), 1000))
  }
}

/// A libcurl easy handle, made and cleaned up by the loop.
@safe struct EasyHandle: Hashable {
  let pointer: UnsafeMutableRawPointer

  init(_ pointer: UnsafeMutableRawPointer) {
    unsafe self.pointer = unsafe pointer
  }

  init?() {
    guard let pointer = unsafe curl_easy_init() else { return nil }
    unsafe self.pointer = unsafe pointer
  }

  /// Forgets the last request; keeps nothing of it but its memory.
  func reset() { unsafe curl_easy_reset(pointer) }

  func cleanUp() { unsafe curl_easy_cleanup(pointer) }

  static func == (one: EasyHandle, other: EasyHandle) -> Bool { unsafe one.pointer == other.pointer }

  func hash(into hasher: inout Hasher) { unsafe hasher.combine(pointer) }
}
