// Files that hold keys: readable by their owner alone, or refused.
#ifndef RECOUP_HUB_CRYPTO_SECRET_FILE_H_
#define RECOUP_HUB_CRYPTO_SECRET_FILE_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace recoup::crypto {

// The content of a regular file of at most 1 MiB. FAILED_PRECONDITION when its mode lets the group
// or others read or write it, NOT_FOUND when it is missing.
absl::StatusOr<std::string> ReadSecretFile(const std::string& path);

// Creates the file with mode 0600 and flushes it to disk. ALREADY_EXISTS rather than overwrite a
// key; a failed write leaves no file.
absl::Status WriteSecretFile(const std::string& path, std::string_view content);

}  // namespace recoup::crypto

#endif  // RECOUP_HUB_CRYPTO_SECRET_FILE_H_
