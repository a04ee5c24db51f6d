#include "adapters/hospital/reader.h"

#include <array>

#include "absl/strings/str_cat.h"
#include "adapters/hospital/charset.h"
#include "adapters/hospital/fhir/fhir.h"
#include "adapters/hospital/field_text.h"
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

// An HL7 message that lost its head: without MSH neither its delimiters nor its kind are known.
bool LacksHeader(std::string_view bytes) {
  constexpr std::array<std::string_view, 4> kSegments = {"EVN", "PID", "PV1", "NK1"};
  const std::string_view text = Trimmed(WithoutByteOrderMark(bytes));
  for (const std::string_view name : kSegments) {
    if (text.starts_with(name) && text.substr(3, 1) == "|") return true;
  }
  return false;
}

}  // namespace

absl::StatusOr<Document> ReadDocument(std::string_view bytes, const ReaderContext& context) {
  // A bundle of a whole visit is larger than a message of the other formats.
  const std::size_t bytes_max = fhir::LooksLikeFhir(bytes) ? kBundleBytesMax : kDocumentBytesMax;
  if (bytes.size() > bytes_max) {
    return MakeError(Reason::kTooLarge,
                     absl::StrCat("报文有 ", bytes.size(), " 字节，最多读 ", bytes_max, " 字节"));
  }
  for (const Reader& reader : kReaders) {
    if (reader.sniff(bytes)) return reader.read(bytes, context);
  }
  if (LacksHeader(bytes)) {
    Faults faults;
    faults.Add("MSH", "缺少消息头：HL7 消息从别的段开始");
    return faults.ToStatus();
  }
  return MakeError(Reason::kInvalidArgument,
                   "既不是医保接口 JSON、FHIR R4 JSON，也不是 HL7 v2 消息");
}

std::vector<DocumentPart> ReadDocuments(std::string_view bytes, const ReaderContext& context) {
  if (fhir::LooksLikeFhir(bytes)) return fhir::ReadFhirParts(bytes, context);
  std::vector<DocumentPart> parts;
  parts.push_back({"", ReadDocument(bytes, context)});
  return parts;
}

}  // namespace recoup::hospital
