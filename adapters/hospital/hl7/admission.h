// HL7 v2 ADT messages as admissions: A01, A03 to A08, A11, A13 and A40; and the billing messages
// DFT^P03, BAR^P01 and BAR^P05 for the accident, diagnoses and insurance that they tell of a visit.
//
// Uses PID, PV1, PV2, DG1, ACC, IN1, UB1, UB2, FT1, MRG in any order. Other messages are refused by
// their name. Paths are HL7 places ("PV1-19"). Pure; thread-safe.
#ifndef RECOUP_ADAPTERS_HOSPITAL_HL7_ADMISSION_H_
#define RECOUP_ADAPTERS_HOSPITAL_HL7_ADMISSION_H_

#include <string_view>

#include "absl/status/statusor.h"
#include "adapters/hospital/documents.h"
#include "adapters/hospital/reader.h"

namespace recoup::hospital::hl7 {

bool LooksLikeHl7(std::string_view bytes);
absl::StatusOr<Document> ReadHl7(std::string_view bytes, const ReaderContext& context);

}  // namespace recoup::hospital::hl7

#endif  // RECOUP_ADAPTERS_HOSPITAL_HL7_ADMISSION_H_
