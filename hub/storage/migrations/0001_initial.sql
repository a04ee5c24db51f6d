-- The store of a hub. Keys are time-ordered so that rows are appended; what identifies people is sealed or blind.
CREATE TABLE partition (
  number INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  events INTEGER NOT NULL DEFAULT 0,
  transfers INTEGER NOT NULL DEFAULT 0,
  notices INTEGER NOT NULL DEFAULT 0,
  frontier BLOB NOT NULL DEFAULT x''
);

-- Records: sealed bodies under (partition, kind, id).
CREATE TABLE record (
  partition INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  id BLOB NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (partition, kind, id)
) WITHOUT ROWID;

-- Keys that name at most one record: the constraint behind "nothing twice".
CREATE TABLE unique_key (
  kind INTEGER NOT NULL,
  key BLOB NOT NULL,
  partition INTEGER NOT NULL,
  record_kind INTEGER NOT NULL,
  id BLOB NOT NULL,
  PRIMARY KEY (kind, key)
) WITHOUT ROWID;

CREATE TABLE lookup_key (
  kind INTEGER NOT NULL,
  key BLOB NOT NULL,
  partition INTEGER NOT NULL,
  record_kind INTEGER NOT NULL,
  id BLOB NOT NULL,
  PRIMARY KEY (kind, key, partition, record_kind, id)
) WITHOUT ROWID;

-- The journal; position is partition << 40 | sequence, so rows of a pool lie together and in order.
CREATE TABLE transfer (
  position INTEGER PRIMARY KEY,
  event_partition INTEGER NOT NULL,
  event_sequence INTEGER NOT NULL,
  recorded_us INTEGER NOT NULL,
  debit INTEGER NOT NULL,
  credit INTEGER NOT NULL,
  amount INTEGER NOT NULL CHECK (amount > 0),
  advance BLOB NOT NULL,
  demand BLOB NOT NULL,
  entry BLOB NOT NULL,
  debit_balance INTEGER NOT NULL CHECK (debit_balance >= 0),
  credit_balance INTEGER NOT NULL CHECK (credit_balance >= 0)
);

CREATE TABLE balance (
  partition INTEGER NOT NULL,
  account INTEGER NOT NULL,
  amount INTEGER NOT NULL CHECK (amount >= 0),
  PRIMARY KEY (partition, account)
) WITHOUT ROWID;

-- The event log; leaf is the RFC 6962 leaf hash of header.
CREATE TABLE event (
  position INTEGER PRIMARY KEY,
  header BLOB NOT NULL,
  leaf BLOB NOT NULL,
  body BLOB NOT NULL
);

-- Request ids (UUID version 7, so time-ordered) and the event each became.
CREATE TABLE request (
  id BLOB NOT NULL,
  party TEXT NOT NULL,
  digest BLOB NOT NULL,
  event_position INTEGER NOT NULL,
  PRIMARY KEY (id, party)
) WITHOUT ROWID;

-- Signed heads of the event logs; position is partition << 40 | size.
CREATE TABLE tree_head (
  position INTEGER PRIMARY KEY,
  head BLOB NOT NULL,
  signature BLOB NOT NULL
);

-- The outbox: notices to parties, position is the recipient's partition << 40 | sequence.
CREATE TABLE notice (
  position INTEGER PRIMARY KEY,
  partition INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  id BLOB NOT NULL,
  what TEXT NOT NULL,
  recorded_us INTEGER NOT NULL
);
