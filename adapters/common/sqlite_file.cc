#include "adapters/common/sqlite_file.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "hub/base/error.h"

namespace recoup::adapters {

absl::Status CreateForOwnerOnly(const std::string& file, std::string_view prefix) {
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) {
    return MakeError(Reason::kStoreUnavailable,
                     absl::StrCat(std::string(prefix), file, ": ", std::strerror(errno)));
  }
  ::close(descriptor);
  return absl::OkStatus();
}

absl::Status FromSqlite(std::string_view what, const SQLite::Exception& error) {
  const std::string message =
      absl::StrCat(std::string(what), ": ", sqlite3_errstr(error.getErrorCode()));
  switch (error.getErrorCode()) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
      return MakeError(Reason::kStoreUnavailable, message);
  }
  return MakeError(Reason::kInternal, message);
}

std::string BytesOf(const SQLite::Column& column) {
  return std::string(static_cast<const char*>(column.getBlob()),
                     static_cast<std::size_t>(column.getBytes()));
}

void BindBlob(SQLite::Statement& statement, int index, std::string_view bytes) {
  // A null pointer would bind NULL, not the empty value.
  statement.bind(index, bytes.empty() ? "" : bytes.data(), static_cast<int>(bytes.size()));
}

}  // namespace recoup::adapters
