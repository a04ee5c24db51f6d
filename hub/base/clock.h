// Time enters through here only. Domain and ledger code takes the time as an argument.
#ifndef RECOUP_HUB_BASE_CLOCK_H_
#define RECOUP_HUB_BASE_CLOCK_H_

#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace recoup {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual absl::Time Now() = 0;
};

class SystemClock final : public Clock {
 public:
  absl::Time Now() override { return absl::Now(); }
};

// Set by tests and by the demo; never moves by itself.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(absl::Time now) : now_(now) {}
  absl::Time Now() override { return now_; }
  void Set(absl::Time now) { now_ = now; }
  void Advance(absl::Duration by) { now_ += by; }

 private:
  absl::Time now_;
};

// China has one time zone without daylight saving; civil dates of the field are dates there.
inline absl::TimeZone ChinaTimeZone() { return absl::FixedTimeZone(8 * 60 * 60); }
inline absl::CivilDay ChinaDate(absl::Time time) { return absl::ToCivilDay(time, ChinaTimeZone()); }

}  // namespace recoup

#endif  // RECOUP_HUB_BASE_CLOCK_H_
