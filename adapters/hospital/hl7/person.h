// PID as a patient, for hl7/admission.cc.
#ifndef RECOUP_ADAPTERS_HOSPITAL_HL7_PERSON_H_
#define RECOUP_ADAPTERS_HOSPITAL_HL7_PERSON_H_

#include "adapters/hospital/documents.h"
#include "adapters/hospital/hl7/message.h"

namespace recoup::hospital::hl7 {

Patient PatientFromPid(const Segment& pid);

}  // namespace recoup::hospital::hl7

#endif  // RECOUP_ADAPTERS_HOSPITAL_HL7_PERSON_H_
