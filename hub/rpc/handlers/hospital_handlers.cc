#include "hub/rpc/handlers/hospital_handlers.h"

#include <algorithm>
#include <set>
#include <utility>

#include "hub/app/people.h"
#include "hub/app/policy_book.h"
#include "hub/app/trace_cover.h"
#include "hub/app/unit_of_work.h"
#include "hub/base/ids.h"
#include "hub/domain/plate.h"
#include "hub/rpc/converters/hospital.h"
#include "hub/rpc/converters/split.h"
#include "hub/rpc/converters/trace.h"
#include "hub/rpc/paging.h"
#include "hub/rpc/service.h"
#include "hub/rpc/unary.h"
#include "recoup/v1/hospital_service.pb.h"

namespace recoup::rpc {
namespace {

using grpc::CallbackServerContext;

constexpr int kBatchMax = 1000;

// A hospital sees its own flags, a fund those of its pools.
bool MaySee(const Admitted& admitted, const domain::Flag& flag) {
  return admitted.caller.party.kind() == domain::PartyKind::kFund ||
         flag.hospital == admitted.caller.party;
}

absl::Status GetFlag(const v1::GetFlagRequest& request, QueryContext& context,
                     v1::GetFlagResponse* response) {
  Faults faults;
  FieldReader in(faults);
  std::optional<domain::Flag> flag;
  if (!request.name().empty()) {
    const auto name = in.Name<domain::FlagId>("name", request.name());
    if (!faults.empty()) return faults.ToStatus();
    RECOUP_RETURN_IF_ERROR(CheckPool(context.admitted, name.pool));
    RECOUP_ASSIGN_OR_RETURN(flag,
                            context.reader.Find<domain::Flag>(name.pool.value, name.id.value));
  } else {
    const domain::PoolId pool = in.Pool("pool", request.pool());
    const std::string visit_id = in.Text("visit_id", request.visit_id());
    if (!faults.empty()) return faults.ToStatus();
    RECOUP_RETURN_IF_ERROR(CheckPool(context.admitted, pool));
    RECOUP_ASSIGN_OR_RETURN(
        flag, context.reader.FindBy<domain::Flag>(
                  domain::UniqueKeyKind::kFlagOfVisit,
                  domain::Key({pool.value, context.admitted.caller.party.value, visit_id})));
  }
  if (!flag || !MaySee(context.admitted, *flag)) return app::NotFound("no such flag");
  FlagToProto(*flag, response->mutable_flag());
  return absl::OkStatus();
}

absl::Status ListFlags(const v1::ListFlagsRequest& request, QueryContext& context,
                       v1::ListFlagsResponse* response) {
  Faults faults;
  FieldReader in(faults);
  const domain::PoolId pool = in.Pool("pool", request.pool());
  const auto from = in.OptionalDay("admitted_from_on", request.admitted_from_on());
  const auto until = in.OptionalDay("admitted_until_on", request.admitted_until_on());
  if (!faults.empty()) return faults.ToStatus();
  RECOUP_RETURN_IF_ERROR(CheckPool(context.admitted, pool));
  RECOUP_ASSIGN_OR_RETURN(const Page page, ReadPage(request.page_size(), request.page_token()));
  const auto wanted = [&](const domain::Flag& flag) {
    const absl::CivilDay admitted = ChinaDate(flag.admitted_time);
    return MaySee(context.admitted, flag) &&
           (request.state() == v1::FLAG_STATE_UNSPECIFIED ||
            static_cast<int>(flag.state) == static_cast<int>(request.state())) &&
           (!from || admitted >= *from) && (!until || admitted <= *until);
  };
  RECOUP_ASSIGN_OR_RETURN(*response->mutable_next_page_token(),
                          ListRecords<domain::Flag>(context.reader, pool.value, page, wanted,
                                                    [&](const domain::Flag& flag) {
                                                      FlagToProto(flag, response->add_flags());
                                                    }));
  return absl::OkStatus();
}

absl::Status GetSplit(const v1::GetSplitRequest& request, QueryContext& context,
                      v1::GetSplitResponse* response) {
  Faults faults;
  const auto name = FieldReader(faults).Name<domain::SplitQuoteId>("name", request.name());
  if (!faults.empty()) return faults.ToStatus();
  RECOUP_RETURN_IF_ERROR(CheckPool(context.admitted, name.pool));
  RECOUP_ASSIGN_OR_RETURN(const std::optional<domain::SplitQuote> quote,
                          context.reader.Find<domain::SplitQuote>(name.pool.value, name.id.value));
  const domain::PartyId& caller = context.admitted.caller.party;
  const bool visible =
      quote && (caller.kind() == domain::PartyKind::kFund || quote->hospital == caller);
  if (!visible) return app::NotFound("no such split");
  SplitToProto(*quote, quote->StateAt(context.now), response->mutable_split());
  return absl::OkStatus();
}

// The settlements of a person that the caller may see: a hospital its own, a fund its pools'.
absl::StatusOr<std::vector<domain::Advance>> AdvancesOf(const domain::Person& person,
                                                        QueryContext& context) {
  const bool by_number = !person.id_token.empty();
  RECOUP_ASSIGN_OR_RETURN(std::vector<domain::Advance> advances,
                          context.reader.FindAllBy<domain::Advance>(
                              by_number ? domain::LookupKind::kAdvanceOfPerson
                                        : domain::LookupKind::kAdvanceOfPersonName,
                              domain::Key({by_number ? person.id_token : person.name_token})));
  const domain::PartyId& caller = context.admitted.caller.party;
  std::erase_if(advances, [&](const domain::Advance& advance) {
    return caller.kind() == domain::PartyKind::kFund
               ? !CheckPool(context.admitted, advance.pool).ok()
               : advance.hospital != caller;
  });
  return advances;
}

// Of the person's visits since the injury that nobody has excluded.
absl::StatusOr<std::set<std::string>> PlatesOf(const TraceQuestion& question,
                                               QueryContext& context) {
  if (!question.plate.empty()) return std::set<std::string>{question.plate};
  const domain::InjuryQuestion& injury = question.injury;
  const bool by_number = !question.person.id_token.empty();
  RECOUP_ASSIGN_OR_RETURN(
      const std::vector<domain::Flag> flags,
      context.reader.FindAllBy<domain::Flag>(
          by_number ? domain::LookupKind::kFlagOfPerson : domain::LookupKind::kFlagOfPersonName,
          domain::Key({by_number ? question.person.id_token : question.person.name_token})));
  std::set<std::string> plates;
  for (const domain::Flag& flag : flags) {
    const absl::CivilDay admitted = ChinaDate(flag.admitted_time);
    const bool excluded =
        std::any_of(injury.exclusions.begin(), injury.exclusions.end(),
                    [&](const auto& exclusion) { return exclusion.visit_id == flag.visit_id; });
    const bool of_injury = flag.state != domain::FlagState::kCleared && !flag.plate.empty() &&
                           flag.accident_on.value_or(injury.injured_on) == injury.injured_on &&
                           admitted >= injury.injured_on &&
                           admitted <= injury.until_on.value_or(admitted) && !excluded;
    if (of_injury && MaySee(context.admitted, flag) &&
        CheckPool(context.admitted, flag.pool).ok()) {
      plates.insert(domain::NormalisePlate(flag.plate));
    }
  }
  return plates;
}

// As use cases find them: a unit of work of which nothing is kept.
absl::StatusOr<std::vector<domain::InsurancePolicy>> CoversOf(
    const TraceQuestion& question, const std::vector<domain::Advance>& advances,
    QueryContext& context) {
  const domain::InjuryQuestion& injury = question.injury;
  if (!injury.covers.empty() || !injury.needs_cover()) return injury.covers;
  app::TraceCover cover{.person = question.person,
                        .plates = {},
                        .accident_on = injury.injured_on,
                        .pool = {},
                        .own_judged = {}};
  RECOUP_ASSIGN_OR_RETURN(cover.plates, PlatesOf(question, context));
  cover.pool =
      advances.empty() ? domain::PoolId{std::string(domain::kEveryPool)} : advances.front().pool;
  if (injury.basis == domain::Basis::kNet) cover.own_judged = injury.judged_medical;
  app::Batch batch(context.reader.view(), context.reader.seal());
  SystemRandom random;
  IdSource ids(random);
  app::UnitOfWork work(batch, context.admitted.caller, context.now, ids, context.hub.blinder, "",
                       0);
  return app::CoversOfTrace(work, cover);
}

absl::Status TraceInjury(const v1::TraceInjuryRequest& request, QueryContext& context,
                         v1::TraceInjuryResponse* response) {
  RECOUP_ASSIGN_OR_RETURN(TraceQuestion question, TraceQuestionFromProto(request, context.now));
  app::Blind(context.hub.blinder, question.person);
  RECOUP_ASSIGN_OR_RETURN(const std::vector<domain::Advance> advances,
                          AdvancesOf(question.person, context));
  RECOUP_ASSIGN_OR_RETURN(question.injury.covers, CoversOf(question, advances, context));
  RECOUP_ASSIGN_OR_RETURN(const domain::PolicyData policy_data,
                          app::LoadPolicyData(context.reader));
  RECOUP_ASSIGN_OR_RETURN(const domain::InjuryTrace trace,
                          domain::TraceInjury(advances, question.injury, policy_data));
  TraceToProto(trace, question.injury, advances, response);
  return absl::OkStatus();
}

}  // namespace

std::unique_ptr<grpc::Service> MakeHospitalService(const HubContext& hub) {
  auto service = std::make_unique<Service>(hub);
  service->Mutation("HospitalService/FlagAdmission", FlagAdmissionFromProto, app::FlagAdmissionOf,
                    FlagAdmissionToProto);
  service->Mutation("HospitalService/AmendFlag", AmendFlagFromProto, app::AmendFlagOf,
                    AmendFlagToProto);
  service->Mutation("HospitalService/ClearFlag", ClearFlagFromProto, app::ClearFlagOf,
                    ClearFlagToProto);
  service->Query("HospitalService/GetFlag", GetFlag);
  service->Query("HospitalService/ListFlags", ListFlags);
  service->Mutation("HospitalService/ReportSettlement", ReportSettlementFromProto,
                    app::ReportSettlementOf, ReportSettlementToProto);
  service->Mutation("HospitalService/ReverseSettlement", ReverseSettlementFromProto,
                    app::ReverseSettlementOf, ReverseSettlementToProto);
  service->Unary<v1::BatchFlagAdmissionsRequest, v1::BatchFlagAdmissionsResponse>(
      "HospitalService/BatchFlagAdmissions", [](UnaryCall& call) {
        MutateBatch<v1::BatchFlagAdmissionsRequest, v1::BatchFlagAdmissionsResponse,
                    v1::FlagAdmissionResponse>(call, "HospitalService/FlagAdmission", kBatchMax,
                                               FlagAdmissionFromProto, app::FlagAdmissionOf,
                                               FlagAdmissionToProto);
      });
  service->Unary<v1::BatchReportSettlementsRequest, v1::BatchReportSettlementsResponse>(
      "HospitalService/BatchReportSettlements", [](UnaryCall& call) {
        MutateBatch<v1::BatchReportSettlementsRequest, v1::BatchReportSettlementsResponse,
                    v1::ReportSettlementResponse>(call, "HospitalService/ReportSettlement",
                                                  kBatchMax, ReportSettlementFromProto,
                                                  app::ReportSettlementOf, ReportSettlementToProto);
      });
  service->Mutation("HospitalService/QuoteSplit", QuoteSplitFromProto, app::QuoteSplitOf,
                    QuoteSplitToProto);
  service->Mutation("HospitalService/SettleSplit", SettleSplitFromProto, app::SettleSplitOf,
                    SettleSplitToProto);
  service->Query("HospitalService/GetSplit", GetSplit);
  service->Query("HospitalService/TraceInjury", TraceInjury);
  service->Mutation("HospitalService/AttachBills", AttachBillsFromProto, app::AttachBillsOf,
                    AttachBillsToProto);
  return service;
}

}  // namespace recoup::rpc
