import Foundation
import Glibc

/// `coach index` as a process of its own, of the very program that runs here.
struct IndexProcess: Sendable {
  /// The configuration file that was named, if one was.
  let configurationPath: String?

  /// A million passages take a minute; what takes longer than this hangs.
  private static let limit = Duration.seconds(600)

  /// Whether it ended well. Blocking, for a thread of one's own; looks ten times a second whether to give up.
  @Sendable func callAsFunction(_ isStopping: () -> Bool) -> Bool {
    let process = Process()
    // The file that this process was started from, though a newer one may lie in its place by now.
    process.executableURL = URL(fileURLWithPath: "/proc/self/exe")
    process.arguments = ["index"] + (configurationPath.map { ["--config", $0] } ?? [])
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    let ended = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in ended.signal() }
    guard (try? process.run()) != nil else { return false }
    let deadline = ContinuousClock.now + Self.limit
    while ended.wait(timeout: .now() + .milliseconds(100)) == .timedOut {
      if isStopping() || ContinuousClock.now > deadline {
        kill(process.processIdentifier, SIGKILL)
        ended.wait()
        return false
      }
    }
    return process.terminationReason == .exit && process.terminationStatus == 0
  }
}
