// What the files of the case book share about SQLite: errors as statuses, and bytes.
#ifndef RECOUP_ADAPTERS_HOSPITAL_PROGRAM_CASE_BOOK_SQLITE_H_
#define RECOUP_ADAPTERS_HOSPITAL_PROGRAM_CASE_BOOK_SQLITE_H_

#include <sqlite3.h>

#include <string>

#include "SQLiteCpp/SQLiteCpp.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "hub/base/error.h"

namespace recoup::hospital {

// Without SQL text: messages are for people and may travel.
inline absl::Status FromSqlite(const SQLite::Exception& error) {
  const std::string message = absl::StrCat("case book: ", sqlite3_errstr(error.getErrorCode()));
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

// SQLiteCpp throws; nothing of it leaves the case book.
template <typename Body>
auto Guarded(Body body) -> decltype(body()) {
  try {
    return body();
  } catch (const SQLite::Exception& error) {
    return FromSqlite(error);
  }
}

inline std::string BytesOf(const SQLite::Column& column) {
  return std::string(static_cast<const char*>(column.getBlob()),
                     static_cast<std::size_t>(column.getBytes()));
}

inline void BindBlob(SQLite::Statement& statement, int index, const std::string& bytes) {
  statement.bind(index, bytes.empty() ? "" : bytes.data(), static_cast<int>(bytes.size()));
}

// Throws. Creates the tables of case_book_exchanges.cc where they are missing.
void PrepareExchangeTables(SQLite::Database& database);

}  // namespace recoup::hospital

#endif  // RECOUP_ADAPTERS_HOSPITAL_PROGRAM_CASE_BOOK_SQLITE_H_
