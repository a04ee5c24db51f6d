// Which medical expense the court's own totals contain, told by sums.
//
// Internal to adapters/court, for basis.cc. Courts say in countless words whether what the fund has
// paid counts as the loss; what they add up says it without words: "总计50750.18元" is the bill
// and the other items, or what the patient paid and the other items, never both.
#ifndef RECOUP_ADAPTERS_COURT_BASIS_SUMS_H_
#define RECOUP_ADAPTERS_COURT_BASIS_SUMS_H_

#include <optional>

#include "adapters/court/document.h"

namespace recoup::court {

struct LossInTotal {
  Basis basis = Basis::kNone;  // kGross or kNet.
  Span span;                   // The total.
};

// Of a part in the court's own voice. Absent where no total of it is made of the one or the other,
// where both are, and where the fund paid whole yuan: then sums that fit prove too little.
// After medical expense and policies have been read.
std::optional<LossInTotal> LossBySums(const Reading& reading, Span part);

}  // namespace recoup::court

#endif  // RECOUP_ADAPTERS_COURT_BASIS_SUMS_H_
