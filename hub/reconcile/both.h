// Two pieces of work that share nothing they change. The engine names them; whoever calls it
// decides whether they are done in turn or at once, and the result is the same.
#ifndef RECOUP_HUB_RECONCILE_BOTH_H_
#define RECOUP_HUB_RECONCILE_BOTH_H_

#include <functional>

namespace recoup::reconcile {

// Returns when both are done.
using Both =
    std::function<void(const std::function<void()>& first, const std::function<void()>& second)>;

inline void InTurn(const std::function<void()>& first, const std::function<void()>& second) {
  first();
  second();
}

}  // namespace recoup::reconcile

#endif  // RECOUP_HUB_RECONCILE_BOTH_H_
