#include "hub/rpc/handlers/hospital_handlers.h"

#include "hub/rpc/converters/hospital.h"
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
                                 const v1::QuoteSplitRequest* /*request*/,
                                 v1::QuoteSplitResponse* /*response*/) override {
    return NotImplemented(hub_, "HospitalService/QuoteSplit", context);
  }
  ServerUnaryReactor* SettleSplit(CallbackServerContext* context,
                                  const v1::SettleSplitRequest* /*request*/,
                                  v1::SettleSplitResponse* /*response*/) override {
    return NotImplemented(hub_, "HospitalService/SettleSplit", context);
  }

 private:
  const HubContext& hub_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeHospitalService(const HubContext& hub) {
  return std::make_unique<HospitalHandlers>(hub);
}

}  // namespace recoup::rpc
