#include "hub/crypto/secret_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>

#include "absl/strings/str_cat.h"

namespace recoup::crypto {
namespace {

constexpr std::size_t kSizeMax = std::size_t{1} << 20;

class File final {
 public:
  explicit File(int descriptor) : descriptor_(descriptor) {}
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  int get() const { return descriptor_; }

 private:
  int descriptor_;
};

absl::Status SystemError(const std::string& action, const std::string& path) {
  return absl::ErrnoToStatus(errno, absl::StrCat(action, " ", path));
}

}  // namespace

absl::StatusOr<std::string> ReadSecretFile(const std::string& path) {
  // Not blocking, so that a pipe in the place of the file is refused instead of waited for.
  const File file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (file.get() < 0) return SystemError("opening", path);
  // Asked of the open file, so that nobody can swap it between the check and the reading.
  struct stat status = {};
  if (fstat(file.get(), &status) != 0) return SystemError("inspecting", path);
  if (!S_ISREG(status.st_mode)) {
    return absl::FailedPreconditionError(absl::StrCat(path, " is not a regular file"));
  }
  if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return absl::FailedPreconditionError(
        absl::StrCat(path, " holds a key and is open to others; set its mode to 0600"));
  }
  std::string content(kSizeMax + 1, '\0');
  std::size_t size = 0;
  while (size < content.size()) {
    const ssize_t got = read(file.get(), content.data() + size, content.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return SystemError("reading", path);
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  if (size > kSizeMax) return absl::FailedPreconditionError(absl::StrCat(path, " is too large"));
  content.resize(size);
  return content;
}

absl::Status WriteSecretFile(const std::string& path, std::string_view content) {
  const File file(open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR));
  if (file.get() < 0) return SystemError("creating", path);
  while (!content.empty()) {
    const ssize_t written = write(file.get(), content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      const absl::Status error = SystemError("writing", path);
      unlink(path.c_str());
      return error;
    }
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  if (fsync(file.get()) != 0) {
    const absl::Status error = SystemError("flushing", path);
    unlink(path.c_str());
    return error;
  }
  return absl::OkStatus();
}

}  // namespace recoup::crypto
