// The merges of patients that one message tells (ADT A40, A18, A34), for hl7/admission.cc.
#ifndef RECOUP_ADAPTERS_HOSPITAL_HL7_MERGES_H_
#define RECOUP_ADAPTERS_HOSPITAL_HL7_MERGES_H_

#include <vector>

#include "adapters/hospital/documents.h"
#include "adapters/hospital/hl7/message.h"
#include "hub/base/error.h"

namespace recoup::hospital::hl7 {

// PID and MRG in pairs (HL7 v2.5.1, ADT_A39), or several numbers that go into `first`, the patient
// of the first PID: several MRG segments, or the repetitions of MRG-1, since the visits may be kept
// under any of them. What is missing is a fault.
std::vector<Merge> MergesOf(const Message& message, const Patient& first, Faults& faults);

}  // namespace recoup::hospital::hl7

#endif  // RECOUP_ADAPTERS_HOSPITAL_HL7_MERGES_H_
