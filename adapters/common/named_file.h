// A file named on the command line or in the settings.
#ifndef RECOUP_ADAPTERS_COMMON_NAMED_FILE_H_
#define RECOUP_ADAPTERS_COMMON_NAMED_FILE_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "adapters/common/cli.h"
#include "hub/base/read_file.h"
#include "hub/base/write_file.h"

namespace recoup::adapters {

// Its bytes; an error is marked as one of usage.
inline absl::StatusOr<std::string> ReadNamedFile(const std::string& path) {
  absl::StatusOr<std::string> bytes = ReadFile(path);
  if (!bytes.ok()) return AsUsageError(bytes.status());
  return bytes;
}

// Replaces what it held; likewise.
inline absl::Status WriteNamedFile(const std::string& path, std::string_view bytes) {
  return AsUsageError(WriteFile(path, bytes));
}

}  // namespace recoup::adapters

#endif  // RECOUP_ADAPTERS_COMMON_NAMED_FILE_H_
