#include "hub/rpc/handlers/fund_reads.h"

#include <algorithm>
#include <utility>

#include "hub/app/people.h"
#include "hub/app/policy_book.h"
#include "hub/app/recovery_view.h"
#include "hub/domain/identity.h"
#include "hub/domain/limitation.h"
#include "hub/domain/records/court_case.h"
#include "hub/rpc/converters/demand.h"
#include "hub/rpc/converters/hospital.h"
#include "hub/rpc/converters/lead.h"
#include "hub/rpc/converters/letter.h"
#include "hub/rpc/converters/recovery.h"
#include "hub/rpc/paging.h"

namespace recoup::rpc {
namespace {

using domain::Advance;
using domain::Demand;
using domain::Lead;
using domain::Letter;
using domain::Recovery;

// The record a name means, in a pool of the caller's.
template <typename R, typename TypedIdT>
absl::StatusOr<R> GetNamed(QueryContext& context, const std::string& name) {
  Faults faults;
  const auto resource = FieldReader(faults).Name<TypedIdT>("name", name);
  if (!faults.empty()) return faults.ToStatus();
  RECOUP_RETURN_IF_ERROR(CheckPool(context.admitted, resource.pool));
  return context.reader.Get<R>(resource.pool.value, resource.id.value);
}

// The pool of a list, checked; with all other faults of the request.
absl::StatusOr<domain::PoolId> ListPool(QueryContext& context, Faults& faults,
                                        const std::string& pool_name) {
  const domain::PoolId pool = FieldReader(faults).Pool("pool", pool_name);
  if (!faults.empty()) return faults.ToStatus();
  RECOUP_RETURN_IF_ERROR(CheckPool(context.admitted, pool));
  return pool;
}

std::string NormalisedIdNumber(Faults& faults, const std::string& text) {
  if (text.empty()) return "";
  const absl::StatusOr<domain::ResidentId> id = domain::ResidentId::Parse(text);
  if (id.ok()) return id->number();
  faults.Add("id_number", std::string(id.status().message()));
  return "";
}

absl::Status CheckFigure(const v1::ExplainRequest& request, const v1::Explanation& explanation) {
  if (request.figure().empty() || request.figure() == explanation.figure()) {
    return absl::OkStatus();
  }
  Faults faults;
  faults.Add("figure", absl::StrCat("this resource explains ", explanation.figure()));
  return faults.ToStatus();
}

}  // namespace

absl::Status GetAdvance(const v1::GetAdvanceRequest& request, QueryContext& context,
                        v1::GetAdvanceResponse* response) {
  RECOUP_ASSIGN_OR_RETURN(const Advance advance,
                          (GetNamed<Advance, domain::AdvanceId>(context, request.name())));
  AdvanceToProto(advance, response->mutable_advance());
  return absl::OkStatus();
}

absl::Status ListAdvances(const v1::ListAdvancesRequest& request, QueryContext& context,
                          v1::ListAdvancesResponse* response) {
  Faults faults;
  FieldReader in(faults);
  const auto from = in.OptionalDay("settled_from_on", request.settled_from_on());
  const auto until = in.OptionalDay("settled_until_on", request.settled_until_on());
  const domain::PartyId hospital = in.Party("hospital", request.hospital(), Need::kOptional);
  const std::string id_number = NormalisedIdNumber(faults, request.id_number());
  RECOUP_ASSIGN_OR_RETURN(const domain::PoolId pool, ListPool(context, faults, request.pool()));
  RECOUP_ASSIGN_OR_RETURN(const Page page, ReadPage(request.page_size(), request.page_token()));
  const auto wanted = [&](const Advance& advance) {
    const auto& states = request.states();
    const bool state = states.empty() || std::find(states.begin(), states.end(),
                                                   static_cast<int>(advance.state)) != states.end();
    const bool stage = request.stage() == v1::STAGE_UNSPECIFIED ||
                       advance.stages.at(static_cast<domain::Stage>(request.stage())).is_positive();
    const absl::CivilDay settled = ChinaDate(advance.settled_time);
    return state && stage && (hospital.empty() || advance.hospital == hospital) &&
           (request.visit_id().empty() || advance.visit_id == request.visit_id()) &&
           (id_number.empty() || advance.patient.id_number == id_number) &&
           (!from || settled >= *from) && (!until || settled <= *until);
  };
  RECOUP_ASSIGN_OR_RETURN(
      *response->mutable_next_page_token(),
      ListRecords<Advance>(context.reader, pool.value, page, wanted, [&](const Advance& advance) {
        AdvanceToProto(advance, response->add_advances());
      }));
  return absl::OkStatus();
}

absl::Status GetLead(const v1::GetLeadRequest& request, QueryContext& context,
                     v1::GetLeadResponse* response) {
  RECOUP_ASSIGN_OR_RETURN(const Lead lead,
                          (GetNamed<Lead, domain::LeadId>(context, request.name())));
  LeadToProto(lead, response->mutable_lead());
  return absl::OkStatus();
}

absl::Status ListLeads(const v1::ListLeadsRequest& request, QueryContext& context,
                       v1::ListLeadsResponse* response) {
  Faults faults;
  RECOUP_ASSIGN_OR_RETURN(const domain::PoolId pool, ListPool(context, faults, request.pool()));
  RECOUP_ASSIGN_OR_RETURN(const Page page, ReadPage(request.page_size(), request.page_token()));
  const auto wanted = [&](const Lead& lead) {
    return (request.state() == v1::LEAD_STATE_UNSPECIFIED ||
            static_cast<int>(lead.state) == static_cast<int>(request.state())) &&
           (request.court_case().empty() ||
            app::CourtCaseName(lead.court, lead.court_case) == request.court_case());
  };
  RECOUP_ASSIGN_OR_RETURN(
      *response->mutable_next_page_token(),
      ListRecords<Lead>(context.reader, pool.value, page, wanted,
                        [&](const Lead& lead) { LeadToProto(lead, response->add_leads()); }));
  return absl::OkStatus();
}

absl::Status GetRecovery(const v1::GetRecoveryRequest& request, QueryContext& context,
                         v1::GetRecoveryResponse* response) {
  RECOUP_ASSIGN_OR_RETURN(Recovery recovery,
                          (GetNamed<Recovery, domain::RecoveryId>(context, request.name())));
  const absl::CivilDay today = ChinaDate(context.now);
  RECOUP_ASSIGN_OR_RETURN(const domain::PolicyData policy_data,
                          app::LoadPolicyData(context.reader));
  RECOUP_ASSIGN_OR_RETURN(const app::RecoveryView view,
                          app::ViewOf(context.reader, std::move(recovery), today, policy_data));
  RecoveryToProto(view, response->mutable_recovery());
  for (const Demand& demand : view.demands) {
    v1::Demand* out = response->add_demands();
    DemandToProto(demand, out, today);
    const auto debtor = static_cast<std::size_t>(demand.debtor_index);
    // A withdrawn draft may be of a computation that a later one with fewer debtors replaced.
    if (debtor < view.clocks.size()) SetLimitation(view.clocks[debtor], out);
  }
  return absl::OkStatus();
}

absl::Status ListRecoveries(const v1::ListRecoveriesRequest& request, QueryContext& context,
                            v1::ListRecoveriesResponse* response) {
  Faults faults;
  const std::string id_number = NormalisedIdNumber(faults, request.id_number());
  RECOUP_ASSIGN_OR_RETURN(const domain::PoolId pool, ListPool(context, faults, request.pool()));
  RECOUP_ASSIGN_OR_RETURN(const Page page, ReadPage(request.page_size(), request.page_token()));
  RECOUP_ASSIGN_OR_RETURN(const domain::PolicyData policy_data,
                          app::LoadPolicyData(context.reader));
  absl::Status failure;
  const auto wanted = [&](const Recovery& recovery) {
    const bool of_case =
        request.court_case().empty() ||
        (recovery.court_case &&
         app::CourtCaseName(recovery.court, *recovery.court_case) == request.court_case());
    return of_case &&
           (request.state() == v1::RECOVERY_STATE_UNSPECIFIED ||
            static_cast<int>(recovery.state) == static_cast<int>(request.state())) &&
           (id_number.empty() || recovery.injured.id_number == id_number);
  };
  RECOUP_ASSIGN_OR_RETURN(
      *response->mutable_next_page_token(),
      ListRecords<Recovery>(
          context.reader, pool.value, page, wanted, [&](const Recovery& recovery) {
            const auto view =
                app::ViewOf(context.reader, recovery, ChinaDate(context.now), policy_data);
            failure.Update(view.status());
            if (view.ok()) RecoveryToProto(*view, response->add_recoveries());
          }));
  return failure;
}

absl::Status GetTimeline(const v1::GetTimelineRequest& request, QueryContext& context,
                         v1::GetTimelineResponse* response) {
  RECOUP_ASSIGN_OR_RETURN(const Recovery recovery,
                          (GetNamed<Recovery, domain::RecoveryId>(context, request.name())));
  RECOUP_ASSIGN_OR_RETURN(Page page, ReadPage(request.page_size(), request.page_token()));
  // The token names how many entries have been read, as an id's low half.
  std::size_t from = static_cast<std::size_t>(page.after.low);
  for (; from < recovery.timeline.size() && page.size > 0; ++from, --page.size) {
    TimelineEntryToProto(recovery.timeline[from], static_cast<std::int64_t>(from + 1),
                         response->add_entries());
  }
  if (from < recovery.timeline.size()) response->set_next_page_token(Id{0, from}.ToBase32());
  return absl::OkStatus();
}

absl::Status Explain(const v1::ExplainRequest& request, QueryContext& context,
                     v1::ExplainResponse* response) {
  v1::Explanation* out = response->mutable_explanation();
  out->set_subject(request.name());
  if (app::ParseName<domain::DemandId>(request.name())) {
    RECOUP_ASSIGN_OR_RETURN(const Demand demand,
                            (GetNamed<Demand, domain::DemandId>(context, request.name())));
    out->set_figure("amount_fen");
    RECOUP_RETURN_IF_ERROR(CheckFigure(request, *out));
    out->set_title(absl::StrCat("追偿金额：", demand.debtor_name));
    out->set_result_fen(demand.amount.fen());
    ExplanationToProto(demand.explanation, out);
    return absl::OkStatus();
  }
  if (app::ParseName<domain::LeadId>(request.name())) {
    RECOUP_ASSIGN_OR_RETURN(const Lead lead,
                            (GetNamed<Lead, domain::LeadId>(context, request.name())));
    out->set_figure("score");
    RECOUP_RETURN_IF_ERROR(CheckFigure(request, *out));
    out->set_title(absl::StrCat("线索得分：", lead.verdict));
    for (std::size_t i = 0; i < lead.candidates.size(); ++i) {
      for (const domain::LeadReason& reason : lead.candidates[i].reasons) {
        v1::ExplanationStep* step = out->add_steps();
        step->set_label(absl::StrCat("候选 ", i + 1, "：", reason.text));
        step->set_formula(absl::StrCat(reason.points >= 0 ? "+" : "", reason.points));
        step->set_rule_id(reason.rule);
        step->set_rule_version(lead.rule_version);
      }
    }
    return absl::OkStatus();
  }
  RECOUP_ASSIGN_OR_RETURN(const Recovery recovery,
                          (GetNamed<Recovery, domain::RecoveryId>(context, request.name())));
  out->set_figure("owed_fen");
  RECOUP_RETURN_IF_ERROR(CheckFigure(request, *out));
  out->set_title("应追偿总额");
  domain::Money owed;
  for (const domain::Debtor& debtor : recovery.debtors) owed += debtor.amount;
  out->set_result_fen(owed.fen());
  ExplanationToProto(recovery.explanation, out);
  return absl::OkStatus();
}

absl::Status GetLetter(const v1::GetLetterRequest& request, QueryContext& context,
                       v1::GetLetterResponse* response) {
  RECOUP_ASSIGN_OR_RETURN(const Letter letter,
                          (GetNamed<Letter, domain::LetterId>(context, request.name())));
  LetterToProto(letter, response->mutable_letter());
  return absl::OkStatus();
}

absl::Status ListLetters(const v1::ListLettersRequest& request, QueryContext& context,
                         v1::ListLettersResponse* response) {
  Faults faults;
  RECOUP_ASSIGN_OR_RETURN(const domain::PoolId pool, ListPool(context, faults, request.pool()));
  RECOUP_ASSIGN_OR_RETURN(const Page page, ReadPage(request.page_size(), request.page_token()));
  const auto wanted = [&](const Letter& letter) {
    v1::Letter proto;
    LetterToProto(letter, &proto);
    return (request.kind() == v1::LETTER_KIND_UNSPECIFIED || proto.kind() == request.kind()) &&
           (request.subject().empty() || proto.subject() == request.subject());
  };
  RECOUP_ASSIGN_OR_RETURN(
      *response->mutable_next_page_token(),
      ListRecords<Letter>(context.reader, pool.value, page, wanted, [&](const Letter& letter) {
        LetterToProto(letter, response->add_letters());
      }));
  return absl::OkStatus();
}

}  // namespace recoup::rpc
