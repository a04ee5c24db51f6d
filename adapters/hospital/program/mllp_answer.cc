#include "adapters/hospital/program/mllp_answer.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "adapters/common/error_text.h"
#include "adapters/hospital/hl7/frames.h"
#include "hub/base/error.h"
#include "hub/crypto/sha256.h"

namespace recoup::hospital {
namespace {

// The same message gets an answer with the same id.
std::string AnswerIdOf(const hl7::AnsweredHeader& header) {
  const crypto::Digest digest = crypto::Sha256(absl::StrCat(
      header.sending_application, "/", header.sending_facility, "/", header.control_id));
  constexpr std::size_t kBytes = 9;
  return absl::BytesToHexString(
      std::string(digest.begin(), digest.begin() + static_cast<std::ptrdiff_t>(kBytes)));
}

// For MSA-3, which is all that is shown of an answer by many systems: the first fault, and how many
// there are.
std::string WhyNot(const absl::Status& status) {
  const ErrorDetail detail = DetailOf(status);
  if (detail.faults.empty()) {
    return absl::StrCat("未收：", std::string(adapters::ReasonInChinese(detail.reason)));
  }
  const FieldFault& first = detail.faults.front();
  const std::string others =
      detail.faults.size() > 1 ? absl::StrCat("（共 ", detail.faults.size(), " 处）") : "";
  return absl::StrCat("未收", others, "：", first.field, first.field.empty() ? "" : " ",
                      first.description);
}

std::vector<std::string> MessagesFor(const hl7::AnsweredHeader& header,
                                     const absl::StatusOr<Taken>& taken, absl::Time now) {
  hl7::Outcome outcome;
  outcome.status = taken.status();
  outcome.text = taken.ok() ? taken->outcome : WhyNot(taken.status());
  outcome.time = taken.ok() ? taken->time : now;
  outcome.answer_id = AnswerIdOf(header);
  return hl7::AcknowledgementsFor(header, outcome);
}

}  // namespace

std::string AnswerTo(const hl7::AnsweredHeader& header, const absl::StatusOr<Taken>& taken,
                     absl::Time now) {
  std::string blocks;
  for (const std::string& message : MessagesFor(header, taken, now)) {
    absl::StrAppend(&blocks, hl7::Framed(message));
  }
  return blocks;
}

std::string BatchAnswerTo(const std::vector<hl7::AnsweredHeader>& headers,
                          const std::vector<absl::StatusOr<Taken>>& taken, absl::Time now) {
  std::string messages;
  std::size_t count = 0;
  for (std::size_t i = 0; i < headers.size(); ++i) {
    for (const std::string& message : MessagesFor(headers[i], taken[i], now)) {
      absl::StrAppend(&messages, message);
      ++count;
    }
  }
  if (count == 0) return "";
  return hl7::Framed(absl::StrCat("BHS|^~\\&\r", messages, "BTS|", count, "\r"));
}

}  // namespace recoup::hospital
