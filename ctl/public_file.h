// Writes files that anyone may read and that must not replace another: certificates, public keys.
#ifndef RECOUP_CTL_PUBLIC_FILE_H_
#define RECOUP_CTL_PUBLIC_FILE_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace recoup::ctl {

// Creates the file with mode 0644 (less the umask). FAILED_PRECONDITION when it exists; a failed
// write leaves no file.
absl::Status WritePublicFile(const std::string& path, std::string_view content);

}  // namespace recoup::ctl

#endif  // RECOUP_CTL_PUBLIC_FILE_H_
