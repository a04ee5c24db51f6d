// One SQLite connection with its settings, and the mapping of what SQLite says to absl::Status.
#ifndef RECOUP_HUB_STORAGE_SQLITE_CONNECTION_H_
#define RECOUP_HUB_STORAGE_SQLITE_CONNECTION_H_

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace recoup::storage {

enum class OpenMode { kReadOnly, kReadWrite };

absl::StatusOr<std::unique_ptr<SQLite::Database>> OpenConnection(const std::string& path,
                                                                 OpenMode mode);

// The one mapping of SQLite errors; never shows SQL or values.
absl::Status StatusOf(const SQLite::Exception& error);

// Runs `body` and turns what SQLiteCpp throws into a status.
template <typename Body>
auto Guard(Body&& body) -> decltype(body()) {
  try {
    return body();
  } catch (const SQLite::Exception& error) {
    return StatusOf(error);
  }
}

// Rows of one partition lie together: partition number << 40 | sequence.
inline constexpr int kSequenceBits = 40;
inline constexpr std::int64_t kSequenceMax = (std::int64_t{1} << kSequenceBits) - 1;
inline std::int64_t Position(std::int64_t partition, std::int64_t sequence) {
  return (partition << kSequenceBits) | sequence;
}

inline void BindBlob(SQLite::Statement& statement, int index, std::string_view bytes) {
  // A null pointer would bind NULL; an empty blob is a value.
  statement.bindNoCopy(index, bytes.empty() ? "" : bytes.data(), static_cast<int>(bytes.size()));
}

inline std::string BlobOf(const SQLite::Statement& statement, int column) {
  const SQLite::Column value = statement.getColumn(column);
  return std::string(static_cast<const char*>(value.getBlob()),
                     static_cast<std::size_t>(value.getBytes()));
}

}  // namespace recoup::storage

#endif  // RECOUP_HUB_STORAGE_SQLITE_CONNECTION_H_
