// Waiting enters through here only, so that tests wait for nothing and a stop ends every wait.
#ifndef RECOUP_ADAPTERS_COMMON_SLEEPER_H_
#define RECOUP_ADAPTERS_COMMON_SLEEPER_H_

#include "absl/time/time.h"
#include "hub/base/mutex.h"

namespace recoup::adapters {

class Sleeper {
 public:
  virtual ~Sleeper() = default;
  // Returns after `duration`, or earlier when Stop is called; at once if it was called before.
  virtual void Sleep(absl::Duration duration) = 0;
  // Ends all sleeps, now and later. Thread-safe.
  virtual void Stop() = 0;
};

class SystemSleeper final : public Sleeper {
 public:
  void Sleep(absl::Duration duration) override;
  void Stop() override;

 private:
  Mutex mutex_;
  CondVar stopped_changed_;
  bool stopped_ RECOUP_GUARDED_BY(mutex_) = false;
};

}  // namespace recoup::adapters

#endif  // RECOUP_ADAPTERS_COMMON_SLEEPER_H_
