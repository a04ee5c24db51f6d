// Reports of performance (履行情况): what they mean for a case, and which of them cannot be.
#ifndef RECOUP_HUB_APP_PERFORMANCE_H_
#define RECOUP_HUB_APP_PERFORMANCE_H_

#include "absl/status/status.h"
#include "hub/domain/records/court_case.h"

namespace recoup::app {

// Whether two reports of a case say the same.
bool IsSameReport(const domain::Performance& a, const domain::Performance& b);

// All faults of a report that is new to the case. Nobody pays for an accident before it happens:
// without its day any day may be right, since debtors pay ahead of the judgment. A report cuts what
// the fund may claim, so all reports of one payer together are at most what the obligations order
// that payer to pay, or all debtors where they do not name it; to a fund that no obligation names,
// at most what the fund paid. Where the elements say nothing, nothing is too much.
absl::Status CheckPerformance(const domain::CourtCase& court_case,
                              const domain::Performance& performance);

// By the elements and the reports: did the fund pay, and has that come back?
domain::Grade GradeOf(const domain::CourtCase& court_case);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_PERFORMANCE_H_
