// Log lines about refused messages that do not become a storm: the first refusal for a reason at
// once, further ones as one line with their number per minute. Thread-safe.
#ifndef RECOUP_ADAPTERS_HOSPITAL_PROGRAM_REFUSAL_LOG_H_
#define RECOUP_ADAPTERS_HOSPITAL_PROGRAM_REFUSAL_LOG_H_

#include <cstdint>
#include <map>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "hub/base/clock.h"
#include "hub/base/log.h"
#include "hub/base/mutex.h"
#include "hub/base/reasons.h"

namespace recoup::hospital {

class RefusalLog {
 public:
  // `clock` must outlive the log.
  RefusalLog(Log log, Clock& clock) : log_(std::move(log)), clock_(clock) {}

  void Refused(const absl::Status& why);
  // Writes what has become due; call now and then.
  void Summarise();

 private:
  struct Told {
    absl::Time next;  // Nothing is written for this reason before.
    std::int64_t untold = 0;
    absl::Status last;
  };

  const Log log_;
  Clock& clock_;
  Mutex mutex_;
  std::map<Reason, Told> told_ RECOUP_GUARDED_BY(mutex_);
};

}  // namespace recoup::hospital

#endif  // RECOUP_ADAPTERS_HOSPITAL_PROGRAM_REFUSAL_LOG_H_
