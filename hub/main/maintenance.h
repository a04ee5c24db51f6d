// What a hub does by itself, off the commit path: checkpoints the write-ahead log, audits the
// ledger, sends reminders.
#ifndef RECOUP_HUB_MAIN_MAINTENANCE_H_
#define RECOUP_HUB_MAIN_MAINTENANCE_H_

#include <atomic>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "absl/time/time.h"
#include "hub/base/mutex.h"

namespace recoup {

// Runs each task again and again, `every` apart, on one thread. Stops promptly on destruction,
// after the task in hand.
class Maintenance {
 public:
  struct Task {
    absl::Duration every;
    std::function<void()> run;
  };
  explicit Maintenance(std::vector<Task> tasks);
  ~Maintenance();
  Maintenance(const Maintenance&) = delete;
  Maintenance& operator=(const Maintenance&) = delete;

 private:
  void Run();

  std::vector<Task> tasks_;
  Mutex mutex_;
  CondVar stop_;
  bool stopping_ RECOUP_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace recoup

#endif  // RECOUP_HUB_MAIN_MAINTENANCE_H_
