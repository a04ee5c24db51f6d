// How far a match of a pattern can reach: in bytes, over line breaks and over full stops.
//
// A part of a text in which a rule's words stand is then searched only around them. Stateless,
// thread-safe.
#ifndef RECOUP_ADAPTERS_COURT_PATTERN_REACH_H_
#define RECOUP_ADAPTERS_COURT_PATTERN_REACH_H_

#include <cstddef>
#include <optional>
#include <string_view>

namespace recoup::court {

struct PatternReach {
  std::optional<std::size_t> bytes_max;  // Absent: any number.
  bool crosses_line = true;              // A match may contain "\n".
  bool crosses_stop = true;              // A match may contain "。".
};

// Never less than the reach of an RE2 pattern; what is not understood reaches everywhere.
PatternReach ReachOf(std::string_view pattern);

}  // namespace recoup::court

#endif  // RECOUP_ADAPTERS_COURT_PATTERN_REACH_H_
