// Progress of long work, on stderr: count, rate, what remains.
//
// On a terminal one line is rewritten, at most five times a second; elsewhere (a log file, a
// scheduler's mail) a whole line is written every few seconds. Not thread-safe. `clock` and `out`
// must outlive it.
#ifndef RECOUP_ADAPTERS_COMMON_PROGRESS_H_
#define RECOUP_ADAPTERS_COMMON_PROGRESS_H_

#include <cstdint>
#include <optional>
#include <ostream>
#include <string>

#include "absl/time/time.h"
#include "hub/base/clock.h"

namespace recoup::adapters {

struct ProgressOptions {
  std::string what;  // "cases"
  std::optional<std::int64_t> total =
      std::nullopt;  // Unknown: no percentage and no remaining time.
  bool is_terminal = false;
  absl::Duration terminal_interval = absl::Milliseconds(200);
  absl::Duration line_interval = absl::Seconds(5);
};

class Progress {
 public:
  Progress(ProgressOptions options, Clock& clock, std::ostream& out);

  void Add(std::int64_t items);
  // For work whose extent shows as it goes.
  void SetTotal(std::int64_t total) { total_ = total; }
  // Writes the final line. Work that ended within one interval of a non-terminal writes only this.
  void Finish();

 private:
  std::string Line() const;
  void Write(bool last);

  const ProgressOptions options_;
  Clock& clock_;
  std::ostream& out_;
  std::optional<std::int64_t> total_;
  const absl::Time started_;
  absl::Time written_;
  std::int64_t done_ = 0;
};

}  // namespace recoup::adapters

#endif  // RECOUP_ADAPTERS_COMMON_PROGRESS_H_
