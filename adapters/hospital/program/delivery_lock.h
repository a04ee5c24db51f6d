// One delivery per spool file, also among processes: an advisory lock on FILE.lock, which the
// kernel releases however the process ends.
#ifndef RECOUP_ADAPTERS_HOSPITAL_PROGRAM_DELIVERY_LOCK_H_
#define RECOUP_ADAPTERS_HOSPITAL_PROGRAM_DELIVERY_LOCK_H_

#include <string>

#include "absl/status/statusor.h"

namespace recoup::hospital {

// Move-only.
class DeliveryLock {
 public:
  // Does not wait: ILLEGAL_TRANSITION when another process delivers this spool.
  static absl::StatusOr<DeliveryLock> Take(const std::string& spool_file);
  ~DeliveryLock();
  DeliveryLock(DeliveryLock&& other) noexcept;
  DeliveryLock& operator=(DeliveryLock&&) = delete;

 private:
  explicit DeliveryLock(int descriptor) : descriptor_(descriptor) {}

  int descriptor_;
};

}  // namespace recoup::hospital

#endif  // RECOUP_ADAPTERS_HOSPITAL_PROGRAM_DELIVERY_LOCK_H_
