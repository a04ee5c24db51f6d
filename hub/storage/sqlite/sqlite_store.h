// The SQLite store: WAL, synchronous=FULL, one writing connection, one connection per snapshot.
//
// Commit returns after SQLite has synced the write-ahead log, so what was answered survives a kill
// and a power cut. Snapshots are read transactions on connections of a small pool and never wait
// for the writer. Checkpoints run only in Checkpoint(), off the commit path. SQLiteCpp throws;
// nothing thrown leaves this file's functions: SQLITE_BUSY becomes ABORTED, corruption DATA_LOSS,
// constraint violations INTERNAL, the rest UNAVAILABLE.
#ifndef RECOUP_HUB_STORAGE_SQLITE_SQLITE_STORE_H_
#define RECOUP_HUB_STORAGE_SQLITE_SQLITE_STORE_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "hub/app/ports.h"

namespace recoup::storage {

// Opens or creates the database and applies missing migrations under a lock. A database written by
// a newer program, or one that another hub has open for writing, is refused.
absl::StatusOr<std::unique_ptr<app::Store>> OpenSqliteStore(const std::string& path);

// Opens an existing database for reading only, beside a running hub or without one.
absl::StatusOr<std::unique_ptr<app::ReadView>> OpenSqliteReadOnly(const std::string& path);

// Copies a database while a hub may be writing to it, then checks the copy (PRAGMA
// integrity_check).
absl::Status BackupSqlite(const std::string& from, const std::string& to);

}  // namespace recoup::storage

#endif  // RECOUP_HUB_STORAGE_SQLITE_SQLITE_STORE_H_
