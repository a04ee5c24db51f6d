// A file named on the command line, as bytes; internal to this folder.
#ifndef RECOUP_ADAPTERS_INSURER_PROGRAM_FILE_BYTES_H_
#define RECOUP_ADAPTERS_INSURER_PROGRAM_FILE_BYTES_H_

#include <fstream>
#include <iterator>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "adapters/common/cli.h"
#include "hub/base/error.h"

namespace recoup::insurer {

// Errors: INVALID_ARGUMENT, marked as one of usage.
inline absl::StatusOr<std::string> ReadFileBytes(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (in) return bytes;
  return adapters::AsUsageError(
      MakeError(Reason::kInvalidArgument, absl::StrCat(file, ": cannot be read")));
}

}  // namespace recoup::insurer

#endif  // RECOUP_ADAPTERS_INSURER_PROGRAM_FILE_BYTES_H_
