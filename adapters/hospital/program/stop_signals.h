// SIGTERM and SIGINT as a call: the handler runs on a thread of its own, once, so it may do
// anything.
//
// Construct it before any other thread starts: threads inherit that these signals are blocked.
#ifndef RECOUP_ADAPTERS_HOSPITAL_PROGRAM_STOP_SIGNALS_H_
#define RECOUP_ADAPTERS_HOSPITAL_PROGRAM_STOP_SIGNALS_H_

#include <signal.h>

#include <atomic>
#include <functional>
#include <thread>

namespace recoup::hospital {

class StopSignals {
 public:
  explicit StopSignals(std::function<void()> on_stop);
  // Restores the signal mask of the constructing thread.
  ~StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

 private:
  sigset_t signals_;
  sigset_t before_;
  std::atomic<bool> done_ = false;
  std::thread waiter_;
};

}  // namespace recoup::hospital

#endif  // RECOUP_ADAPTERS_HOSPITAL_PROGRAM_STOP_SIGNALS_H_
