// The documents that a collection of resources holds: one per visit, one per settlement, and single
// facts about visits that are not in the file.
#ifndef RECOUP_ADAPTERS_HOSPITAL_FHIR_PARTS_H_
#define RECOUP_ADAPTERS_HOSPITAL_FHIR_PARTS_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "adapters/hospital/documents.h"
#include "adapters/hospital/fhir/links.h"
#include "adapters/hospital/reader.h"

namespace recoup::hospital::fhir {

// Each answers with a document or all faults of the resource. Pure.
absl::StatusOr<Document> AdmissionFromEncounter(const Resource& encounter, const Links& links,
                                                const ReaderContext& context);
// A claim with an accident, or an explanation with one, of a visit that is not in the file.
absl::StatusOr<Document> AdmissionFromClaim(const Resource& claim, const Links& links,
                                            const ReaderContext& context);
absl::StatusOr<Document> AdmissionFromCondition(const Resource& condition, const Links& links,
                                                const ReaderContext& context);
// A settlement, or its reversal where the explanation is cancelled.
absl::StatusOr<Document> SettlementFromExplanation(const Resource& explanation, const Links& links,
                                                   const ReaderContext& context);

// FHIR resources carry no message id. This one is made of what the resources say, so that the same
// content is the same message, whoever sends it again. Exactly 32 characters.
std::string ContentId(const std::vector<const JsonValue*>& used, std::string_view sent);

Hospital HospitalFrom(const Element& organization_reference, const Resource& from,
                      const Collection& collection, const HospitalProfile& profile);
std::string SenderFrom(const Hospital& hospital);

}  // namespace recoup::hospital::fhir

#endif  // RECOUP_ADAPTERS_HOSPITAL_FHIR_PARTS_H_
