// Settlements that have a bill number in common: one bill settled twice, or two bills of one
// number. What is sure is counted once, the earlier one; what is not is asked, and both count until
// somebody has decided (same_bill, other_bill of the question). Pure.
#ifndef RECOUP_HUB_DOMAIN_SHARED_BILLS_H_
#define RECOUP_HUB_DOMAIN_SHARED_BILLS_H_

#include <vector>

#include "absl/status/statusor.h"
#include "hub/domain/explanation.h"
#include "hub/domain/injury_trace.h"
#include "hub/domain/records/admission.h"

namespace recoup::domain {

// `trace.visits` are judged and in order; those counted before are taken out, with findings.
// Returns the steps of what was assumed until somebody decides. Faults: decisions on settlements
// that are not in question, or decided both ways.
absl::StatusOr<std::vector<ExplanationStep>> JudgeSharedBills(const std::vector<Advance>& advances,
                                                              const InjuryQuestion& question,
                                                              InjuryTrace& trace);

}  // namespace recoup::domain

#endif  // RECOUP_HUB_DOMAIN_SHARED_BILLS_H_
