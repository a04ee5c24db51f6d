#include "adapters/common/progress.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace recoup::adapters {

Progress::Progress(ProgressOptions options, Clock& clock, std::ostream& out)
    : options_(std::move(options)),
      clock_(clock),
      out_(out),
      total_(options_.total),
      started_(clock.Now()),
      written_(started_) {}

void Progress::Add(std::int64_t items) {
  done_ += items;
  const absl::Duration interval =
      options_.is_terminal ? options_.terminal_interval : options_.line_interval;
  if (clock_.Now() - written_ >= interval) Write(false);
}

void Progress::Finish() { Write(true); }

std::string Progress::Line() const {
  std::string line = absl::StrCat(options_.what, ": ", done_);
  if (total_.has_value()) {
    absl::StrAppend(&line, " / ", *total_);
    if (*total_ > 0) absl::StrAppend(&line, " (", done_ * 100 / *total_, " %)");
  }
  const std::int64_t elapsed_ms = absl::ToInt64Milliseconds(clock_.Now() - started_);
  if (elapsed_ms <= 0 || done_ <= 0) return line;
  absl::StrAppend(&line, ", ", done_ * 1000 / elapsed_ms, "/s");
  if (total_.has_value() && *total_ > done_) {
    const std::int64_t remaining_s = (*total_ - done_) * elapsed_ms / done_ / 1000;
    absl::StrAppend(&line, ", ", absl::FormatDuration(absl::Seconds(remaining_s)), " left");
  }
  return line;
}

void Progress::Write(bool last) {
  written_ = clock_.Now();
  if (options_.is_terminal) {
    // Back to the start of the line and erase what was there.
    out_ << "\r\x1b[K" << Line() << (last ? "\n" : "") << std::flush;
  } else {
    out_ << Line() << "\n" << std::flush;
  }
}

}  // namespace recoup::adapters
