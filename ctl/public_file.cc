#include "ctl/public_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "absl/strings/str_cat.h"
#include "hub/base/error.h"

namespace recoup::ctl {

absl::Status WritePublicFile(const std::string& path, std::string_view content) {
  const int descriptor = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  if (descriptor < 0) {
    const bool exists = errno == EEXIST;
    return MakeError(exists ? Reason::kIllegalTransition : Reason::kInvalidArgument,
                     absl::StrCat(path, exists ? " exists already and is never overwritten"
                                               : " cannot be created"));
  }
  std::FILE* const file = fdopen(descriptor, "wb");
  const bool written = file != nullptr &&
                       std::fwrite(content.data(), 1, content.size(), file) == content.size() &&
                       std::fflush(file) == 0 && fsync(descriptor) == 0;
  if (file == nullptr) close(descriptor);
  const bool closed = file != nullptr && std::fclose(file) == 0;
  if (written && closed) return absl::OkStatus();
  unlink(path.c_str());
  return MakeError(Reason::kInvalidArgument, absl::StrCat(path, " cannot be written"));
}

}  // namespace recoup::ctl
