#include "adapters/hospital/program/stop_signals.h"

#include <ctime>
#include <utility>

namespace recoup::hospital {

StopSignals::StopSignals(std::function<void()> on_stop) {
  sigemptyset(&signals_);
  sigaddset(&signals_, SIGTERM);
  sigaddset(&signals_, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals_, &before_);
  waiter_ = std::thread([this, on_stop = std::move(on_stop)] {
    // Looks up from the wait, so that the destructor is never kept long.
    const timespec look_up{.tv_sec = 0, .tv_nsec = 100'000'000};
    while (!done_) {
      if (sigtimedwait(&signals_, nullptr, &look_up) < 0) continue;
      on_stop();
      return;
    }
  });
}

StopSignals::~StopSignals() {
  done_ = true;
  waiter_.join();
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

}  // namespace recoup::hospital
