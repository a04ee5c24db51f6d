#include "adapters/hospital/program/delivery_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/base/error.h"

namespace recoup::hospital {

absl::StatusOr<DeliveryLock> DeliveryLock::Take(const std::string& spool_file) {
  const std::string file = spool_file + ".lock";
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) {
    return MakeError(Reason::kStoreUnavailable, absl::StrCat(file, ": ", std::strerror(errno)));
  }
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    ::close(descriptor);
    return MakeError(Reason::kIllegalTransition,
                     absl::StrCat("另一个进程正在上报此待报队列：", spool_file));
  }
  return DeliveryLock(descriptor);
}

DeliveryLock::DeliveryLock(DeliveryLock&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)) {}

DeliveryLock::~DeliveryLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace recoup::hospital
