#include "hub/main/maintenance.h"

#include <algorithm>
#include <utility>

#include "absl/time/clock.h"

namespace recoup {

Maintenance::Maintenance(std::vector<Task> tasks)
    : tasks_(std::move(tasks)), thread_([this] { Run(); }) {}

Maintenance::~Maintenance() {
  {
    const MutexLock lock(mutex_);
    stopping_ = true;
  }
  stop_.notify_all();
  thread_.join();
}

void Maintenance::Run() {
  std::vector<absl::Time> due;
  for (const Task& task : tasks_) due.push_back(absl::Now() + task.every);
  for (;;) {
    const auto next = std::min_element(due.begin(), due.end());
    {
      const MutexLock lock(mutex_);
      while (!stopping_ && absl::Now() < *next) {
        stop_.wait_for(mutex_,
                       absl::ToChronoMilliseconds(*next - absl::Now() + absl::Milliseconds(1)));
      }
      if (stopping_) return;
    }
    const Task& task = tasks_[static_cast<std::size_t>(next - due.begin())];
    task.run();
    *next = absl::Now() + task.every;
  }
}

}  // namespace recoup
