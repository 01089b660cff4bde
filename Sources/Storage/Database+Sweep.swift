package import Foundation
import GRDB

extension Database {
  /// How long things are kept.
  package struct Retention: Sendable {
    /// Bodies of what was delivered; the row and its checksum stay.
    package var deliveredBodies = Duration.seconds(7 * 86_400)
    /// Rows of deliveries that came to rest, dead letters too.
    package var settledDeliveries = Duration.seconds(35 * 86_400)
    /// Received ids; longer than any platform repeats a request.
    package var receivedIDs = Duration.seconds(48 * 3600)
    package var occurrences = Duration.seconds(400 * 86_400)

    package init() {}
  }

  /// Erases what is past its time, in small transactions so that nobody waits long, and its bytes from the database's
  /// files; returns how many rows it touched. Meant to run every hour or so.
  @discardableResult
  package func sweep(now: Date, retention: Retention = Retention()) async throws(StorageError) -> Int {
    let body = now.milliseconds(before: retention.deliveredBodies)
    let settled = now.milliseconds(before: retention.settledDeliveries)
    let received = now.milliseconds(before: retention.receivedIDs)
    let occurrence = now.milliseconds(before: retention.occurrences)
    var touched = 0
    // A URL out of a request is a key to post with: it goes with the body.
    touched += try await sweep(
      """
      UPDATE deliveries SET body = x'', headers = '',
        destination = CASE destination_kind WHEN 'url' THEN '' ELSE destination END
      WHERE sequence IN (SELECT sequence FROM deliveries
        WHERE state = 'delivered' AND settled < ? AND length(body) > 0 LIMIT 500)
      """, body)
    touched += try await sweep(
      """
      DELETE FROM deliveries WHERE sequence IN (SELECT sequence FROM deliveries
        WHERE state IN ('delivered', 'dead', 'unknown') AND settled < ? LIMIT 500)
      """, settled)
    touched += try await sweep(
      """
      DELETE FROM received WHERE (channel, id) IN (SELECT channel, id FROM received WHERE at < ? LIMIT 500)
      """, received)
    touched += try await sweep(
      "DELETE FROM conversations WHERE id IN (SELECT id FROM conversations WHERE expires < ? LIMIT 500)",
      now.milliseconds)
    // The newest of each schedule stays, however old: it tells what was missed.
    touched += try await sweep(
      """
      DELETE FROM occurrences WHERE (schedule, key, channel) IN (SELECT schedule, key, channel FROM occurrences AS this
        WHERE instant < ? AND instant < (SELECT max(instant) FROM occurrences WHERE schedule = this.schedule) LIMIT 500)
      """, occurrence)
    if touched > 0 { await emptyLog() }
    return touched
  }

  /// Repeats a statement that touches at most 500 rows until it touches none.
  private func sweep(_ sql: String, _ limit: Int) async throws(StorageError) -> Int {
    var total = 0
    while true {
      let touched = try await commits.perform { db in
        try db.execute(sql: sql, arguments: [limit])
        return db.changesCount
      }
      if touched == 0 { return total }
      total += touched
    }
  }
}

extension Date {
  fileprivate func milliseconds(before duration: Duration) -> Int {
    addingTimeInterval(-Double(duration.components.seconds)).milliseconds
  }
}
