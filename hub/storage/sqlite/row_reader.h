// A prepared query for rows that are read by the million. Reads columns straight from SQLite:
// SQLiteCpp shares the statement with every column it hands out, which costs more than the column.
// Throws what SQLiteCpp throws; used by one thread at a time; the database must outlive it.
#ifndef RECOUP_HUB_STORAGE_SQLITE_ROW_READER_H_
#define RECOUP_HUB_STORAGE_SQLITE_ROW_READER_H_

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <cstdint>
#include <string_view>

namespace recoup::storage {

class RowReader {
 public:
  RowReader(SQLite::Database& database, const char* sql) : database_(database) {
    Check(sqlite3_prepare_v3(database_.getHandle(), sql, -1, SQLITE_PREPARE_PERSISTENT, &statement_,
                             nullptr));
  }
  ~RowReader() { sqlite3_finalize(statement_); }
  RowReader(const RowReader&) = delete;
  RowReader& operator=(const RowReader&) = delete;

  void Bind(int index, std::int64_t value) { Check(sqlite3_bind_int64(statement_, index, value)); }
  // Not copied: the bytes must stay until the rows are read.
  void Bind(int index, std::string_view bytes) {
    // A null pointer would bind NULL; an empty blob is a value.
    Check(sqlite3_bind_blob(statement_, index, bytes.empty() ? "" : bytes.data(),
                            static_cast<int>(bytes.size()), SQLITE_STATIC));
  }
  bool Step() {
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) throw SQLite::Exception(database_.getHandle(), code);
    return false;
  }
  // Ends the read. What went wrong in it was reported by Step.
  void Reset() { sqlite3_reset(statement_); }

  std::int64_t Number(int column) const { return sqlite3_column_int64(statement_, column); }
  // Valid until the next Step.
  std::string_view Bytes(int column) const {
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
    return bytes == nullptr ? std::string_view() : std::string_view(bytes, size);
  }

 private:
  void Check(int code) const {
    if (code != SQLITE_OK) throw SQLite::Exception(database_.getHandle(), code);
  }

  SQLite::Database& database_;
  sqlite3_stmt* statement_ = nullptr;
};

}  // namespace recoup::storage

#endif  // RECOUP_HUB_STORAGE_SQLITE_ROW_READER_H_
