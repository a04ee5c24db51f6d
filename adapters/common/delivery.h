// Delivery: carries the items of a spool to the hub, in order per order key.
//
// An accepted item is marked with the hub's answer, a final refusal stays in the spool with its
// error, a transient error leaves the item waiting. When the hub is away the pass ends and the loop
// backs off; a call that ran out of time is passed over until the next pass, so that one slow item
// does not hold back the others. A crash between sending and marking sends again under the same
// request id, which the hub answers with the first answer.
//
// One delivery per spool file, run by one thread; Stop may be called from any thread or from a
// signal-handling thread. All references must outlive it.
#ifndef RECOUP_ADAPTERS_COMMON_DELIVERY_H_
#define RECOUP_ADAPTERS_COMMON_DELIVERY_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "adapters/common/backoff.h"
#include "adapters/common/sleeper.h"
#include "adapters/common/spool.h"
#include "hub/base/clock.h"
#include "hub/base/ids.h"
#include "hub/base/log.h"

namespace recoup::adapters {

// Sends one item and returns the hub's serialized answer. Called without locks held.
using Send = std::function<absl::StatusOr<std::string>(
    std::string_view kind, std::string_view payload, const Id& request_id)>;

struct DeliveryOptions {
  BackoffOptions backoff = {};
  absl::Duration idle_wait = absl::Seconds(1);  // Between looks at an empty spool.
  std::size_t page_items_max = 64;
  // Delivered and dropped items are deleted after this; longer than the longest time a source may
  // send the same thing again.
  absl::Duration retention = absl::Hours(24 * 90);
};

struct DeliveryPass {
  std::int64_t delivered = 0;
  std::int64_t refused = 0;
  absl::Status transient;  // The last error that another try may mend; OK if there was none.
};

class Delivery {
 public:
  Delivery(Spool& spool, Send send, const DeliveryOptions& options, Clock& clock, Sleeper& sleeper,
           Random& random, Log log);

  // One pass: every item that may be sent now is tried once. An error is an error of the spool.
  absl::StatusOr<DeliveryPass> RunOnce();

  // For commands that end: passes until nothing can be sent or `attempts_max` passes in a row ended
  // with a transient error. The result adds up all passes.
  absl::StatusOr<DeliveryPass> Drain(int attempts_max);

  // For services: passes until Stop; an error of the spool (a full disk) is waited out as well.
  void Run();

  // Ends Run or Drain after the call that is under way.
  void Stop();

 private:
  absl::Status SendOne(const SpooledItem& spooled, DeliveryPass& pass);
  void DeleteOld();

  Spool& spool_;
  const Send send_;
  const DeliveryOptions options_;
  Clock& clock_;
  Sleeper& sleeper_;
  const Log log_;
  Backoff backoff_;
  absl::Time next_deletion_ = absl::InfinitePast();
  std::atomic<bool> stopping_ = false;
};

}  // namespace recoup::adapters

#endif  // RECOUP_ADAPTERS_COMMON_DELIVERY_H_
