// What the files of the case book share: errors of SQLite as statuses, and bytes in columns.
#ifndef RECOUP_ADAPTERS_HOSPITAL_PROGRAM_CASE_BOOK_SQL_H_
#define RECOUP_ADAPTERS_HOSPITAL_PROGRAM_CASE_BOOK_SQL_H_

#include <string>

#include "SQLiteCpp/SQLiteCpp.h"
#include "absl/status/status.h"

namespace recoup::hospital::casebook {

absl::Status FromSqlite(const SQLite::Exception& error);

// Runs `body`; what SQLite throws becomes its status.
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

}  // namespace recoup::hospital::casebook

#endif  // RECOUP_ADAPTERS_HOSPITAL_PROGRAM_CASE_BOOK_SQL_H_
