// What one MLLP block is answered with: the acknowledgements of its message, or of each message of
// a batch in one batch. Collects the outcomes; the answer is ready with the last one.
#ifndef RECOUP_ADAPTERS_HOSPITAL_PROGRAM_MLLP_ANSWER_H_
#define RECOUP_ADAPTERS_HOSPITAL_PROGRAM_MLLP_ANSWER_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "adapters/hospital/hl7/acknowledgement.h"
#include "adapters/hospital/program/intake.h"

namespace recoup::hospital {

// Blocks to send, framed; empty where the sender wants no answer. `now` is the time of a refusal.
std::string AnswerTo(const hl7::AnsweredHeader& header, const absl::StatusOr<Taken>& taken,
                     absl::Time now);

// One block for a batch: BHS, the acknowledgements, BTS (HL7 v2.5.1 chapter 2.10.3). Empty where
// no acknowledgement is wanted.
std::string BatchAnswerTo(const std::vector<hl7::AnsweredHeader>& headers,
                          const std::vector<absl::StatusOr<Taken>>& taken, absl::Time now);

}  // namespace recoup::hospital

#endif  // RECOUP_ADAPTERS_HOSPITAL_PROGRAM_MLLP_ANSWER_H_
