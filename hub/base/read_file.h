// A file that somebody named, as bytes.
#ifndef RECOUP_HUB_BASE_READ_FILE_H_
#define RECOUP_HUB_BASE_READ_FILE_H_

#include <string>

#include "absl/status/statusor.h"

namespace recoup {

// Also of a pipe. INVALID_ARGUMENT "cannot read PATH: …" for a folder, and when it cannot be opened
// or read to its end.
absl::StatusOr<std::string> ReadFile(const std::string& path);

}  // namespace recoup

#endif  // RECOUP_HUB_BASE_READ_FILE_H_
