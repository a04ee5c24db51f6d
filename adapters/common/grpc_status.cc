#include "adapters/common/grpc_status.h"

#include <optional>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "google/rpc/error_details.pb.h"
#include "hub/base/error.h"

namespace recoup::adapters {
namespace {

constexpr char kDomain[] = "recoup";

std::optional<Reason> ReasonByWireName(const std::string& name) {
  // The enumerators are contiguous, kInternal is the last.
  for (int value = 0; value <= static_cast<int>(Reason::kInternal); ++value) {
    const auto reason = static_cast<Reason>(value);
    if (ReasonName(reason) == name) return reason;
  }
  return std::nullopt;
}

absl::StatusCode CodeOf(int code) {
  return code >= 0 && code <= 16 ? static_cast<absl::StatusCode>(code) : absl::StatusCode::kUnknown;
}

std::int64_t Milliseconds(const google::protobuf::Duration& duration) {
  // Bounded, since the answer is input; a day is longer than any wait that is kept to.
  constexpr std::int64_t kSecondsMax = 24 * 60 * 60;
  if (duration.seconds() < 0 || duration.nanos() < 0) return 0;
  if (duration.seconds() >= kSecondsMax) return kSecondsMax * 1000;
  return duration.seconds() * 1000 + duration.nanos() / 1'000'000;
}

// Takes over what it knows of one detail; the rest is left alone.
void AddDetail(const google::protobuf::Any& any, ErrorDetail& detail, bool& has_reason) {
  google::rpc::ErrorInfo info;
  google::rpc::BadRequest bad;
  google::rpc::PreconditionFailure failure;
  google::rpc::RetryInfo retry;
  if (any.Is<google::rpc::ErrorInfo>() && any.UnpackTo(&info) && info.domain() == kDomain) {
    const std::optional<Reason> reason = ReasonByWireName(info.reason());
    detail.metadata.insert(info.metadata().begin(), info.metadata().end());
    if (reason.has_value()) {
      detail.reason = *reason;
      has_reason = true;
    } else {
      // A later hub may know more reasons; the name is kept for people.
      detail.metadata["unknown_reason"] = info.reason();
    }
  } else if (any.Is<google::rpc::BadRequest>() && any.UnpackTo(&bad)) {
    for (const auto& fault : bad.field_violations()) {
      detail.faults.push_back({fault.field(), fault.description()});
    }
  } else if (any.Is<google::rpc::PreconditionFailure>() && any.UnpackTo(&failure)) {
    for (const auto& unmet : failure.violations()) {
      detail.preconditions.push_back({unmet.type(), unmet.subject(), unmet.description()});
    }
  } else if (any.Is<google::rpc::RetryInfo>() && any.UnpackTo(&retry)) {
    detail.retry_after_ms = Milliseconds(retry.retry_delay());
  }
}

// The code of the answer decides what a client does next, so it wins over the reason's usual one.
absl::Status WithCode(absl::StatusCode code, const absl::Status& error) {
  absl::Status status(code, error.message());
  error.ForEachPayload(
      [&](absl::string_view url, const absl::Cord& payload) { status.SetPayload(url, payload); });
  return status;
}

absl::Status Build(absl::StatusCode code, const std::string& message,
                   const google::rpc::Status& details) {
  if (code == absl::StatusCode::kOk) return absl::OkStatus();
  ErrorDetail detail;
  bool has_reason = false;
  for (const google::protobuf::Any& any : details.details()) AddDetail(any, detail, has_reason);
  if (!has_reason) detail.reason = ReasonOf(absl::Status(code, ""));
  return WithCode(code, MakeError(message, std::move(detail)));
}

}  // namespace

absl::Status StatusFromGrpc(const grpc::Status& status) {
  google::rpc::Status details;
  // Details that do not parse are as good as none; the code and the message still stand.
  if (!details.ParseFromString(status.error_details())) details.Clear();
  const absl::StatusCode code = CodeOf(static_cast<int>(status.error_code()));
  // Not the hub's word: gRPC drops calls that a stopping server has not taken yet.
  if (code == absl::StatusCode::kCancelled && details.details().empty()) {
    return MakeError(Reason::kShuttingDown, "the hub dropped the call; it may be stopping");
  }
  // Nor is this: a message beyond the hub's transport limit is never handed to it.
  if (code == absl::StatusCode::kResourceExhausted && details.details().empty() &&
      absl::StrContains(status.error_message(), "larger than max")) {
    return MakeError(Reason::kTooLarge, status.error_message());
  }
  return Build(code, status.error_message(), details);
}

absl::Status StatusFromRpc(const google::rpc::Status& status) {
  return Build(CodeOf(status.code()), status.message(), status);
}

}  // namespace recoup::adapters
