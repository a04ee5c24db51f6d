// Online backup: SQLite's own page copy, then a check of the copy.
#include <unistd.h>

#include "absl/strings/str_cat.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/storage/sqlite/connection.h"
#include "hub/storage/sqlite/sqlite_store.h"

namespace recoup::storage {

absl::Status BackupSqlite(const std::string& from, const std::string& to) {
  if (access(to.c_str(), F_OK) == 0) {
    return MakeError(Reason::kInvalidArgument,
                     absl::StrCat("the file exists already and is never overwritten: ", to));
  }
  RECOUP_ASSIGN_OR_RETURN(const std::unique_ptr<SQLite::Database> source,
                          OpenConnection(from, OpenMode::kReadOnly));
  return Guard([&]() -> absl::Status {
    // VACUUM INTO reads one snapshot, so the copy is consistent while the hub goes on writing.
    source->exec("PRAGMA query_only = OFF");
    SQLite::Statement copy(*source, "VACUUM INTO ?");
    copy.bindNoCopy(1, to);
    copy.executeStep();
    const SQLite::Database check(to, SQLite::OPEN_READONLY);
    SQLite::Statement integrity(check, "PRAGMA integrity_check");
    if (!integrity.executeStep() || integrity.getColumn(0).getString() != "ok") {
      return absl::DataLossError("the copy does not pass SQLite's integrity check");
    }
    return absl::OkStatus();
  });
}

}  // namespace recoup::storage
