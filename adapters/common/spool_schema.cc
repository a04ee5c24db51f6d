#include "adapters/common/spool_schema.h"

#include "SQLiteCpp/SQLiteCpp.h"
#include "absl/strings/str_cat.h"
#include "adapters/common/spool_checkpoints.h"
#include "hub/base/error.h"

namespace recoup::adapters {
namespace {

constexpr int kApplicationId = 0x52535031;  // "RSP1"
constexpr int kVersion = 1;

// The states are those of spool.cc: 0 waiting, 1 delivered, 2 refused, 3 dropped. Several rows may
// share a source key only if all but one are dropped. The tally is kept by triggers, so that the
// length of a long queue is one read.
constexpr char kTables[] = R"sql(
CREATE TABLE item(
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  source_key BLOB NOT NULL,
  kind BLOB NOT NULL,
  order_key BLOB NOT NULL,
  payload BLOB NOT NULL,
  request_id BLOB NOT NULL,
  state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 3),
  enqueued_ms INTEGER NOT NULL,
  finished_ms INTEGER,
  answer BLOB,
  error BLOB,
  drop_reason BLOB
) STRICT;
CREATE INDEX item_by_source ON item(source_key, sequence);
CREATE UNIQUE INDEX item_live_source ON item(source_key) WHERE state <> 3;
CREATE INDEX item_waiting ON item(sequence) WHERE state = 0;
CREATE INDEX item_open ON item(order_key, sequence) WHERE state IN (0, 2);
CREATE INDEX item_refused ON item(sequence) WHERE state = 2;
CREATE INDEX item_finished ON item(finished_ms) WHERE state IN (1, 3);

CREATE TABLE tally(state INTEGER PRIMARY KEY, items INTEGER NOT NULL) STRICT;
INSERT INTO tally VALUES (0, 0), (1, 0), (2, 0), (3, 0);
CREATE TRIGGER item_added AFTER INSERT ON item BEGIN
  UPDATE tally SET items = items + 1 WHERE state = NEW.state;
END;
CREATE TRIGGER item_moved AFTER UPDATE OF state ON item BEGIN
  UPDATE tally SET items = items - 1 WHERE state = OLD.state;
  UPDATE tally SET items = items + 1 WHERE state = NEW.state;
END;
CREATE TRIGGER item_deleted AFTER DELETE ON item BEGIN
  UPDATE tally SET items = items - 1 WHERE state = OLD.state;
END;

CREATE TABLE queue_alert(
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  alerting INTEGER NOT NULL
) STRICT;
INSERT INTO queue_alert VALUES (1, 0);
)sql";

}  // namespace

absl::Status PrepareSpoolSchema(SQLite::Database& database) {
  database.exec("PRAGMA journal_mode = WAL");
  database.exec("PRAGMA synchronous = FULL");  // A commit returns after the fsync of the WAL.
  database.exec(kCheckpointSeldom);
  // Immediate, so that of two processes that start together one waits and finds the tables made.
  SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
  const int version = database.execAndGet("PRAGMA user_version").getInt();
  const int application = database.execAndGet("PRAGMA application_id").getInt();
  const bool empty = database.execAndGet("SELECT count(*) FROM sqlite_schema").getInt() == 0;
  if (empty) {
    database.exec(kTables);
    database.exec(absl::StrCat("PRAGMA application_id = ", kApplicationId));
    database.exec(absl::StrCat("PRAGMA user_version = ", kVersion));
  } else if (application != kApplicationId) {
    return MakeError(Reason::kInvalidArgument, "this file is not a spool of Recoup");
  } else if (version != kVersion) {
    return MakeError(Reason::kInvalidArgument,
                     absl::StrCat("the spool was written by another version (", version,
                                  "); this program knows version ", kVersion));
  }
  transaction.commit();
  return absl::OkStatus();
}

}  // namespace recoup::adapters
