#include "adapters/insurer/program/insurer_hub.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "adapters/common/hub_session.h"
#include "adapters/insurer/mapping/names.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "recoup/v1/insurer_service.pb.h"

namespace recoup::insurer {

using adapters::CommandContext;

struct InsurerHub::Connection {
  adapters::HubSession session;
};

namespace {

bool IsSpooledKind(std::string_view kind) {
  return kind == kAcknowledgeDemand || kind == kAcceptDemand || kind == kDisputeDemand ||
         kind == kConfirmRepayment || kind == kSendRemittanceAdvice;
}

}  // namespace

absl::StatusOr<adapters::Send> OpenInsurerSender(CommandContext& context) {
  RECOUP_ASSIGN_OR_RETURN(adapters::HubSession session, adapters::HubSession::Open(context));
  // Shared because std::function wants to be copied.
  const auto shared = std::make_shared<adapters::HubSession>(std::move(session));
  return adapters::Send([shared](std::string_view kind, std::string_view payload,
                                 const Id& id) -> absl::StatusOr<std::string> {
    if (IsSpooledKind(kind)) return shared->Forward(kind, payload, id);
    return MakeError(Reason::kInternal,
                     absl::StrCat("the spool holds an unknown kind of item: ", std::string(kind)));
  });
}

InsurerHub::InsurerHub(std::unique_ptr<Connection> connection)
    : connection_(std::move(connection)) {}
InsurerHub::InsurerHub(InsurerHub&&) noexcept = default;
InsurerHub::~InsurerHub() = default;

absl::StatusOr<InsurerHub> InsurerHub::Open(CommandContext& context) {
  RECOUP_ASSIGN_OR_RETURN(adapters::HubSession session, adapters::HubSession::Open(context));
  return InsurerHub(std::make_unique<Connection>(Connection{std::move(session)}));
}

absl::StatusOr<v1::RegisterPolicyResponse> InsurerHub::RegisterPolicy(
    v1::RegisterPolicyRequest request) {
  return connection_->session.Mutate<v1::RegisterPolicyResponse>("InsurerService.RegisterPolicy",
                                                                 std::move(request));
}

absl::StatusOr<v1::UpdatePolicyUsageResponse> InsurerHub::UpdatePolicyUsage(
    v1::UpdatePolicyUsageRequest request) {
  return connection_->session.Mutate<v1::UpdatePolicyUsageResponse>(
      "InsurerService.UpdatePolicyUsage", std::move(request));
}

absl::StatusOr<std::vector<v1::Policy>> InsurerHub::ListPolicies(v1::ListPoliciesRequest request) {
  RECOUP_ASSIGN_OR_RETURN(const v1::ListPoliciesResponse all,
                          connection_->session.AskAllPages<v1::ListPoliciesResponse>(
                              "InsurerService.ListPolicies", std::move(request)));
  return std::vector<v1::Policy>(all.policies().begin(), all.policies().end());
}

absl::StatusOr<std::vector<v1::Demand>> InsurerHub::ListDemands(v1::ListDemandsRequest request) {
  RECOUP_ASSIGN_OR_RETURN(const v1::ListDemandsResponse all,
                          connection_->session.AskAllPages<v1::ListDemandsResponse>(
                              "InsurerService.ListDemands", std::move(request)));
  return std::vector<v1::Demand>(all.demands().begin(), all.demands().end());
}

absl::StatusOr<std::vector<v1::RemittanceAdvice>> InsurerHub::ListAdvices(
    v1::ListRemittanceAdvicesRequest request) {
  RECOUP_ASSIGN_OR_RETURN(const v1::ListRemittanceAdvicesResponse all,
                          connection_->session.AskAllPages<v1::ListRemittanceAdvicesResponse>(
                              "InsurerService.ListRemittanceAdvices", std::move(request)));
  return std::vector<v1::RemittanceAdvice>(all.remittance_advices().begin(),
                                           all.remittance_advices().end());
}

absl::StatusOr<v1::Demand> InsurerHub::GetDemand(const std::string& name_or_reference) {
  if (mapping::PoolOfDemand(name_or_reference).has_value()) {
    v1::GetDemandRequest request;
    request.set_name(name_or_reference);
    RECOUP_ASSIGN_OR_RETURN(
        v1::GetDemandResponse answer,
        connection_->session.Ask<v1::GetDemandResponse>("InsurerService.GetDemand", request));
    return std::move(*answer.mutable_demand());
  }
  v1::ListDemandsRequest request;
  request.set_reference(name_or_reference);
  RECOUP_ASSIGN_OR_RETURN(const std::vector<v1::Demand> found, ListDemands(std::move(request)));
  if (found.size() != 1) return MakeError(Reason::kNotFound, "no demand has this reference");
  return found[0];
}

absl::StatusOr<std::optional<v1::Demand>> InsurerHub::FindDemand(
    const std::string& name_or_reference) {
  absl::StatusOr<v1::Demand> demand = GetDemand(name_or_reference);
  if (demand.ok()) return *std::move(demand);
  if (ReasonOf(demand.status()) == Reason::kNotFound) return std::nullopt;
  return demand.status();
}

absl::StatusOr<std::vector<v1::Letter>> InsurerHub::Letters(const std::string& demand) {
  v1::GetDemandRequest request;
  RECOUP_ASSIGN_OR_RETURN(*request.mutable_name(), DemandName(demand));
  RECOUP_ASSIGN_OR_RETURN(
      const v1::GetDemandResponse answer,
      connection_->session.Ask<v1::GetDemandResponse>("InsurerService.GetDemand", request));
  if (answer.letters().empty()) return MakeError(Reason::kNotFound, "no letter of this demand");
  return std::vector<v1::Letter>(answer.letters().begin(), answer.letters().end());
}

absl::StatusOr<std::string> InsurerHub::DemandName(const std::string& name_or_reference) {
  if (mapping::PoolOfDemand(name_or_reference).has_value()) return name_or_reference;
  RECOUP_ASSIGN_OR_RETURN(const v1::Demand demand, GetDemand(name_or_reference));
  return demand.name();
}

absl::StatusOr<v1::Explanation> InsurerHub::Explain(const std::string& demand) {
  v1::ExplainDemandRequest request;
  RECOUP_ASSIGN_OR_RETURN(*request.mutable_name(), DemandName(demand));
  RECOUP_ASSIGN_OR_RETURN(
      v1::ExplainDemandResponse answer,
      connection_->session.Ask<v1::ExplainDemandResponse>("InsurerService.ExplainDemand", request));
  return std::move(*answer.mutable_explanation());
}

absl::StatusOr<v1::RemittanceAdvice> InsurerHub::GetAdvice(const std::string& name) {
  v1::GetRemittanceAdviceRequest request;
  request.set_name(name);
  RECOUP_ASSIGN_OR_RETURN(v1::GetRemittanceAdviceResponse answer,
                          connection_->session.Ask<v1::GetRemittanceAdviceResponse>(
                              "InsurerService.GetRemittanceAdvice", request));
  return std::move(*answer.mutable_remittance_advice());
}

absl::StatusOr<v1::GetStatementOfAccountResponse> InsurerHub::StatementOfAccount(
    v1::GetStatementOfAccountRequest request) {
  return connection_->session.Ask<v1::GetStatementOfAccountResponse>(
      "InsurerService.GetStatementOfAccount", std::move(request));
}

absl::StatusOr<v1::GetClocksResponse> InsurerHub::GetClocks(v1::GetClocksRequest request) {
  return connection_->session.Ask<v1::GetClocksResponse>("InsurerService.GetClocks",
                                                         std::move(request));
}

absl::Status InsurerHub::Watch(
    const std::string& pool, std::int64_t& sequence,
    const std::function<absl::StatusOr<bool>(const v1::WatchDemandsResponse&)>& take) {
  adapters::HubSession& session = connection_->session;
  constexpr char kMethod[] = "InsurerService.WatchDemands";
  return session.Call(
      kMethod, session.context().NextRequestId(),
      [&](grpc::ClientContext& context) -> absl::Status {
        // The stream waits for changes as long as there are none; keep-alive notices a dead hub.
        context.set_deadline(std::chrono::system_clock::time_point::max());
        v1::WatchDemandsRequest request;
        request.set_pool(pool);
        request.set_after_sequence(sequence);
        v1::WatchDemandsResponse change;
        bool more = true;
        const auto take_one = [&]() -> absl::Status {
          RECOUP_ASSIGN_OR_RETURN(more, take(change));
          sequence = change.sequence();
          return more ? absl::OkStatus() : absl::CancelledError("enough");
        };
        const absl::Status ended =
            adapters::ReadStream(*session.channel(), kMethod, context, request, &change, take_one);
        return more ? ended : absl::OkStatus();  // To stop on purpose is no failed call.
      });
}

}  // namespace recoup::insurer
