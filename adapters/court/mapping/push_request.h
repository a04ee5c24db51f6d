// Elements of a judgment → the signed request by which the court pushes them. Pure.
//
// What leaves the court are the elements and the document's SHA-256; the document and its sentences
// stay. The bytes signed are the bytes sent, so the hub can prove later what
// the court said.
#ifndef RECOUP_ADAPTERS_COURT_MAPPING_PUSH_REQUEST_H_
#define RECOUP_ADAPTERS_COURT_MAPPING_PUSH_REQUEST_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "adapters/court/elements.h"
#include "hub/crypto/sha256.h"
#include "hub/crypto/signing.h"
#include "recoup/v1/court_case.pb.h"
#include "recoup/v1/court_service.pb.h"

namespace recoup::court::mapping {

inline constexpr std::string_view kCourtCasePrefix = "recoup court case v1\n";
inline constexpr std::size_t kElementsBytesMax = 256u << 10;

// Whether evidence goes with its sentences; they are text of the document, and so stay unless the
// court's policy says otherwise. The rule that read a value always goes.
enum class Sentences { kStay, kGo };

v1::CourtCaseElements ElementsToProto(const JudgmentElements& elements,
                                      const crypto::Digest& document_sha256,
                                      Sentences sentences = Sentences::kStay);

// The signed bytes: deterministic, so that the same document gives the same request. Refused, with
// all faults: a document without what every case has (number, court, day, kind, instance), or of an
// accident after it; TOO_LARGE: more than kElementsBytesMax.
absl::StatusOr<std::string> SignableBytes(const v1::CourtCaseElements& elements);

// Without request id.
absl::StatusOr<v1::PushCourtCaseRequest> ToPushCourtCase(const v1::CourtCaseElements& elements,
                                                         bool consent,
                                                         const crypto::SigningKey& key);
absl::StatusOr<v1::AmendCourtCaseRequest> ToAmendCourtCase(const std::string& court_case,
                                                           const v1::CourtCaseElements& elements,
                                                           const std::string& reason,
                                                           const crypto::SigningKey& key);

}  // namespace recoup::court::mapping

#endif  // RECOUP_ADAPTERS_COURT_MAPPING_PUSH_REQUEST_H_
