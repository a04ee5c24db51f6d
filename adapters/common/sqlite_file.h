// What the programs' own SQLite files (spool, case book, run journal) share: a file that only its
// owner may read, SQLite's exceptions as statuses, and bytes in columns.
#ifndef RECOUP_ADAPTERS_COMMON_SQLITE_FILE_H_
#define RECOUP_ADAPTERS_COMMON_SQLITE_FILE_H_

#include <string>
#include <string_view>

#include "SQLiteCpp/SQLiteCpp.h"
#include "absl/status/status.h"

namespace recoup::adapters {

// Creates the file where there is none: SQLite would use the process's umask. Its write-ahead log
// and shared-memory files take over the mode of the database. A failure's message starts with
// `prefix`, "spool ".
absl::Status CreateForOwnerOnly(const std::string& file, std::string_view prefix);

// STORE_UNAVAILABLE for what may pass (busy, disk), else INTERNAL. Without SQL text: messages are
// for people and may travel. `what` is the file for people, "spool".
absl::Status FromSqlite(std::string_view what, const SQLite::Exception& error);

// Runs `body`; what SQLiteCpp throws becomes its status.
template <typename Body>
auto GuardSqlite(std::string_view what, Body body) -> decltype(body()) {
  try {
    return body();
  } catch (const SQLite::Exception& error) {
    return FromSqlite(what, error);
  }
}

std::string BytesOf(const SQLite::Column& column);
// Copies; empty bytes are a value, not NULL.
void BindBlob(SQLite::Statement& statement, int index, std::string_view bytes);

}  // namespace recoup::adapters

#endif  // RECOUP_ADAPTERS_COMMON_SQLITE_FILE_H_
