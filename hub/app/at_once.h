// Two pieces of work on two threads (reconcile::Both); in turn where no second thread can be had.
// Only where there is much to do: a thread costs some tens of microseconds.
#ifndef RECOUP_HUB_APP_AT_ONCE_H_
#define RECOUP_HUB_APP_AT_ONCE_H_

#include <functional>
#include <future>

namespace recoup::app {

inline void AtOnce(const std::function<void()>& first, const std::function<void()>& second) {
  const std::future<void> other =
      std::async(std::launch::async | std::launch::deferred, [&second] { second(); });
  first();
  other.wait();
}

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_AT_ONCE_H_
