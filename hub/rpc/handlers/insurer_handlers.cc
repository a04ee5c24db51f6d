#include "hub/rpc/handlers/insurer_handlers.h"

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "hub/app/insurer_clocks.h"
#include "hub/app/policy_book.h"
#include "hub/app/recovery_view.h"
#include "hub/app/settlement_lines.h"
#include "hub/app/statement_of_account.h"
#include "hub/base/clock.h"
#include "hub/domain/creditor_reference.h"
#include "hub/rpc/converters/insurer.h"
#include "hub/rpc/converters/letter.h"
#include "hub/rpc/converters/policy.h"
#include "hub/rpc/converters/remittance_advice.h"
#include "hub/rpc/converters/split.h"
#include "hub/rpc/converters/statement_of_account.h"
#include "hub/rpc/merged_list.h"
#include "hub/rpc/service.h"
#include "hub/rpc/watch_demands.h"
#include "hub/rpc/watch_splits.h"
#include "recoup/v1/insurer_service.pb.h"

namespace recoup::rpc {
namespace {

using domain::Demand;
using domain::LookupKind;
using domain::RegisteredPolicy;
using domain::RemittanceAdvice;

bool IsFund(const Admitted& admitted) {
  return admitted.caller.party.kind() == domain::PartyKind::kFund;
}

// A debtor sees what was issued to it; a fund the demands of its pools, drafts too.
bool MaySee(const Admitted& admitted, const Demand& demand) {
  if (IsFund(admitted)) return CheckPool(admitted, demand.pool).ok();
  return demand.is_issued() && demand.debtor_party == admitted.caller.party;
}

absl::StatusOr<Demand> FindDemand(const std::string& name, QueryContext& context) {
  Faults faults;
  FieldReader in(faults);
  const auto resource = in.Name<domain::DemandId>("name", name);
  if (!faults.empty()) return faults.ToStatus();
  RECOUP_ASSIGN_OR_RETURN(const std::optional<Demand> demand,
                          context.reader.Find<Demand>(resource.pool.value, resource.id.value));
  if (!demand || !MaySee(context.admitted, *demand)) return app::NotFound("no such demand");
  return *demand;
}

absl::Status ReadDemandToProto(const Demand& demand, QueryContext& context, v1::Demand* out) {
  DemandToProto(demand, out, ChinaDate(context.now));
  RECOUP_ASSIGN_OR_RETURN(const domain::Money reserved, app::ReservedOf(context.reader, demand));
  out->set_reserved_fen(reserved.fen());
  return absl::OkStatus();
}

absl::Status GetDemand(const v1::GetDemandRequest& request, QueryContext& context,
                       v1::GetDemandResponse* response) {
  RECOUP_ASSIGN_OR_RETURN(const Demand demand, FindDemand(request.name(), context));
  RECOUP_RETURN_IF_ERROR(ReadDemandToProto(demand, context, response->mutable_demand()));
  if (IsFund(context.admitted)) {
    RECOUP_ASSIGN_OR_RETURN(const domain::PolicyData policy_data,
                            app::LoadPolicyData(context.reader));
    RECOUP_ASSIGN_OR_RETURN(
        const domain::Limitation limitation,
        app::LimitationOfDemand(context.reader, demand, ChinaDate(context.now), policy_data));
    SetLimitation(limitation, response->mutable_demand());
  }
  RECOUP_ASSIGN_OR_RETURN(
      std::vector<domain::Letter> letters,
      context.reader.FindAllBy<domain::Letter>(domain::LookupKind::kLetterOfDemand,
                                               domain::Key({demand.id.value.ToBytes()})));
  std::sort(letters.begin(), letters.end(),
            [](const domain::Letter& a, const domain::Letter& b) { return a.id < b.id; });
  for (const domain::Letter& letter : letters) LetterToProto(letter, response->add_letters());
  if (!letters.empty()) {
    response->mutable_demand()->set_letter(app::NameOf(demand.pool, letters.back().id));
  }
  return absl::OkStatus();
}

absl::Status ExplainDemand(const v1::ExplainDemandRequest& request, QueryContext& context,
                           v1::ExplainDemandResponse* response) {
  RECOUP_ASSIGN_OR_RETURN(const Demand demand, FindDemand(request.name(), context));
  v1::Demand proto;
  DemandToProto(demand, &proto);
  *response->mutable_explanation() = proto.explanation();
  return absl::OkStatus();
}

absl::Status ListDemands(const v1::ListDemandsRequest& request, QueryContext& context,
                         v1::ListDemandsResponse* response) {
  Faults faults;
  FieldReader in(faults);
  const domain::PoolId pool =
      request.pool().empty() ? domain::PoolId() : in.Pool("pool", request.pool());
  const auto due_until = in.OptionalDay("due_until_on", request.due_until_on());
  std::optional<domain::RecoveryId> recovery;
  if (!request.recovery().empty())
    recovery = in.Name<domain::RecoveryId>("recovery", request.recovery()).id;
  std::string reference;
  if (!request.reference().empty()) {
    const auto parsed = domain::CreditorReference::Parse(request.reference());
    if (!parsed.ok()) in.Add("reference", "not a payment reference");
    if (parsed.ok()) reference = parsed->text();
  }
  if (!faults.empty()) return faults.ToStatus();
  RECOUP_ASSIGN_OR_RETURN(const Page page, ReadPage(request.page_size(), request.page_token()));
  const std::set<int> states(request.states().begin(), request.states().end());
  const auto wanted = [&](const Demand& demand) {
    return MaySee(context.admitted, demand) && (pool.value.empty() || demand.pool == pool) &&
           (states.empty() || states.count(static_cast<int>(demand.state)) > 0) &&
           (reference.empty() || demand.reference == reference) &&
           (!recovery || demand.recovery == *recovery) &&
           (!due_until ||
            (demand.due_on && *demand.due_on <= *due_until && demand.open().is_positive()));
  };
  absl::Status read;
  const auto add = [&](const Demand& demand) {
    read.Update(ReadDemandToProto(demand, context, response->add_demands()));
  };
  if (IsFund(context.admitted)) {
    RECOUP_ASSIGN_OR_RETURN(const domain::PolicyData policy_data,
                            app::LoadPolicyData(context.reader));
    const auto add_with_limitation = [&](const Demand& demand) {
      add(demand);
      const auto limitation =
          app::LimitationOfDemand(context.reader, demand, ChinaDate(context.now), policy_data);
      read.Update(limitation.status());
      if (limitation.ok()) {
        SetLimitation(*limitation, response->mutable_demands(response->demands_size() - 1));
      }
    };
    RECOUP_ASSIGN_OR_RETURN(*response->mutable_next_page_token(),
                            ListRecordsOf<Demand>(context.reader, PoolsOf(context.admitted, pool),
                                                  page, wanted, add_with_limitation));
    return read;
  }
  RECOUP_ASSIGN_OR_RETURN(
      std::vector<app::RecordKey> keys,
      context.reader.view().FindAll(LookupKind::kDemandOfDebtorParty,
                                    domain::Key({context.admitted.caller.party.value})));
  RECOUP_ASSIGN_OR_RETURN(*response->mutable_next_page_token(),
                          ListKeys<Demand>(context.reader, std::move(keys), page, wanted, add));
  return read;
}

// A fund sees the policies that demands of its pools rest on.
absl::StatusOr<std::vector<app::RecordKey>> PoliciesOfFund(QueryContext& context) {
  constexpr Page kAll{.after = {}, .size = std::numeric_limits<std::size_t>::max()};
  std::set<app::RecordKey> policies;
  for (const std::string& pool : PoolsOf(context.admitted, {})) {
    RECOUP_RETURN_IF_ERROR(
        ListRecords<Demand>(
            context.reader, pool, kAll,
            [](const Demand& demand) { return demand.policy && !demand.debtor_party.empty(); },
            [&](const Demand& demand) {
              policies.insert(
                  {demand.debtor_party.value, RegisteredPolicy::kKind, demand.policy->value});
            })
            .status());
  }
  return std::vector<app::RecordKey>(policies.begin(), policies.end());
}

absl::Status ShowPolicy(QueryContext& context, RegisteredPolicy policy,
                        const domain::PolicyData& policy_data, v1::Policy* out) {
  RECOUP_ASSIGN_OR_RETURN(
      policy, app::WithUnstatedUses(context.reader, std::move(policy), policy_data, context.now));
  RECOUP_ASSIGN_OR_RETURN(const std::vector<app::HubFigures> figures,
                          app::FiguresOf(context.reader, policy, context.now));
  PolicyToProto(policy, figures, out);
  return absl::OkStatus();
}

absl::Status GetPolicy(const v1::GetPolicyRequest& request, QueryContext& context,
                       v1::GetPolicyResponse* response) {
  const auto name = app::ParsePolicyName(request.name());
  if (!name) {
    Faults faults;
    faults.Add("name", "not a name like policies/<insurer>.<id>");
    return faults.ToStatus();
  }
  RECOUP_ASSIGN_OR_RETURN(
      const std::optional<RegisteredPolicy> policy,
      context.reader.Find<RegisteredPolicy>(name->first.value, name->second.value));
  if (!policy) return app::NotFound("no such policy");
  bool visible = policy->insurer == context.admitted.caller.party;
  if (IsFund(context.admitted)) {
    RECOUP_ASSIGN_OR_RETURN(const std::vector<Demand> demands,
                            context.reader.FindAllBy<Demand>(LookupKind::kDemandOfDebtorParty,
                                                             domain::Key({policy->insurer.value})));
    visible = std::any_of(demands.begin(), demands.end(), [&](const Demand& demand) {
      return demand.policy == policy->id && MaySee(context.admitted, demand);
    });
  }
  if (!visible) return app::NotFound("no such policy");
  RECOUP_ASSIGN_OR_RETURN(const domain::PolicyData data, app::LoadPolicyData(context.reader));
  return ShowPolicy(context, *policy, data, response->mutable_policy());
}

absl::Status ListPolicies(const v1::ListPoliciesRequest& request, QueryContext& context,
                          v1::ListPoliciesResponse* response) {
  RECOUP_ASSIGN_OR_RETURN(const Page page, ReadPage(request.page_size(), request.page_token()));
  const auto wanted = [&](const RegisteredPolicy& policy) {
    return (request.policy_number().empty() || policy.policy_number == request.policy_number()) &&
           (request.kind() == v1::POLICY_KIND_UNSPECIFIED ||
            static_cast<int>(policy.kind) == static_cast<int>(request.kind()));
  };
  std::vector<RegisteredPolicy> listed;
  const auto add = [&](const RegisteredPolicy& policy) { listed.push_back(policy); };
  if (IsFund(context.admitted)) {
    RECOUP_ASSIGN_OR_RETURN(std::vector<app::RecordKey> keys, PoliciesOfFund(context));
    RECOUP_ASSIGN_OR_RETURN(
        *response->mutable_next_page_token(),
        ListKeys<RegisteredPolicy>(context.reader, std::move(keys), page, wanted, add));
  } else {
    RECOUP_ASSIGN_OR_RETURN(
        *response->mutable_next_page_token(),
        ListRecords<RegisteredPolicy>(context.reader, context.admitted.caller.party.value, page,
                                      wanted, add));
  }
  RECOUP_ASSIGN_OR_RETURN(const domain::PolicyData data, app::LoadPolicyData(context.reader));
  for (RegisteredPolicy& policy : listed) {
    RECOUP_RETURN_IF_ERROR(ShowPolicy(context, std::move(policy), data, response->add_policies()));
  }
  return absl::OkStatus();
}

bool MaySee(const Admitted& admitted, const RemittanceAdvice& advice) {
  if (IsFund(admitted)) return CheckPool(admitted, advice.pool).ok();
  return advice.payer == admitted.caller.party;
}

absl::Status GetRemittanceAdvice(const v1::GetRemittanceAdviceRequest& request,
                                 QueryContext& context, v1::GetRemittanceAdviceResponse* response) {
  Faults faults;
  FieldReader in(faults);
  const auto name = in.Name<domain::RemittanceAdviceId>("name", request.name());
  if (!faults.empty()) return faults.ToStatus();
  RECOUP_ASSIGN_OR_RETURN(const std::optional<RemittanceAdvice> advice,
                          context.reader.Find<RemittanceAdvice>(name.pool.value, name.id.value));
  if (!advice || !MaySee(context.admitted, *advice))
    return app::NotFound("no such remittance advice");
  RemittanceAdviceToProto(*advice, response->mutable_remittance_advice());
  return absl::OkStatus();
}

absl::Status ListRemittanceAdvices(const v1::ListRemittanceAdvicesRequest& request,
                                   QueryContext& context,
                                   v1::ListRemittanceAdvicesResponse* response) {
  Faults faults;
  FieldReader in(faults);
  const domain::PoolId pool =
      request.pool().empty() ? domain::PoolId() : in.Pool("pool", request.pool());
  if (!faults.empty()) return faults.ToStatus();
  RECOUP_ASSIGN_OR_RETURN(const Page page, ReadPage(request.page_size(), request.page_token()));
  const auto wanted = [&](const RemittanceAdvice& advice) {
    return MaySee(context.admitted, advice) && (pool.value.empty() || advice.pool == pool) &&
           (request.state() == v1::REMITTANCE_ADVICE_STATE_UNSPECIFIED ||
            static_cast<int>(advice.state) == static_cast<int>(request.state()));
  };
  const auto add = [&](const RemittanceAdvice& advice) {
    RemittanceAdviceToProto(advice, response->add_remittance_advices());
  };
  if (IsFund(context.admitted)) {
    RECOUP_ASSIGN_OR_RETURN(
        *response->mutable_next_page_token(),
        ListRecordsOf<RemittanceAdvice>(context.reader, PoolsOf(context.admitted, pool), page,
                                        wanted, add));
    return absl::OkStatus();
  }
  RECOUP_ASSIGN_OR_RETURN(
      std::vector<app::RecordKey> keys,
      context.reader.view().FindAll(LookupKind::kAdviceOfPayer,
                                    domain::Key({context.admitted.caller.party.value})));
  RECOUP_ASSIGN_OR_RETURN(
      *response->mutable_next_page_token(),
      ListKeys<RemittanceAdvice>(context.reader, std::move(keys), page, wanted, add));
  return absl::OkStatus();
}

absl::Status ListSplits(const v1::ListSplitsRequest& request, QueryContext& context,
                        v1::ListSplitsResponse* response) {
  const domain::PartyId& caller = context.admitted.caller.party;
  RECOUP_ASSIGN_OR_RETURN(const Page page, ReadPage(request.page_size(), request.page_token()));
  const auto wanted = [&](const domain::SplitQuote& quote) {
    return request.state() == v1::SPLIT_STATE_UNSPECIFIED ||
           static_cast<int>(quote.StateAt(context.now)) == static_cast<int>(request.state());
  };
  const auto add = [&](const domain::SplitQuote& quote) {
    SplitForInsurer(quote, quote.StateAt(context.now), caller, response->add_splits());
  };
  RECOUP_ASSIGN_OR_RETURN(
      std::vector<app::RecordKey> keys,
      context.reader.view().FindAll(LookupKind::kSplitOfInsurer, domain::Key({caller.value})));
  RECOUP_ASSIGN_OR_RETURN(
      *response->mutable_next_page_token(),
      ListKeys<domain::SplitQuote>(context.reader, std::move(keys), page, wanted, add));
  return absl::OkStatus();
}

// An insurer reads its own account, a fund those of its pools; any other does not exist.
absl::Status GetStatementOfAccount(const v1::GetStatementOfAccountRequest& request,
                                   QueryContext& context,
                                   v1::GetStatementOfAccountResponse* response) {
  const Admitted& admitted = context.admitted;
  Faults faults;
  FieldReader in(faults);
  AccountHeading heading;
  heading.pool = in.Pool("pool", request.pool());
  heading.insurer = request.insurer().empty() && !IsFund(admitted)
                        ? admitted.caller.party
                        : in.Party("insurer", request.insurer());
  heading.from = in.Day("from_on", request.from_on());
  heading.until = in.Day("until_on", request.until_on());
  if (heading.until < heading.from) in.Add("until_on", "is before from_on");
  if (!faults.empty()) return faults.ToStatus();
  if (IsFund(admitted)) RECOUP_RETURN_IF_ERROR(CheckPool(admitted, heading.pool));
  if (!IsFund(admitted) && heading.insurer != admitted.caller.party) {
    return app::NotFound("no such account");
  }
  RECOUP_ASSIGN_OR_RETURN(const auto demands,
                          app::DemandsOnAccount(context.reader, heading.pool, heading.insurer));
  std::set<domain::DemandId> ids;
  for (const auto& [id, demand] : demands) ids.insert(id);
  RECOUP_ASSIGN_OR_RETURN(const app::StatementOfAccount account,
                          app::StatementOfAccountOf(context.reader.view(), heading.pool, ids,
                                                    heading.from, heading.until));
  StatementOfAccountToProto(heading, account, demands, context.hub.engine.signing_key(), response);
  return absl::OkStatus();
}

absl::Status GetClocks(const v1::GetClocksRequest& request, QueryContext& context,
                       v1::GetClocksResponse* response) {
  Faults faults;
  FieldReader in(faults);
  const domain::PoolId pool =
      request.pool().empty() ? domain::PoolId() : in.Pool("pool", request.pool());
  const auto until = in.OptionalDay("until_on", request.until_on());
  if (!faults.empty()) return faults.ToStatus();
  RECOUP_ASSIGN_OR_RETURN(const domain::PolicyData policy_data,
                          app::LoadPolicyData(context.reader));
  RECOUP_ASSIGN_OR_RETURN(
      const std::vector<Demand> demands,
      context.reader.FindAllBy<Demand>(LookupKind::kDemandOfDebtorParty,
                                       domain::Key({context.admitted.caller.party.value})));
  std::vector<std::pair<app::InsurerClock, const Demand*>> clocks;
  for (const Demand& demand : demands) {
    if (!MaySee(context.admitted, demand) || (!pool.value.empty() && demand.pool != pool)) continue;
    RECOUP_ASSIGN_OR_RETURN(const std::vector<app::InsurerClock> of_demand,
                            app::ClocksOf(context.reader.view(), demand, policy_data));
    for (const app::InsurerClock& clock : of_demand) {
      if (!until || clock.due_on <= *until) clocks.emplace_back(clock, &demand);
    }
  }
  std::stable_sort(clocks.begin(), clocks.end(),
                   [](const auto& a, const auto& b) { return a.first.due_on < b.first.due_on; });
  const absl::CivilDay today = ChinaDate(context.now);
  for (const auto& [clock, demand] : clocks) {
    InsurerClockToProto(clock, *demand, today, response->add_clocks());
  }
  return absl::OkStatus();
}

}  // namespace

std::unique_ptr<grpc::Service> MakeInsurerService(const HubContext& hub) {
  auto service = std::make_unique<Service>(hub);
  service->Mutation("InsurerService/RegisterPolicy", RegisterPolicyFromProto, app::RegisterPolicyOf,
                    RegisterPolicyToProto);
  service->Mutation("InsurerService/UpdatePolicyUsage", UpdatePolicyUsageFromProto,
                    app::UpdatePolicyUsageOf, UpdatePolicyUsageToProto);
  service->Query("InsurerService/GetPolicy", GetPolicy);
  service->Query("InsurerService/ListPolicies", ListPolicies);
  service->Query("InsurerService/ListDemands", ListDemands);
  service->Query("InsurerService/GetDemand", GetDemand);
  service->Query("InsurerService/ExplainDemand", ExplainDemand);
  service->Watch("InsurerService/WatchDemands", WatchDemandsFetch);
  service->Mutation("InsurerService/AcknowledgeDemand", AcknowledgeDemandFromProto,
                    app::AcknowledgeDemandOf, AnsweredDemandToProto<v1::AcknowledgeDemandResponse>);
  service->Mutation("InsurerService/AcceptDemand", AcceptDemandFromProto, app::AcceptDemandOf,
                    AnsweredDemandToProto<v1::AcceptDemandResponse>);
  service->Mutation("InsurerService/DisputeDemand", DisputeDemandFromProto, app::DisputeDemandOf,
                    AnsweredDemandToProto<v1::DisputeDemandResponse>);
  service->Mutation("InsurerService/ConfirmRepayment", ConfirmRepaymentFromProto,
                    app::ConfirmRepaymentOf, AnsweredDemandToProto<v1::ConfirmRepaymentResponse>);
  service->Mutation("InsurerService/SendRemittanceAdvice", SendRemittanceAdviceFromProto,
                    app::SendRemittanceAdviceOf, SendRemittanceAdviceToProto);
  service->Query("InsurerService/GetRemittanceAdvice", GetRemittanceAdvice);
  service->Query("InsurerService/ListRemittanceAdvices", ListRemittanceAdvices);
  service->Query("InsurerService/ListSplits", ListSplits);
  service->Watch("InsurerService/WatchSplits", WatchSplitsFetch);
  service->Mutation("InsurerService/AnswerSplit", AnswerSplitFromProto, app::AnswerSplitOf,
                    AnswerSplitToProto);
  service->Query("InsurerService/GetStatementOfAccount", GetStatementOfAccount);
  service->Query("InsurerService/GetClocks", GetClocks);
  return service;
}

}  // namespace recoup::rpc
