// The seam between formats and the rest: bytes of one message in, one document out.
#ifndef RECOUP_ADAPTERS_HOSPITAL_READER_H_
#define RECOUP_ADAPTERS_HOSPITAL_READER_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "adapters/hospital/documents.h"
#include "adapters/hospital/fund_types.h"

namespace recoup::hospital {

// How one hospital's own insurance code translates to the fund that pays. HL7 has no national field
// for it; `key` is compared with IN1-2, IN1-3, IN1-35 and PV1-20 (code or text), in this order.
struct InsuranceMapping {
  std::string key;
  std::string area_code;  // Empty: the profile's default.
  std::string insurance_type;
};

// What the messages of one hospital leave out.
struct HospitalProfile {
  std::string hospital_code;
  std::string hospital_name;
  std::string default_area_code;
  std::vector<InsuranceMapping> insurance;
};

// Borrowed by the readers for the time of one call.
struct ReaderContext {
  const HospitalProfile& profile;
  const FundTypes& fund_types;
};

// One format. `sniff` is cheap and never fails; the first reader that claims the bytes reads them.
struct Reader {
  std::string_view name;
  bool (*sniff)(std::string_view bytes);
  absl::StatusOr<Document> (*read)(std::string_view bytes, const ReaderContext& context);
};

// One document of a file that may hold several, or the refusal of its place.
struct DocumentPart {
  std::string place;  // "line 12", "Encounter/e1"; empty where the file is one message.
  absl::StatusOr<Document> document;
  // What tells this message from others of the same id; empty: the bytes of the file.
  std::string content_id = {};
};

// Larger than any message of the interface; a fault in a sender's loop is refused early.
inline constexpr std::size_t kDocumentBytesMax = 4 * 1024 * 1024;

// Reads one message of any known format. Refusals name every fault with its path; a message that is
// well-formed but of no use here (an order, a sign-in) is refused by its name. Thread-safe.
absl::StatusOr<Document> ReadDocument(std::string_view bytes, const ReaderContext& context);

// Of FHIR, whose files hold many messages: read in a few seconds and some hundred megabytes.
inline constexpr std::size_t kBundleBytesMax = 32 * 1024 * 1024;

// Reads a file that may hold several messages: a FHIR bundle, or one FHIR resource on each line. At
// least one part; a part that is refused harms no other. Thread-safe.
std::vector<DocumentPart> ReadDocuments(std::string_view bytes, const ReaderContext& context);

}  // namespace recoup::hospital

#endif  // RECOUP_ADAPTERS_HOSPITAL_READER_H_
