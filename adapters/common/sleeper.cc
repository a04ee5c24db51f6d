#include "adapters/common/sleeper.h"

#include <chrono>

namespace recoup::adapters {

void SystemSleeper::Sleep(absl::Duration duration) {
  // The steady clock: a step of the wall clock must not stretch a wait.
  const auto end = std::chrono::steady_clock::now() + absl::ToChronoMilliseconds(duration);
  const MutexLock lock(mutex_);
  while (!stopped_) {
    if (stopped_changed_.wait_until(mutex_, end) == std::cv_status::timeout) return;
  }
}

void SystemSleeper::Stop() {
  {
    const MutexLock lock(mutex_);
    stopped_ = true;
  }
  stopped_changed_.notify_all();
}

}  // namespace recoup::adapters
