// The accident that a message tells in ACC and in the occurrence codes of UB1 and UB2.
#ifndef RECOUP_ADAPTERS_HOSPITAL_HL7_ACCIDENT_H_
#define RECOUP_ADAPTERS_HOSPITAL_HL7_ACCIDENT_H_

#include <optional>
#include <vector>

#include "adapters/hospital/documents.h"
#include "adapters/hospital/hl7/message.h"

namespace recoup::hospital::hl7 {

// Nothing where the segments are empty, or only say that neither work nor police was concerned.
std::optional<Accident> AccidentOf(const Message& message, std::vector<QualityNote>& notes);

}  // namespace recoup::hospital::hl7

#endif  // RECOUP_ADAPTERS_HOSPITAL_HL7_ACCIDENT_H_
