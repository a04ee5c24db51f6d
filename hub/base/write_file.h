// A file that somebody named, to be written.
#ifndef RECOUP_HUB_BASE_WRITE_FILE_H_
#define RECOUP_HUB_BASE_WRITE_FILE_H_

#include <string>
#include <string_view>
#include <system_error>

#include "absl/status/status.h"

namespace recoup {

// Replaces what the file held. INVALID_ARGUMENT "cannot write PATH: …" where it cannot.
absl::Status WriteFile(const std::string& path, std::string_view bytes);

// The error of WriteFile, for those who write in another way: what is the matter with the path, or
// else what the system said.
absl::Status CannotWrite(const std::string& path, const std::error_code& said);
// errno, as CannotWrite takes it.
std::error_code LastError();

}  // namespace recoup

#endif  // RECOUP_HUB_BASE_WRITE_FILE_H_
