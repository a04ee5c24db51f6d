#include "hub/storage/sqlite/connection.h"

#include <sqlite3.h>

#include "absl/strings/str_cat.h"
#include "hub/base/error.h"

namespace recoup::storage {

absl::Status StatusOf(const SQLite::Exception& error) {
  const int code = error.getErrorCode() & 0xFF;
  switch (code) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return absl::AbortedError("the store is busy");
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return absl::DataLossError("the store is corrupt");
    case SQLITE_CONSTRAINT:
      return absl::InternalError("a row breaks a constraint of the store");
    default:
      return MakeError(Reason::kStoreUnavailable,
                       absl::StrCat("the store cannot be used (SQLite error ",
                                    error.getExtendedErrorCode(), ")"));
  }
}

absl::StatusOr<std::unique_ptr<SQLite::Database>> OpenConnection(const std::string& path,
                                                                 OpenMode mode) {
  return Guard([&]() -> absl::StatusOr<std::unique_ptr<SQLite::Database>> {
    // A connection is used by one thread at a time, so SQLite need not lock.
    const int flags = (mode == OpenMode::kReadWrite ? SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE
                                                    : SQLite::OPEN_READONLY) |
                      SQLite::OPEN_NOMUTEX;
    auto database = std::make_unique<SQLite::Database>(path, flags, /*aBusyTimeoutMs=*/5000);
    // The writer keeps the index pages it touches; readers live from the memory map. Every
    // connection has a map of its own, which counts as memory once it is read: a run that reads
    // everything on several connections must not hold the file several times.
    database->exec(mode == OpenMode::kReadWrite ? "PRAGMA cache_size = -262144"
                                                : "PRAGMA cache_size = -16384");
    database->exec("PRAGMA mmap_size = 268435456");
    database->exec("PRAGMA temp_store = MEMORY");
    if (mode == OpenMode::kReadWrite) {
      database->exec("PRAGMA journal_mode = WAL");
      database->exec("PRAGMA synchronous = FULL");
      database->exec(
          "PRAGMA wal_autocheckpoint = 0");  // Checkpoint() does it, off the commit path.
      database->exec("PRAGMA foreign_keys = ON");
    } else {
      database->exec("PRAGMA query_only = ON");
    }
    return database;
  });
}

}  // namespace recoup::storage
