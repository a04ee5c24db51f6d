// InsurerService as this program uses it: the sender of spooled answers, and the calls of a clerk.
#ifndef RECOUP_ADAPTERS_INSURER_PROGRAM_INSURER_HUB_H_
#define RECOUP_ADAPTERS_INSURER_PROGRAM_INSURER_HUB_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "adapters/common/cli.h"
#include "adapters/common/delivery.h"
#include "recoup/v1/insurer_service.pb.h"

namespace recoup::insurer {

inline constexpr char kAcknowledgeDemand[] = "InsurerService.AcknowledgeDemand";
inline constexpr char kAcceptDemand[] = "InsurerService.AcceptDemand";
inline constexpr char kDisputeDemand[] = "InsurerService.DisputeDemand";
inline constexpr char kConfirmRepayment[] = "InsurerService.ConfirmRepayment";
inline constexpr char kSendRemittanceAdvice[] = "InsurerService.SendRemittanceAdvice";

absl::StatusOr<adapters::Send> OpenInsurerSender(adapters::CommandContext& context);

// The context must outlive it. Not thread-safe.
class InsurerHub {
 public:
  static absl::StatusOr<InsurerHub> Open(adapters::CommandContext& context);
  InsurerHub(InsurerHub&&) noexcept;
  ~InsurerHub();

  // These mutate, with the command's request id and --dry-run.
  absl::StatusOr<v1::RegisterPolicyResponse> RegisterPolicy(v1::RegisterPolicyRequest request);
  absl::StatusOr<v1::UpdatePolicyUsageResponse> UpdatePolicyUsage(
      v1::UpdatePolicyUsageRequest request);

  // All pages.
  absl::StatusOr<std::vector<v1::Policy>> ListPolicies(v1::ListPoliciesRequest request);
  absl::StatusOr<std::vector<v1::Demand>> ListDemands(v1::ListDemandsRequest request);
  absl::StatusOr<std::vector<v1::RemittanceAdvice>> ListAdvices(
      v1::ListRemittanceAdvicesRequest request);

  // By name (pools/…/demands/…) or payment reference (RF…).
  absl::StatusOr<v1::Demand> GetDemand(const std::string& name_or_reference);
  // Nothing where the insurer has no such demand: for commands that name several, and tell all
  // faults at once.
  absl::StatusOr<std::optional<v1::Demand>> FindDemand(const std::string& name_or_reference);
  // The letters of a demand, oldest first; at least one.
  absl::StatusOr<std::vector<v1::Letter>> Letters(const std::string& demand);
  // A name as it is; a reference is looked up.
  absl::StatusOr<std::string> DemandName(const std::string& name_or_reference);
  absl::StatusOr<v1::Explanation> Explain(const std::string& demand);
  absl::StatusOr<v1::RemittanceAdvice> GetAdvice(const std::string& name);

  absl::StatusOr<v1::GetStatementOfAccountResponse> StatementOfAccount(
      v1::GetStatementOfAccountRequest request);

  absl::StatusOr<v1::GetClocksResponse> GetClocks(v1::GetClocksRequest request);

  // One stream: hands over every change after `sequence`, which it moves on, until the stream ends
  // or `take` wants no more. An error of `take` ends it too.
  absl::Status Watch(
      const std::string& pool, std::int64_t& sequence,
      const std::function<absl::StatusOr<bool>(const v1::WatchDemandsResponse&)>& take);

 private:
  struct Connection;  // Keeps the generated service header out of this one.
  explicit InsurerHub(std::unique_ptr<Connection> connection);

  std::unique_ptr<Connection> connection_;
};

}  // namespace recoup::insurer

#endif  // RECOUP_ADAPTERS_INSURER_PROGRAM_INSURER_HUB_H_
