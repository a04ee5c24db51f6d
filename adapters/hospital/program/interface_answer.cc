#include "adapters/hospital/program/interface_answer.h"

#include <cstdint>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "adapters/common/error_text.h"
#include "hub/base/clock.h"
#include "hub/base/error.h"
#include "hub/crypto/sha256.h"
#include "nlohmann/json.hpp"

namespace recoup::hospital {
namespace {

// inf_refmsgid: area (6), time (14), number (10). The number is of the message, so that the same
// message gets the same one.
std::string ReferenceOf(const Taken& taken, std::string_view area_code) {
  const crypto::Digest digest = crypto::Sha256(taken.source_key);
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < 8; ++i) number = number << 8 | digest[i];
  constexpr std::uint64_t kTenDigits = 10'000'000'000;
  constexpr std::size_t kAreaSize = 6;
  return absl::StrCat(area_code.size() == kAreaSize ? std::string(area_code) : "000000",
                      absl::FormatTime("%Y%m%d%H%M%S", taken.time, ChinaTimeZone()),
                      absl::StrFormat("%010d", number % kTenDigits));
}

std::string TimeText(absl::Time time) {
  const std::int64_t ms = absl::ToUnixMillis(time) % 1000;
  return absl::StrCat(absl::FormatTime("%Y%m%d%H%M%S", time, ChinaTimeZone()),
                      absl::StrFormat("%03d", ms));
}

// Everything that is wrong, so that it is mended once.
std::string WhyNot(const absl::Status& status) {
  const ErrorDetail detail = DetailOf(status);
  // Elsewhere a caller is known by its certificate; here by the token that the message names.
  if (detail.reason == Reason::kUnauthenticated) {
    return absl::StrCat("报文未收：", std::string(status.message()));
  }
  std::string text =
      absl::StrCat("报文未收：", std::string(adapters::ReasonInChinese(detail.reason)));
  for (const FieldFault& fault : detail.faults) {
    absl::StrAppend(&text, "；", fault.field.empty() ? "" : absl::StrCat(fault.field, ": "),
                    fault.description);
  }
  if (detail.faults.empty()) absl::StrAppend(&text, "；", std::string(status.message()));
  return text;
}

std::string Warnings(const Taken& taken) {
  std::string text;
  for (const QualityNote& note : taken.notes) {
    absl::StrAppend(&text, text.empty() ? "" : "；",
                    note.path.empty() ? "" : absl::StrCat(note.path, ": "), note.text);
  }
  return text;
}

}  // namespace

std::string InterfaceAnswer(const absl::StatusOr<Taken>& taken, absl::Time now,
                            std::string_view area_code) {
  nlohmann::ordered_json answer;
  const absl::Time time = taken.ok() ? taken->time : now;
  answer["infcode"] = taken.ok() ? 0 : -1;
  answer["inf_refmsgid"] = taken.ok() ? ReferenceOf(*taken, area_code) : "";
  answer["refmsg_time"] = TimeText(time);
  answer["respond_time"] = TimeText(time);
  answer["enctype"] = "";
  answer["signtype"] = "";
  answer["err_msg"] = taken.ok() ? "" : WhyNot(taken.status());
  answer["warn_msg"] = taken.ok() ? Warnings(*taken) : "";
  answer["output"] = nlohmann::ordered_json::object();
  if (taken.ok()) answer["output"]["result"] = {{"outcome", taken->outcome}};
  // Bytes that are no UTF-8 may stand in what a refusal quotes.
  return answer.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace recoup::hospital
