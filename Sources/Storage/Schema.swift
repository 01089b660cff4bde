import GRDB

/// The tables, as numbered migrations. The number of the last one applied stands in `PRAGMA user_version`; a number is
/// never reused, and a migration that was released is never changed.
///
/// Instants are whole milliseconds since 1970. Every stored payload has its SHA-256 beside it. `STRICT` tables hold
/// columns to their types, so that a value read back has the type that was written.
enum Schema {
  /// "Coac", in `PRAGMA application_id`: tells our database from another's.
  static let applicationID = 0x436F_6163

  static var newest: Int { migrations.count }

  /// Applies what is missing, in one transaction.
  static func migrate(_ db: GRDB.Database) throws {
    try db.inTransaction(.immediate) {
      let version = try version(of: db)
      for (index, sql) in migrations.enumerated() where index >= version {
        try db.execute(sql: sql)
        try db.execute(sql: "PRAGMA user_version = \(index + 1)")
      }
      if version == 0 { try db.execute(sql: "PRAGMA application_id = \(applicationID)") }
      return .commit
    }
  }

  static func version(of db: GRDB.Database) throws -> Int {
    try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
  }

  private static let migrations = [first]

  private static let first = """
    CREATE TABLE deliveries (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      channel TEXT NOT NULL,
      lane TEXT NOT NULL,
      order_key TEXT NOT NULL,
      destination_kind TEXT NOT NULL,
      destination TEXT NOT NULL,
      purpose TEXT NOT NULL,
      content_type TEXT NOT NULL,
      headers TEXT NOT NULL,
      body BLOB NOT NULL,
      checksum BLOB NOT NULL,
      idempotency_key TEXT NOT NULL,
      recognises_repeats INTEGER NOT NULL,
      accepted INTEGER NOT NULL,
      not_before INTEGER NOT NULL,
      expires INTEGER NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('pending', 'leased', 'delivered', 'dead', 'unknown')),
      -- When to look at it next: the next attempt while pending, the end of the lease while leased.
      due INTEGER NOT NULL,
      lease_owner TEXT,
      fence INTEGER NOT NULL DEFAULT 0,
      attempts INTEGER NOT NULL DEFAULT 0,
      tries INTEGER NOT NULL DEFAULT 0,
      settled INTEGER,
      reason TEXT NOT NULL DEFAULT ''
    ) STRICT;
    CREATE INDEX deliveries_by_lane ON deliveries (lane, due) WHERE state IN ('pending', 'leased');
    CREATE INDEX deliveries_by_order ON deliveries (order_key, sequence, not_before) WHERE state IN ('pending', 'leased');
    CREATE INDEX deliveries_by_state ON deliveries (state, settled);

    CREATE TABLE attempts (
      delivery INTEGER NOT NULL REFERENCES deliveries (sequence) ON DELETE CASCADE,
      number INTEGER NOT NULL,
      started INTEGER NOT NULL,
      duration INTEGER NOT NULL DEFAULT 0,
      outcome TEXT,
      status INTEGER,
      reason TEXT NOT NULL DEFAULT '',
      PRIMARY KEY (delivery, number)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE received (
      channel TEXT NOT NULL,
      id TEXT NOT NULL,
      at INTEGER NOT NULL,
      reply BLOB,
      checksum BLOB,
      PRIMARY KEY (channel, id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX received_by_time ON received (at);

    CREATE TABLE conversations (
      id TEXT NOT NULL PRIMARY KEY,
      state BLOB NOT NULL,
      checksum BLOB NOT NULL,
      revision INTEGER NOT NULL,
      expires INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX conversations_by_expiry ON conversations (expires);

    CREATE TABLE decks (
      key TEXT NOT NULL PRIMARY KEY,
      state BLOB NOT NULL,
      checksum BLOB NOT NULL,
      revision INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE occurrences (
      schedule TEXT NOT NULL,
      key TEXT NOT NULL,
      channel TEXT NOT NULL,
      instant INTEGER NOT NULL,
      outcome TEXT NOT NULL,
      recorded INTEGER NOT NULL,
      PRIMARY KEY (schedule, key, channel)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX occurrences_by_instant ON occurrences (schedule, instant);
    """
}
