#include "hub/base/error.h"

#include <array>
#include <utility>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "hub/base/check.h"
#include "nlohmann/json.hpp"

namespace recoup {
namespace {

constexpr char kPayloadUrl[] = "recoup/error-detail";

struct ReasonRow {
  Reason reason;
  std::string_view name;
  absl::StatusCode code;
};

constexpr std::array kReasonRows = {
#define RECOUP_REASON_ROW(name, wire, code) ReasonRow{Reason::name, wire, absl::StatusCode::code},
    RECOUP_REASONS(RECOUP_REASON_ROW)
#undef RECOUP_REASON_ROW
};

const ReasonRow& RowOf(Reason reason) {
  const auto index = static_cast<std::size_t>(reason);
  RECOUP_CHECK(index < kReasonRows.size());
  return kReasonRows[index];
}

Reason ReasonByCode(absl::StatusCode code) {
  if (code == absl::StatusCode::kUnavailable) return Reason::kStoreUnavailable;
  for (const ReasonRow& row : kReasonRows) {
    if (row.code == code) return row.reason;
  }
  return Reason::kInternal;
}

Reason ReasonByName(std::string_view name) {
  for (const ReasonRow& row : kReasonRows) {
    if (row.name == name) return row.reason;
  }
  return Reason::kInternal;
}

}  // namespace

std::string_view ReasonName(Reason reason) { return RowOf(reason).name; }
absl::StatusCode ReasonCode(Reason reason) { return RowOf(reason).code; }

absl::Status MakeError(std::string_view message, ErrorDetail detail) {
  nlohmann::json json = {{"reason", std::string(ReasonName(detail.reason))}};
  if (!detail.metadata.empty()) json["metadata"] = detail.metadata;
  for (const FieldFault& fault : detail.faults)
    json["faults"].push_back({fault.field, fault.description});
  for (const UnmetPrecondition& unmet : detail.preconditions) {
    json["preconditions"].push_back({unmet.type, unmet.subject, unmet.description});
  }
  if (detail.retry_after_ms) json["retry_after_ms"] = *detail.retry_after_ms;
  absl::Status status(ReasonCode(detail.reason), absl::string_view(message.data(), message.size()));
  // Input may be any bytes; a fault that quotes it must not throw here.
  status.SetPayload(
      kPayloadUrl, absl::Cord(json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)));
  return status;
}

absl::Status MakeError(Reason reason, std::string_view message) {
  return MakeError(message, ErrorDetail{.reason = reason,
                                        .metadata = {},
                                        .faults = {},
                                        .preconditions = {},
                                        .retry_after_ms = std::nullopt});
}

ErrorDetail DetailOf(const absl::Status& status) {
  ErrorDetail detail;
  const auto payload = status.GetPayload(kPayloadUrl);
  if (!payload.has_value()) {
    detail.reason = ReasonByCode(status.code());
    return detail;
  }
  const nlohmann::json json = nlohmann::json::parse(std::string(*payload));
  detail.reason = ReasonByName(json.at("reason").get<std::string>());
  if (json.contains("metadata"))
    detail.metadata = json["metadata"].get<std::map<std::string, std::string>>();
  if (json.contains("faults")) {
    for (const auto& fault : json["faults"]) detail.faults.push_back({fault[0], fault[1]});
  }
  if (json.contains("preconditions")) {
    for (const auto& unmet : json["preconditions"])
      detail.preconditions.push_back({unmet[0], unmet[1], unmet[2]});
  }
  if (json.contains("retry_after_ms"))
    detail.retry_after_ms = json["retry_after_ms"].get<std::int64_t>();
  return detail;
}

Reason ReasonOf(const absl::Status& status) { return DetailOf(status).reason; }

std::string EncodeStatus(const absl::Status& status) {
  if (status.ok()) return "";
  nlohmann::json json = {{"code", static_cast<int>(status.code())},
                         {"message", std::string(status.message())}};
  if (const auto payload = status.GetPayload(kPayloadUrl)) json["detail"] = std::string(*payload);
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

absl::Status DecodeStatus(std::string_view bytes) {
  if (bytes.empty()) return absl::OkStatus();
  const nlohmann::json json = nlohmann::json::parse(bytes, nullptr, /*allow_exceptions=*/false);
  if (!json.is_object() || !json.contains("code") || !json["code"].is_number_integer() ||
      !json.contains("message") || !json["message"].is_string()) {
    return MakeError(Reason::kInternal, "a remembered refusal cannot be read");
  }
  absl::Status status(static_cast<absl::StatusCode>(json["code"].get<int>()),
                      json["message"].get<std::string>());
  if (json.contains("detail") && json["detail"].is_string()) {
    status.SetPayload(kPayloadUrl, absl::Cord(json["detail"].get<std::string>()));
  }
  return status;
}

void Faults::Add(std::string field, std::string description) {
  faults_.push_back({std::move(field), std::move(description)});
}

absl::Status Faults::ToStatus(Reason reason) const {
  if (faults_.empty()) return absl::OkStatus();
  // A fault of the whole has no path, and nothing to part from its description.
  std::string message =
      absl::StrCat(faults_[0].field, faults_[0].field.empty() ? "" : ": ", faults_[0].description);
  if (faults_.size() > 1) absl::StrAppend(&message, " (and ", faults_.size() - 1, " more faults)");
  ErrorDetail detail;
  detail.reason = reason;
  detail.faults = faults_;
  return MakeError(message, std::move(detail));
}

}  // namespace recoup
