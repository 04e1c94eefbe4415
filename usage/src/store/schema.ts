/** The form of the list; a program reads no store of another one. */
export const SCHEMA_VERSION = 2;

/** Marks the file as ours (PRAGMA application_id): "cspu". */
export const APPLICATION_ID = 0x63737075;

/**
 * The tables of the list. Times are texts, `2026-10-01T18:00:00Z`, days `2026-10-01`.
 *
 * A window is `asking` until its last page is staged, `staged` until its rows are published, then `done`. Its `subscribers`
 * are whom it is asked for one by one, as JSON; null where it is asked for all at once. `counted` is how many rows of it are
 * live; null before it was ever published.
 */
export const SCHEMA = `
CREATE TABLE hub (
  id INTEGER PRIMARY KEY,
  cloud_id TEXT NOT NULL UNIQUE,
  granularity TEXT NOT NULL,
  first_window TEXT NOT NULL,
  by_subscriber INTEGER NOT NULL DEFAULT 0,
  delay_hours INTEGER NOT NULL,
  lag_hours INTEGER NOT NULL,
  endpoint TEXT NOT NULL CHECK (endpoint IN ('admin', 'user')),
  asked_by TEXT,
  first_synced TEXT NOT NULL,
  last_synced TEXT NOT NULL
) STRICT;
CREATE TABLE hub_key (
  key TEXT PRIMARY KEY,
  hub INTEGER NOT NULL REFERENCES hub,
  first_seen TEXT NOT NULL,
  last_seen TEXT NOT NULL
) STRICT;
CREATE TABLE window (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  hub INTEGER NOT NULL REFERENCES hub,
  start TEXT NOT NULL,
  "end" TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('asking', 'staged', 'done')),
  subscribers TEXT,
  position INTEGER NOT NULL DEFAULT 0,
  next_link TEXT,
  pages INTEGER NOT NULL DEFAULT 0,
  rows INTEGER NOT NULL DEFAULT 0,
  length INTEGER NOT NULL DEFAULT 0,
  crc INTEGER NOT NULL DEFAULT 0,
  fetched_at TEXT,
  counted INTEGER,
  UNIQUE (hub, start)
) STRICT;
CREATE TABLE segment (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  hub INTEGER NOT NULL REFERENCES hub,
  usage_date TEXT NOT NULL,
  path TEXT NOT NULL UNIQUE,
  rows INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('live', 'superseded')),
  published_at TEXT NOT NULL,
  superseded_at TEXT
) STRICT;
CREATE INDEX live_segments ON segment (hub, usage_date) WHERE state = 'live';
CREATE TABLE segment_window (
  segment INTEGER NOT NULL REFERENCES segment,
  window INTEGER NOT NULL REFERENCES window,
  PRIMARY KEY (segment, window)
) STRICT, WITHOUT ROWID;
CREATE INDEX segments_of_window ON segment_window (window);
CREATE TABLE draft (
  path TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
CREATE TABLE day (
  hub INTEGER NOT NULL REFERENCES hub,
  usage_date TEXT NOT NULL,
  changed_at TEXT NOT NULL,
  closed_at TEXT,
  reopened_at TEXT,
  PRIMARY KEY (hub, usage_date)
) STRICT, WITHOUT ROWID;
CREATE TABLE set_aside (
  id INTEGER PRIMARY KEY,
  window INTEGER NOT NULL REFERENCES window,
  code TEXT NOT NULL,
  usage_date TEXT NOT NULL,
  quantity TEXT NOT NULL,
  kept TEXT,
  row TEXT NOT NULL,
  noted_at TEXT NOT NULL
) STRICT;
CREATE TABLE evidence (
  path TEXT PRIMARY KEY,
  window INTEGER NOT NULL REFERENCES window,
  sha256 TEXT NOT NULL,
  noted_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE note (
  id INTEGER PRIMARY KEY,
  hub INTEGER NOT NULL REFERENCES hub,
  kind TEXT NOT NULL CHECK (kind IN ('subscription', 'mapping')),
  name TEXT NOT NULL,
  facts TEXT NOT NULL,
  first_seen TEXT NOT NULL,
  last_seen TEXT NOT NULL,
  ended_at TEXT
) STRICT;
CREATE INDEX current_notes ON note (hub, kind, name) WHERE ended_at IS NULL;
CREATE TABLE subscriber (
  hub INTEGER NOT NULL REFERENCES hub,
  subscription_id TEXT NOT NULL,
  PRIMARY KEY (hub, subscription_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE run (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  pid INTEGER NOT NULL,
  host TEXT NOT NULL,
  started TEXT NOT NULL,
  ended TEXT
) STRICT;
PRAGMA application_id = ${APPLICATION_ID};
PRAGMA user_version = ${SCHEMA_VERSION};
`;
