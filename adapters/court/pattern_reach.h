// What is known of every match of a pattern before the pattern runs: how far it reaches, and which
// words stand in it.
//
// A text is then searched only around the words of a rule, and nearly always not at all: a reader
// asks a few hundred patterns about every sentence. Stateless, thread-safe.
#ifndef RECOUP_ADAPTERS_COURT_PATTERN_REACH_H_
#define RECOUP_ADAPTERS_COURT_PATTERN_REACH_H_

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "adapters/court/literals.h"

namespace recoup::court {

// Literals of which every match contains one.
struct Cue {
  LiteralSet literals;
  // How many bytes behind the beginning of a match one of them begins, at most.
  std::size_t begin_max = 0;
};

struct PatternReach {
  std::optional<std::size_t> bytes_max;  // Absent: any number.
  bool crosses_line = true;              // A match may contain "\n".
  bool crosses_stop = true;              // A match may contain "。".
  // Each stands behind the one before: of "(?:医保|统筹)[^。]*支付" first one of the two, then the
  // third. The few that tell most; none where there are none ("\d+").
  std::vector<Cue> cues;
};

// Never less than the reach of an RE2 pattern; what is not understood reaches everywhere.
PatternReach ReachOf(std::string_view pattern);

// The cue that tells more parts of a text that cannot match: of longer, of earlier, of fewer
// literals.
bool TellsMore(const Cue& a, const Cue& b);

}  // namespace recoup::court

#endif  // RECOUP_ADAPTERS_COURT_PATTERN_REACH_H_
