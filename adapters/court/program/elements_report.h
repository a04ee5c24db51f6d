// The elements of a judgment as a clerk reads them, in Chinese.
#ifndef RECOUP_ADAPTERS_COURT_PROGRAM_ELEMENTS_REPORT_H_
#define RECOUP_ADAPTERS_COURT_PROGRAM_ELEMENTS_REPORT_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "adapters/court/elements.h"

namespace recoup::court {

std::string_view BasisInChinese(Basis basis);
std::string_view GradeInChinese(Grade grade);
// How many of the injured have a lead, and where nobody has, why.
std::string LeadsInChinese(std::int64_t persons);
// Which letters the fund writes for recoveries whose amount the case does not tell; empty for none.
std::string InquiriesInChinese(std::int64_t recoveries);

// Several lines, each with its line end.
std::string ElementsForPeople(const JudgmentElements& elements);

}  // namespace recoup::court

#endif  // RECOUP_ADAPTERS_COURT_PROGRAM_ELEMENTS_REPORT_H_
