// What an admission's observations (OBX) and the site's own segments (Z…) tell of an injury:
// nursing and triage systems write how it happened, and the official flags, there and nowhere else.
#ifndef RECOUP_ADAPTERS_HOSPITAL_HL7_OBSERVATIONS_H_
#define RECOUP_ADAPTERS_HOSPITAL_HL7_OBSERVATIONS_H_

#include <string>
#include <vector>

#include "adapters/hospital/documents.h"
#include "adapters/hospital/hl7/message.h"

namespace recoup::hospital::hl7 {

struct InjuryFacts {
  TriState trauma = TriState::kUnknown;       // trum_flag 外伤标志
  TriState third_party = TriState::kUnknown;  // rel_ttp_flag 涉及第三方标志
  std::vector<std::string> words;             // Complaint, course, cause.
};

// An observation counts for what its name (OBX-3) says it is; names of the past, of allergies and
// of times are left out, and so are values that were deleted or wrong (OBX-11). Once yes, always
// yes.
InjuryFacts InjuryFactsOf(const Message& message);

}  // namespace recoup::hospital::hl7

#endif  // RECOUP_ADAPTERS_HOSPITAL_HL7_OBSERVATIONS_H_
