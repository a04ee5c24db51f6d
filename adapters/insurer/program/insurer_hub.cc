#include "adapters/insurer/program/insurer_hub.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "adapters/common/hub_session.h"
#include "adapters/insurer/mapping/names.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "recoup/v1/insurer_service.grpc.pb.h"

namespace recoup::insurer {

using adapters::CommandContext;
using InsurerStub = v1::InsurerService::Stub;

struct InsurerHub::Connection {
  explicit Connection(adapters::HubSession opened)
      : session(std::move(opened)), stub(v1::InsurerService::NewStub(session.channel())) {}

  adapters::HubSession session;
  std::unique_ptr<InsurerStub> stub;
};

namespace {

struct Sender {
  adapters::HubSession session;
  std::unique_ptr<InsurerStub> stub;

  absl::StatusOr<std::string> Send(std::string_view kind, std::string_view payload, const Id& id) {
    const auto forward = [&](auto rpc) {
      return session.Forward(std::string(kind), *stub, rpc, payload, id);
    };
    if (kind == kAcknowledgeDemand) return forward(&InsurerStub::AcknowledgeDemand);
    if (kind == kAcceptDemand) return forward(&InsurerStub::AcceptDemand);
    if (kind == kDisputeDemand) return forward(&InsurerStub::DisputeDemand);
    if (kind == kConfirmRepayment) return forward(&InsurerStub::ConfirmRepayment);
    if (kind == kSendRemittanceAdvice) return forward(&InsurerStub::SendRemittanceAdvice);
    return MakeError(Reason::kInternal,
                     absl::StrCat("the spool holds an unknown kind of item: ", std::string(kind)));
  }
};

}  // namespace

absl::StatusOr<adapters::Send> OpenInsurerSender(CommandContext& context) {
  RECOUP_ASSIGN_OR_RETURN(adapters::HubSession session, adapters::HubSession::Open(context));
  auto stub = v1::InsurerService::NewStub(session.channel());
  // Shared because std::function wants to be copied.
  const auto sender = std::make_shared<Sender>(Sender{std::move(session), std::move(stub)});
  return adapters::Send([sender](std::string_view kind, std::string_view payload, const Id& id) {
    return sender->Send(kind, payload, id);
  });
}

InsurerHub::InsurerHub(std::unique_ptr<Connection> connection)
    : connection_(std::move(connection)) {}
InsurerHub::InsurerHub(InsurerHub&&) noexcept = default;
InsurerHub::~InsurerHub() = default;

absl::StatusOr<InsurerHub> InsurerHub::Open(CommandContext& context) {
  RECOUP_ASSIGN_OR_RETURN(adapters::HubSession session, adapters::HubSession::Open(context));
  return InsurerHub(std::make_unique<Connection>(std::move(session)));
}

absl::StatusOr<v1::RegisterPolicyResponse> InsurerHub::RegisterPolicy(
    v1::RegisterPolicyRequest request) {
  return connection_->session.Mutate("InsurerService.RegisterPolicy", *connection_->stub,
                                     &InsurerStub::RegisterPolicy, std::move(request));
}

absl::StatusOr<v1::UpdatePolicyUsageResponse> InsurerHub::UpdatePolicyUsage(
    v1::UpdatePolicyUsageRequest request) {
  return connection_->session.Mutate("InsurerService.UpdatePolicyUsage", *connection_->stub,
                                     &InsurerStub::UpdatePolicyUsage, std::move(request));
}

absl::StatusOr<std::vector<v1::Policy>> InsurerHub::ListPolicies(v1::ListPoliciesRequest request) {
  std::vector<v1::Policy> all;
  do {
    RECOUP_ASSIGN_OR_RETURN(
        const v1::ListPoliciesResponse page,
        connection_->session.Ask("InsurerService.ListPolicies", *connection_->stub,
                                 &InsurerStub::ListPolicies, request));
    all.insert(all.end(), page.policies().begin(), page.policies().end());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return all;
}

absl::StatusOr<std::vector<v1::Demand>> InsurerHub::ListDemands(v1::ListDemandsRequest request) {
  std::vector<v1::Demand> all;
  do {
    RECOUP_ASSIGN_OR_RETURN(
        const v1::ListDemandsResponse page,
        connection_->session.Ask("InsurerService.ListDemands", *connection_->stub,
                                 &InsurerStub::ListDemands, request));
    all.insert(all.end(), page.demands().begin(), page.demands().end());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return all;
}

absl::StatusOr<std::vector<v1::RemittanceAdvice>> InsurerHub::ListAdvices(
    v1::ListRemittanceAdvicesRequest request) {
  std::vector<v1::RemittanceAdvice> all;
  do {
    RECOUP_ASSIGN_OR_RETURN(
        const v1::ListRemittanceAdvicesResponse page,
        connection_->session.Ask("InsurerService.ListRemittanceAdvices", *connection_->stub,
                                 &InsurerStub::ListRemittanceAdvices, request));
    all.insert(all.end(), page.remittance_advices().begin(), page.remittance_advices().end());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return all;
}

absl::StatusOr<v1::Demand> InsurerHub::GetDemand(const std::string& name_or_reference) {
  if (mapping::PoolOfDemand(name_or_reference).has_value()) {
    v1::GetDemandRequest request;
    request.set_name(name_or_reference);
    RECOUP_ASSIGN_OR_RETURN(v1::GetDemandResponse answer,
                            connection_->session.Ask("InsurerService.GetDemand", *connection_->stub,
                                                     &InsurerStub::GetDemand, request));
    return std::move(*answer.mutable_demand());
  }
  v1::ListDemandsRequest request;
  request.set_reference(name_or_reference);
  RECOUP_ASSIGN_OR_RETURN(const std::vector<v1::Demand> found, ListDemands(std::move(request)));
  if (found.size() != 1) return MakeError(Reason::kNotFound, "no demand has this reference");
  return found[0];
}

absl::StatusOr<std::vector<v1::Letter>> InsurerHub::Letters(const std::string& demand) {
  v1::GetDemandRequest request;
  RECOUP_ASSIGN_OR_RETURN(*request.mutable_name(), DemandName(demand));
  RECOUP_ASSIGN_OR_RETURN(const v1::GetDemandResponse answer,
                          connection_->session.Ask("InsurerService.GetDemand", *connection_->stub,
                                                   &InsurerStub::GetDemand, request));
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
      connection_->session.Ask("InsurerService.ExplainDemand", *connection_->stub,
                               &InsurerStub::ExplainDemand, request));
  return std::move(*answer.mutable_explanation());
}

absl::StatusOr<v1::RemittanceAdvice> InsurerHub::GetAdvice(const std::string& name) {
  v1::GetRemittanceAdviceRequest request;
  request.set_name(name);
  RECOUP_ASSIGN_OR_RETURN(
      v1::GetRemittanceAdviceResponse answer,
      connection_->session.Ask("InsurerService.GetRemittanceAdvice", *connection_->stub,
                               &InsurerStub::GetRemittanceAdvice, request));
  return std::move(*answer.mutable_remittance_advice());
}

absl::StatusOr<v1::GetStatementOfAccountResponse> InsurerHub::StatementOfAccount(
    v1::GetStatementOfAccountRequest request) {
  return connection_->session.Ask("InsurerService.GetStatementOfAccount", *connection_->stub,
                                  &InsurerStub::GetStatementOfAccount, std::move(request));
}

absl::StatusOr<v1::GetClocksResponse> InsurerHub::GetClocks(v1::GetClocksRequest request) {
  return connection_->session.Ask("InsurerService.GetClocks", *connection_->stub,
                                  &InsurerStub::GetClocks, std::move(request));
}

absl::Status InsurerHub::Watch(
    const std::string& pool, std::int64_t& sequence,
    const std::function<absl::Status(const v1::WatchDemandsResponse&)>& take) {
  adapters::HubSession& session = connection_->session;
  return session.Call("InsurerService.WatchDemands", session.context().NextRequestId(),
                      [&](grpc::ClientContext& context) -> absl::Status {
                        // The stream waits for changes as long as there are none; keep-alive
                        // notices a dead hub.
                        context.set_deadline(std::chrono::system_clock::time_point::max());
                        v1::WatchDemandsRequest request;
                        request.set_pool(pool);
                        request.set_after_sequence(sequence);
                        const auto stream = connection_->stub->WatchDemands(&context, request);
                        v1::WatchDemandsResponse change;
                        while (stream->Read(&change)) {
                          if (absl::Status taken = take(change); !taken.ok()) {
                            context.TryCancel();
                            stream->Finish();
                            return taken;
                          }
                          sequence = change.sequence();
                        }
                        return adapters::StatusFromGrpc(stream->Finish());
                      });
}

}  // namespace recoup::insurer
