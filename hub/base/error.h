// Errors that explain themselves.
//
// An Error is an absl::Status that also carries one Reason from the catalogue, metadata, the faults
// of the input (all of them, with paths) and the preconditions that are not met. hub/rpc turns it
// into google.rpc.ErrorInfo, BadRequest, PreconditionFailure and RetryInfo; nothing else maps
// errors. Messages are for people and never hold names, identity numbers or SQL.
#ifndef RECOUP_HUB_BASE_ERROR_H_
#define RECOUP_HUB_BASE_ERROR_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "hub/base/reasons.h"

namespace recoup {

// What is wrong with one field of the input; `field` is a path such as
// "settlement.fund_lines[2].amount_fen".
struct FieldFault {
  std::string field;
  std::string description;
  bool operator==(const FieldFault&) const = default;
};

// What must happen first; `type` is stable ("STATE", "APPROVAL", "AMOUNT"), `subject` a resource
// name.
struct UnmetPrecondition {
  std::string type;
  std::string subject;
  std::string description;
  bool operator==(const UnmetPrecondition&) const = default;
};

struct ErrorDetail {
  Reason reason = Reason::kInternal;
  std::map<std::string, std::string> metadata;
  std::vector<FieldFault> faults;
  std::vector<UnmetPrecondition> preconditions;
  std::optional<std::int64_t> retry_after_ms;
};

absl::Status MakeError(std::string_view message, ErrorDetail detail);
absl::Status MakeError(Reason reason, std::string_view message);

// The detail of a status made by MakeError. A status made elsewhere gets a reason by its code.
ErrorDetail DetailOf(const absl::Status& status);
Reason ReasonOf(const absl::Status& status);

// A status as bytes and back, with its detail: how a refusal is remembered. Malformed bytes are
// INTERNAL.
std::string EncodeStatus(const absl::Status& status);
absl::Status DecodeStatus(std::string_view bytes);

// Collects every fault of a document before it is refused, so that the sender mends it once.
class Faults {
 public:
  void Add(std::string field, std::string description);
  bool empty() const { return faults_.empty(); }
  const std::vector<FieldFault>& all() const { return faults_; }
  // OK when there is none; else an error with all of them.
  absl::Status ToStatus(Reason reason = Reason::kInvalidArgument) const;

 private:
  std::vector<FieldFault> faults_;
};

}  // namespace recoup

#endif  // RECOUP_HUB_BASE_ERROR_H_
