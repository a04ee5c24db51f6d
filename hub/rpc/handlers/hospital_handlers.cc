#include "hub/rpc/handlers/hospital_handlers.h"

#include "hub/app/people.h"
#include "hub/app/policy_book.h"
#include "hub/rpc/converters/hospital.h"
#include "hub/rpc/converters/split.h"
#include "hub/rpc/converters/trace.h"
#include "hub/rpc/paging.h"
#include "hub/rpc/unary.h"
#include "recoup/v1/hospital_service.grpc.pb.h"

namespace recoup::rpc {
namespace {

using grpc::CallbackServerContext;
using grpc::ServerUnaryReactor;

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

absl::Status TraceInjury(const v1::TraceInjuryRequest& request, QueryContext& context,
                         v1::TraceInjuryResponse* response) {
  RECOUP_ASSIGN_OR_RETURN(TraceQuestion question, TraceQuestionFromProto(request));
  app::Blind(context.hub.blinder, question.person);
  RECOUP_ASSIGN_OR_RETURN(const std::vector<domain::Advance> advances,
                          AdvancesOf(question.person, context));
  RECOUP_ASSIGN_OR_RETURN(const domain::PolicyData policy_data,
                          app::LoadPolicyData(context.reader));
  RECOUP_ASSIGN_OR_RETURN(const domain::InjuryTrace trace,
                          domain::TraceInjury(advances, question.injury, policy_data));
  TraceToProto(trace, question.injury, advances, response);
  return absl::OkStatus();
}

class HospitalHandlers final : public v1::HospitalService::CallbackService {
 public:
  explicit HospitalHandlers(const HubContext& hub) : hub_(hub) {}

  ServerUnaryReactor* FlagAdmission(CallbackServerContext* context,
                                    const v1::FlagAdmissionRequest* request,
                                    v1::FlagAdmissionResponse* response) override {
    return Mutate(hub_, "HospitalService/FlagAdmission", context, *request, response,
                  FlagAdmissionFromProto, app::FlagAdmissionOf, FlagAdmissionToProto);
  }
  ServerUnaryReactor* AmendFlag(CallbackServerContext* context, const v1::AmendFlagRequest* request,
                                v1::AmendFlagResponse* response) override {
    return Mutate(hub_, "HospitalService/AmendFlag", context, *request, response,
                  AmendFlagFromProto, app::AmendFlagOf, AmendFlagToProto);
  }
  ServerUnaryReactor* ClearFlag(CallbackServerContext* context, const v1::ClearFlagRequest* request,
                                v1::ClearFlagResponse* response) override {
    return Mutate(hub_, "HospitalService/ClearFlag", context, *request, response,
                  ClearFlagFromProto, app::ClearFlagOf, ClearFlagToProto);
  }
  ServerUnaryReactor* GetFlag(CallbackServerContext* context, const v1::GetFlagRequest* request,
                              v1::GetFlagResponse* response) override {
    return Query(hub_, "HospitalService/GetFlag", context, *request, response, rpc::GetFlag);
  }
  ServerUnaryReactor* ListFlags(CallbackServerContext* context, const v1::ListFlagsRequest* request,
                                v1::ListFlagsResponse* response) override {
    return Query(hub_, "HospitalService/ListFlags", context, *request, response, rpc::ListFlags);
  }
  ServerUnaryReactor* ReportSettlement(CallbackServerContext* context,
                                       const v1::ReportSettlementRequest* request,
                                       v1::ReportSettlementResponse* response) override {
    return Mutate(hub_, "HospitalService/ReportSettlement", context, *request, response,
                  ReportSettlementFromProto, app::ReportSettlementOf, ReportSettlementToProto);
  }
  ServerUnaryReactor* ReverseSettlement(CallbackServerContext* context,
                                        const v1::ReverseSettlementRequest* request,
                                        v1::ReverseSettlementResponse* response) override {
    return Mutate(hub_, "HospitalService/ReverseSettlement", context, *request, response,
                  ReverseSettlementFromProto, app::ReverseSettlementOf, ReverseSettlementToProto);
  }
  ServerUnaryReactor* BatchFlagAdmissions(CallbackServerContext* context,
                                          const v1::BatchFlagAdmissionsRequest* request,
                                          v1::BatchFlagAdmissionsResponse* response) override {
    return MutateBatch<v1::BatchFlagAdmissionsRequest, v1::BatchFlagAdmissionsResponse,
                       v1::FlagAdmissionResponse>(
        hub_, "HospitalService/BatchFlagAdmissions", "HospitalService/FlagAdmission", context,
        *request, response, kBatchMax, FlagAdmissionFromProto, app::FlagAdmissionOf,
        FlagAdmissionToProto);
  }
  ServerUnaryReactor* BatchReportSettlements(
      CallbackServerContext* context, const v1::BatchReportSettlementsRequest* request,
      v1::BatchReportSettlementsResponse* response) override {
    return MutateBatch<v1::BatchReportSettlementsRequest, v1::BatchReportSettlementsResponse,
                       v1::ReportSettlementResponse>(
        hub_, "HospitalService/BatchReportSettlements", "HospitalService/ReportSettlement", context,
        *request, response, kBatchMax, ReportSettlementFromProto, app::ReportSettlementOf,
        ReportSettlementToProto);
  }
  ServerUnaryReactor* QuoteSplit(CallbackServerContext* context,
                                 const v1::QuoteSplitRequest* request,
                                 v1::QuoteSplitResponse* response) override {
    return Mutate(hub_, "HospitalService/QuoteSplit", context, *request, response,
                  QuoteSplitFromProto, app::QuoteSplitOf, QuoteSplitToProto);
  }
  ServerUnaryReactor* SettleSplit(CallbackServerContext* context,
                                  const v1::SettleSplitRequest* request,
                                  v1::SettleSplitResponse* response) override {
    return Mutate(hub_, "HospitalService/SettleSplit", context, *request, response,
                  SettleSplitFromProto, app::SettleSplitOf, SettleSplitToProto);
  }
  ServerUnaryReactor* GetSplit(CallbackServerContext* context, const v1::GetSplitRequest* request,
                               v1::GetSplitResponse* response) override {
    return Query(hub_, "HospitalService/GetSplit", context, *request, response, rpc::GetSplit);
  }
  ServerUnaryReactor* TraceInjury(CallbackServerContext* context,
                                  const v1::TraceInjuryRequest* request,
                                  v1::TraceInjuryResponse* response) override {
    return Query(hub_, "HospitalService/TraceInjury", context, *request, response,
                 rpc::TraceInjury);
  }
  ServerUnaryReactor* AttachBills(CallbackServerContext* context,
                                  const v1::AttachBillsRequest* request,
                                  v1::AttachBillsResponse* response) override {
    return Mutate(hub_, "HospitalService/AttachBills", context, *request, response,
                  AttachBillsFromProto, app::AttachBillsOf, AttachBillsToProto);
  }

 private:
  const HubContext& hub_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeHospitalService(const HubContext& hub) {
  return std::make_unique<HospitalHandlers>(hub);
}

}  // namespace recoup::rpc
