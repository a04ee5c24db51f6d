#include "adapters/hospital/reader.h"

#include <array>

#include "absl/strings/str_cat.h"
#include "adapters/hospital/fhir/fhir.h"
#include "adapters/hospital/hl7/admission.h"
#include "adapters/hospital/national/national.h"
#include "hub/base/error.h"

namespace recoup::hospital {
namespace {

constexpr std::array kReaders = {
    Reader{"FHIR R4 JSON", &fhir::LooksLikeFhir, &fhir::ReadFhir},
    Reader{"FHIR XML", &fhir::LooksLikeFhirXml, &fhir::RefuseFhirXml},
    Reader{"national interface JSON", &national::LooksNational, &national::ReadNational},
    Reader{"HL7 v2", &hl7::LooksLikeHl7, &hl7::ReadHl7},
};

}  // namespace

absl::StatusOr<Document> ReadDocument(std::string_view bytes, const ReaderContext& context) {
  // A bundle of a whole visit is larger than a message of the other formats.
  const std::size_t bytes_max = fhir::LooksLikeFhir(bytes) ? kBundleBytesMax : kDocumentBytesMax;
  if (bytes.size() > bytes_max) {
    return MakeError(Reason::kTooLarge, absl::StrCat("a message of ", bytes.size(),
                                                     " bytes; at most ", bytes_max, " are read"));
  }
  for (const Reader& reader : kReaders) {
    if (reader.sniff(bytes)) return reader.read(bytes, context);
  }
  return MakeError(Reason::kInvalidArgument,
                   "neither national interface JSON, nor FHIR R4 JSON, nor an HL7 v2 message");
}

std::vector<DocumentPart> ReadDocuments(std::string_view bytes, const ReaderContext& context) {
  if (fhir::LooksLikeFhir(bytes)) return fhir::ReadFhirParts(bytes, context);
  std::vector<DocumentPart> parts;
  parts.push_back({"", ReadDocument(bytes, context)});
  return parts;
}

}  // namespace recoup::hospital
