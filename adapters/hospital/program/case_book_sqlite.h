// What the files of the case book share about SQLite.
#ifndef RECOUP_ADAPTERS_HOSPITAL_PROGRAM_CASE_BOOK_SQLITE_H_
#define RECOUP_ADAPTERS_HOSPITAL_PROGRAM_CASE_BOOK_SQLITE_H_

#include "SQLiteCpp/SQLiteCpp.h"
#include "adapters/common/sqlite_file.h"

namespace recoup::hospital {

using adapters::BindBlob;
using adapters::BytesOf;

// SQLiteCpp throws; nothing of it leaves the case book.
template <typename Body>
auto Guarded(Body body) -> decltype(body()) {
  return adapters::GuardSqlite("case book", body);
}

// Throws. Creates the tables of case_book_exchanges.cc where they are missing.
void PrepareExchangeTables(SQLite::Database& database);
// The same of case_book_patients.cc.
void PreparePatientTable(SQLite::Database& database);

}  // namespace recoup::hospital

#endif  // RECOUP_ADAPTERS_HOSPITAL_PROGRAM_CASE_BOOK_SQLITE_H_
