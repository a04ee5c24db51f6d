#include "tests/operation/issued_demands.h"

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gtest/gtest.h"
#include "hub/base/clock.h"
#include "hub/base/ids.h"
#include "recoup/v1/fund_service.grpc.pb.h"
#include "recoup/v1/hospital_service.grpc.pb.h"
#include "recoup/v1/insurer_service.grpc.pb.h"

namespace recoup::testing {
namespace {

constexpr std::int64_t kDay = 86'400;

class Maker {
 public:
  Maker(const std::shared_ptr<grpc::Channel>& hospital, const std::shared_ptr<grpc::Channel>& fund,
        std::string pool, std::string insurer)
      : hospital_(hospital), fund_(fund), pool_(std::move(pool)), insurer_(std::move(insurer)) {}

  bool Make(int number, IssuedDemand& made) {
    made.pool = pool_;
    made.amount_fen = 100'00 + number;
    std::string advance;
    return Flag(number) && Settle(number, made.amount_fen, advance) && Open(advance, made.name) &&
           Issue(made);
  }

 private:
  template <typename Service, typename Request, typename Response>
  bool Send(Service& service,
            grpc::Status (Service::*method)(grpc::ClientContext*, const Request&, Response*),
            Request request, Response& response) {
    request.set_request_id(ids_.Next(absl::Now()).ToUuid());
    grpc::ClientContext context;
    const grpc::Status status = (service.*method)(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return status.ok();
  }
  std::string Visit(int number) const {
    return absl::StrCat(pool_.substr(sizeof "pools/" - 1), "-", number);
  }

  bool Flag(int number) {
    v1::FlagAdmissionRequest request;
    request.set_state(v1::FLAG_STATE_CONFIRMED);
    request.mutable_flag()->set_pool(pool_);
    request.mutable_flag()->set_visit_id(Visit(number));
    request.mutable_flag()->mutable_patient()->set_name("测试甲");
    request.mutable_flag()->mutable_admitted_time()->set_seconds(now_ - 30 * kDay);
    v1::FlagAdmissionResponse response;
    return Send(hospital_, &v1::HospitalService::Stub::FlagAdmission, request, response);
  }
  bool Settle(int number, std::int64_t paid_fen, std::string& advance) {
    v1::ReportSettlementRequest request;
    v1::SettlementReport& settlement = *request.mutable_settlement();
    settlement.set_pool(pool_);
    settlement.set_visit_id(Visit(number));
    settlement.set_settlement_id("S" + Visit(number));
    settlement.mutable_patient()->set_name("测试甲");
    settlement.mutable_settled_time()->set_seconds(now_ - 20 * kDay);
    settlement.set_total_fen(paid_fen);
    settlement.set_fund_paid_fen(paid_fen);
    v1::ReportSettlementResponse response;
    const bool done =
        Send(hospital_, &v1::HospitalService::Stub::ReportSettlement, request, response);
    advance = response.advance();
    return done;
  }
  bool Open(const std::string& advance, std::string& demand) {
    v1::OpenRecoveryRequest request;
    request.set_pool(pool_);
    request.add_advances(advance);
    request.set_accident_on(
        absl::FormatCivilTime(ChinaDate(absl::FromUnixSeconds(now_ - 31 * kDay))));
    request.set_third_party_kind(v1::THIRD_PARTY_KIND_TRAFFIC);
    request.set_reason("保险公司书面认可");
    v1::DebtorShare& share = *request.add_debtor_shares();
    share.set_share_bp(10'000);
    share.mutable_debtor()->set_kind(v1::DEBTOR_KIND_INSURER);
    share.mutable_debtor()->set_display_name("华安财产保险");
    share.mutable_debtor()->set_party(insurer_);
    v1::OpenRecoveryResponse response;
    if (!Send(fund_, &v1::FundService::Stub::OpenRecovery, request, response)) return false;
    EXPECT_EQ(response.demands_size(), 1);
    if (response.demands_size() != 1) return false;
    demand = response.demands(0);
    return true;
  }
  bool Issue(IssuedDemand& made) {
    v1::IssueDemandRequest request;
    request.set_name(made.name);
    v1::IssueDemandResponse response;
    if (!Send(fund_, &v1::FundService::Stub::IssueDemand, request, response)) return false;
    made.reference = response.demand().reference();
    EXPECT_EQ(response.demand().amount_fen(), made.amount_fen);
    return response.demand().amount_fen() == made.amount_fen;
  }

  v1::HospitalService::Stub hospital_;
  v1::FundService::Stub fund_;
  const std::string pool_;
  const std::string insurer_;
  const std::int64_t now_ = absl::ToUnixSeconds(absl::Now());
  SystemRandom random_;
  IdSource ids_{random_};
};

}  // namespace

std::vector<IssuedDemand> IssueDemands(const std::shared_ptr<grpc::Channel>& hospital,
                                       const std::shared_ptr<grpc::Channel>& fund,
                                       const std::string& pool, const std::string& insurer,
                                       int count) {
  Maker maker(hospital, fund, pool, insurer);
  std::vector<IssuedDemand> made;
  for (int number = 1; number <= count; ++number) {
    IssuedDemand& demand = made.emplace_back();
    if (maker.Make(number, demand)) continue;
    made.pop_back();
    break;
  }
  return made;
}

}  // namespace recoup::testing
