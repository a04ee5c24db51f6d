// What triage looks at of an admission, as one line of JSON: kept beside the visits, so that a
// changed rule can be tried on past admissions. No name, no identity number; the words of the
// record may still identify a person.
#ifndef RECOUP_ADAPTERS_HOSPITAL_TRIAGE_FACTS_H_
#define RECOUP_ADAPTERS_HOSPITAL_TRIAGE_FACTS_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "adapters/hospital/documents.h"

namespace recoup::hospital::triage {

std::string FactsAsJson(const AdmissionDocument& admission);
// Triage of the result gives what triage of the admission gave. INTERNAL when it cannot be read.
absl::StatusOr<AdmissionDocument> FactsFromJson(std::string_view json);

}  // namespace recoup::hospital::triage

#endif  // RECOUP_ADAPTERS_HOSPITAL_TRIAGE_FACTS_H_
