// The reader of HL7 FHIR R4 in JSON: Encounter, Condition, Claim, ExplanationOfBenefit, Coverage
// and Patient, in a Bundle, alone, or one resource on each line (NDJSON, the form of bulk exports).
//
//   Encounter, with its conditions, claims' accidents and coverages   → AdmissionDocument
//   Claim or ExplanationOfBenefit with an accident, Condition, of a
//     visit that is not in the file                                   → AdmissionDocument, not
//     whole
//   ExplanationOfBenefit                                              → SettlementDocument
//   ExplanationOfBenefit, cancelled or entered in error               → ReversalDocument
// Other versions of FHIR are refused by name. Paths are JSON pointers. Pure; thread-safe.
#ifndef RECOUP_ADAPTERS_HOSPITAL_FHIR_FHIR_H_
#define RECOUP_ADAPTERS_HOSPITAL_FHIR_FHIR_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "adapters/hospital/reader.h"

namespace recoup::hospital::fhir {

bool LooksLikeFhir(std::string_view bytes);
// FHIR's XML form, which is refused by name.
bool LooksLikeFhirXml(std::string_view bytes);

// A resource or a Bundle; every document that it holds, or one refusal for all of it. A line that
// is no good is refused by its number and harms no other line.
std::vector<DocumentPart> ReadFhirParts(std::string_view bytes, const ReaderContext& context);

// One resource on each line, as in the files of a bulk export.
bool LooksLikeBulk(std::string_view bytes);

struct BulkFile {
  std::string name;  // Without a "/".
  std::string_view bytes;
};
// The files of one bulk export together, since resources of one file refer to those of another.
// Places are "Encounter.ndjson, line 7".
std::vector<DocumentPart> ReadBulk(const std::vector<BulkFile>& files,
                                   const ReaderContext& context);

// For callers that take one message at a time: refused where there are more.
absl::StatusOr<Document> ReadFhir(std::string_view bytes, const ReaderContext& context);
absl::StatusOr<Document> RefuseFhirXml(std::string_view bytes, const ReaderContext& context);

}  // namespace recoup::hospital::fhir

#endif  // RECOUP_ADAPTERS_HOSPITAL_FHIR_FHIR_H_
