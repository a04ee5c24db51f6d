// The text of an HL7 message as UTF-8: by MSH-18, and by what the bytes are where that is wrong.
#ifndef RECOUP_ADAPTERS_HOSPITAL_HL7_MESSAGE_CHARSET_H_
#define RECOUP_ADAPTERS_HOSPITAL_HL7_MESSAGE_CHARSET_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "adapters/hospital/documents.h"

namespace recoup::hospital::hl7 {

// `charset_name` is MSH-18. A repair leaves a note; what is no text of a known set is a fault.
absl::StatusOr<std::string> TextOf(std::string_view bytes, std::string_view charset_name,
                                   std::vector<QualityNote>& notes);

}  // namespace recoup::hospital::hl7

#endif  // RECOUP_ADAPTERS_HOSPITAL_HL7_MESSAGE_CHARSET_H_
