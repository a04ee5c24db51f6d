#include "adapters/hospital/reader.h"

#include <array>

#include "absl/strings/str_cat.h"
#include "adapters/hospital/hl7/admission.h"
#include "adapters/hospital/national/national.h"
#include "hub/base/error.h"

namespace recoup::hospital {
namespace {

constexpr std::array kReaders = {
    Reader{"national interface JSON", &national::LooksNational, &national::ReadNational},
    Reader{"HL7 v2", &hl7::LooksLikeHl7, &hl7::ReadHl7},
};

}  // namespace

absl::StatusOr<Document> ReadDocument(std::string_view bytes, const ReaderContext& context) {
  if (bytes.size() > kDocumentBytesMax) {
    return MakeError(Reason::kTooLarge,
                     absl::StrCat("a message of ", bytes.size(), " bytes; at most ",
                                  kDocumentBytesMax, " are read"));
  }
  for (const Reader& reader : kReaders) {
    if (reader.sniff(bytes)) return reader.read(bytes, context);
  }
  return MakeError(Reason::kInvalidArgument,
                   "neither national interface JSON nor an HL7 v2 message");
}

}  // namespace recoup::hospital
