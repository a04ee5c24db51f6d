// One exchange with the platform: a request, its response, or both; and the envelope's fields.
#ifndef RECOUP_ADAPTERS_HOSPITAL_NATIONAL_EXCHANGE_H_
#define RECOUP_ADAPTERS_HOSPITAL_NATIONAL_EXCHANGE_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "adapters/hospital/national/object_reader.h"
#include "adapters/hospital/reader.h"

namespace recoup::hospital::national {

struct Envelope {
  std::string transaction;  // infno; empty for a response alone.
  std::string message_id;
  PoolHint pool;  // The area; the insurance type is in the body.
  Hospital hospital;
  std::optional<absl::Time> sent_at;
};

// Borrows the document, the faults and the notes.
struct Exchange {
  ObjectReader request;
  ObjectReader response;
  Envelope envelope;
  Faults& faults;
  std::vector<QualityNote>& notes;
  const ReaderContext& context;
  bool refused_by_platform = false;  // infcode is not 0; a fault says so.
};

// Replaces text that is JSON by what it says, where senders nest it (input, output, exp_content …).
void ExpandNestedJson(JsonValue& document, std::vector<QualityNote>& notes);

// Finds request and response, and validates the envelope: every missing or overlong field is a
// fault. A response with an infcode other than 0 is a fault: nothing has happened then.
Exchange OpenExchange(const JsonValue& document, const ReaderContext& context, Faults& faults,
                      std::vector<QualityNote>& notes);

// A paper's number where a message may tell it: psn_cert_type and certno, or mdtrt_cert_no.
struct Certificate {
  const ObjectReader& in;
  std::string_view field;
  std::string psn_cert_type;
  std::string number;
};

// Takes the first that can be right, and what an identity card itself tells. A card number with a
// wrong check character is left out with a note: it would name somebody else, or nobody.
void SetCertificate(const std::vector<Certificate>& told, Patient& patient);

}  // namespace recoup::hospital::national

#endif  // RECOUP_ADAPTERS_HOSPITAL_NATIONAL_EXCHANGE_H_
