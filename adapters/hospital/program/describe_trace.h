// A trace for people.
#ifndef RECOUP_ADAPTERS_HOSPITAL_PROGRAM_DESCRIBE_TRACE_H_
#define RECOUP_ADAPTERS_HOSPITAL_PROGRAM_DESCRIBE_TRACE_H_

#include <string>

#include "adapters/hospital/fund_types.h"
#include "recoup/v1/hospital_service.pb.h"

namespace recoup::hospital {

// Visits, bills, sums, steps, shares; last what somebody should look at, with the option that
// answers each question.
std::string TraceForPeople(const v1::TraceInjuryRequest& request,
                           const v1::TraceInjuryResponse& trace, const FundTypes& fund_types);

}  // namespace recoup::hospital

#endif  // RECOUP_ADAPTERS_HOSPITAL_PROGRAM_DESCRIBE_TRACE_H_
