// What the files of the case book share about SQLite.
#ifndef RECOUP_ADAPTERS_HOSPITAL_PROGRAM_CASE_BOOK_SQLITE_H_
#define RECOUP_ADAPTERS_HOSPITAL_PROGRAM_CASE_BOOK_SQLITE_H_

#include <string>
#include <vector>

#include "SQLiteCpp/SQLiteCpp.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "adapters/common/sqlite_file.h"

namespace recoup::hospital {

using adapters::BindBlob;
using adapters::BytesOf;

// SQLiteCpp throws; nothing of it leaves the case book.
template <typename Body>
auto Guarded(Body body) -> decltype(body()) {
  return adapters::GuardSqlite("case book", body);
}

// Rule ids and codes hold no spaces.
inline std::string WordsText(const std::vector<std::string>& words) {
  return absl::StrJoin(words, " ");
}
inline std::vector<std::string> WordsFromText(const std::string& text) {
  return absl::StrSplit(text, ' ', absl::SkipEmpty());
}

// Throws. Creates the tables of case_book_exchanges.cc where they are missing.
void PrepareExchangeTables(SQLite::Database& database);
// The same of case_book_patients.cc.
void PreparePatientTable(SQLite::Database& database);

}  // namespace recoup::hospital

#endif  // RECOUP_ADAPTERS_HOSPITAL_PROGRAM_CASE_BOOK_SQLITE_H_
