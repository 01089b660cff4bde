import Foundation
import Logging
import ServiceLifecycle
import Storage

/// Erases what has had its time (delivered bodies, old ids and conversations), at the start and then every hour.
struct SweepDatabase: Service {
  let database: Database
  let logger: Logger

  func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        do {
          _ = try await database.sweep(now: Date())
        } catch {
          logger.warning("old rows could not be erased", metadata: ["error": "\(error)"])
        }
        try? await Task.sleep(for: .seconds(3600))
      }
    }
  }
}
