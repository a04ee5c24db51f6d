// Where in a text figures could stand: the runs of signs that amounts, shares and dates are written
// in. A figure lies inside one run of its kind, so nothing else of the text need be read for it.
// Stateless, thread-safe, linear time.
#ifndef RECOUP_ADAPTERS_COURT_FIGURE_RUNS_H_
#define RECOUP_ADAPTERS_COURT_FIGURE_RUNS_H_

#include <string_view>
#include <vector>

#include "adapters/court/normalise.h"

namespace recoup::court {

// In the order of the text. Runs without a sign that every figure of the kind has (元; % or 成; 年
// or 日) are left out.
struct FigureRuns {
  std::vector<Span> amounts, shares, dates;
};

FigureRuns FindFigureRuns(std::string_view text);

}  // namespace recoup::court

#endif  // RECOUP_ADAPTERS_COURT_FIGURE_RUNS_H_
