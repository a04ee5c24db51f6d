// Remembers what it was asked for, moves the clock, and waits for nothing.
#ifndef RECOUP_TESTS_COMMON_FAKE_SLEEPER_H_
#define RECOUP_TESTS_COMMON_FAKE_SLEEPER_H_

#include <functional>
#include <vector>

#include "adapters/common/sleeper.h"
#include "hub/base/clock.h"

namespace recoup::adapters {

class FakeSleeper final : public Sleeper {
 public:
  explicit FakeSleeper(ManualClock& clock) : clock_(clock) {}
  void Sleep(absl::Duration duration) override {
    sleeps.push_back(duration);
    clock_.Advance(duration);
    if (on_sleep) on_sleep();
  }
  void Stop() override { stopped = true; }

  std::vector<absl::Duration> sleeps;
  std::function<void()> on_sleep;
  bool stopped = false;

 private:
  ManualClock& clock_;
};

}  // namespace recoup::adapters

#endif  // RECOUP_TESTS_COMMON_FAKE_SLEEPER_H_
