// A split and a trace over a real hub: what hospital, insurer and fund see and may do.
#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include "absl/time/clock.h"
#include "hub/base/ids.h"
#include "recoup/v1/hospital_service.grpc.pb.h"
#include "recoup/v1/insurer_service.grpc.pb.h"
#include "tests/support/real_hub.h"

namespace recoup {
namespace {

std::string Day(int days_ago) {
  return absl::FormatCivilTime(absl::ToCivilDay(absl::Now(), absl::UTCTimeZone()) - days_ago);
}

class SplitServiceTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto hub = testing::RealHub::Prepare(
        folder_.path(),
        {testing::MakeParty("hospital/renji"), testing::MakeParty("hospital/huashan"),
         testing::MakeParty("insurer/huaan"), testing::MakeParty("insurer/taiping"),
         testing::MakeParty("fund/pudong", {{"310115-310"}})});
    ASSERT_TRUE(hub.ok()) << hub.status();
    hub_ = *std::move(hub);
    ASSERT_TRUE(hub_->Start().ok());
    hospital_ = v1::HospitalService::NewStub(hub_->ConnectAs("hospital/renji"));
    insurer_ = v1::InsurerService::NewStub(hub_->ConnectAs("insurer/huaan"));
    Prepare();
  }
  std::string NextId() { return ids_.Next(absl::Now()).ToUuid(); }

  void Prepare() {
    v1::RegisterPolicyRequest policy;
    policy.set_request_id(NextId());
    policy.mutable_policy()->set_policy_number("CTP-1");
    policy.mutable_policy()->set_kind(v1::POLICY_KIND_CTP);
    policy.mutable_policy()->set_plate("沪AD1234");
    policy.mutable_policy()->set_valid_from_on(Day(100));
    policy.mutable_policy()->set_valid_until_on(Day(-100));
    v1::RegisterPolicyResponse registered;
    grpc::ClientContext first;
    ASSERT_TRUE(insurer_->RegisterPolicy(&first, policy, &registered).ok());

    v1::FlagAdmissionRequest flag;
    flag.set_request_id(NextId());
    flag.set_state(v1::FLAG_STATE_CONFIRMED);
    flag.mutable_flag()->set_pool("pools/310115-310");
    flag.mutable_flag()->set_visit_id("V1");
    flag.mutable_flag()->mutable_patient()->set_name("测试甲");
    flag.mutable_flag()->mutable_admitted_time()->set_seconds(absl::ToUnixSeconds(absl::Now()) -
                                                              7'200);
    flag.mutable_flag()->set_accident_on(Day(1));
    flag.mutable_flag()->set_plate("沪A·D1234");
    flag.mutable_flagged_time()->set_seconds(absl::ToUnixSeconds(absl::Now()) - 60);
    v1::FlagAdmissionResponse flagged;
    grpc::ClientContext second;
    const grpc::Status status = hospital_->FlagAdmission(&second, flag, &flagged);
    ASSERT_TRUE(status.ok()) << status.error_message();
  }

  v1::QuoteSplitResponse Quote(const std::string& request_id) {
    v1::QuoteSplitRequest request;
    request.set_request_id(request_id);
    request.set_pool("pools/310115-310");
    request.set_visit_id("V1");
    request.set_total_fen(2'010'000);
    request.set_fund_paid_fen(1'200'000);
    request.set_self_paid_fen(800'000);
    v1::QuoteSplitResponse quote;
    grpc::ClientContext context;
    const grpc::Status status = hospital_->QuoteSplit(&context, request, &quote);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return quote;
  }

  testing::TemporaryFolder folder_;
  std::unique_ptr<testing::RealHub> hub_;
  std::unique_ptr<v1::HospitalService::Stub> hospital_;
  std::unique_ptr<v1::InsurerService::Stub> insurer_;
  SystemRandom random_;
  IdSource ids_{random_};
};

TEST_F(SplitServiceTest, FromQuoteToReversal) {
  const std::string request_id = NextId();
  const v1::QuoteSplitResponse quote = Quote(request_id);
  EXPECT_EQ(quote.split().state(), v1::SPLIT_STATE_QUOTED);
  ASSERT_EQ(quote.split().parts_size(), 1);
  EXPECT_TRUE(quote.has_answer_due_time());
  EXPECT_TRUE(Quote(request_id).replayed());

  // The insurer is told, and sees no shares of others.
  grpc::ClientContext watching;
  v1::WatchSplitsRequest watch;
  auto stream = insurer_->WatchSplits(&watching, watch);
  v1::WatchSplitsResponse change;
  ASSERT_TRUE(stream->Read(&change));
  EXPECT_EQ(change.kind(), "split.asked");
  EXPECT_EQ(change.split().name(), quote.quote());
  EXPECT_EQ(change.split().shares_size(), 0);

  v1::AnswerSplitRequest accept;
  accept.set_request_id(NextId());
  accept.set_name(quote.quote());
  accept.set_policy(quote.split().parts(0).policy());
  accept.set_accept(true);
  v1::AnswerSplitResponse accepted;
  grpc::ClientContext foreign;
  const auto other = v1::InsurerService::NewStub(hub_->ConnectAs("insurer/taiping"));
  EXPECT_EQ(other->AnswerSplit(&foreign, accept, &accepted).error_code(),
            grpc::StatusCode::NOT_FOUND);
  accept.set_request_id(NextId());
  grpc::ClientContext answering;
  ASSERT_TRUE(insurer_->AnswerSplit(&answering, accept, &accepted).ok());
  EXPECT_EQ(accepted.split().parts(0).amount_fen(), 1'800'000);
  ASSERT_TRUE(stream->Read(&change));
  EXPECT_EQ(change.kind(), "split.reserved");
  watching.TryCancel();

  v1::SettleSplitRequest settle;
  settle.set_request_id(NextId());
  settle.set_quote(quote.quote());
  settle.set_settlement_id("S1");
  v1::SettleSplitResponse settled;
  grpc::ClientContext settling;
  ASSERT_TRUE(hospital_->SettleSplit(&settling, settle, &settled).ok());
  std::int64_t sum = 0;
  for (const v1::SplitShare& share : settled.shares()) sum += share.amount_fen();
  EXPECT_EQ(sum, 2'010'000);
  EXPECT_EQ(settled.shares(1).amount_fen(), 120'000);  // The fund.
  EXPECT_TRUE(settled.shares(3).is_hospital());

  v1::ListSplitsRequest list;
  list.set_state(v1::SPLIT_STATE_SETTLED);
  v1::ListSplitsResponse splits;
  grpc::ClientContext listing;
  ASSERT_TRUE(insurer_->ListSplits(&listing, list, &splits).ok());
  EXPECT_EQ(splits.splits_size(), 1);

  v1::ReverseSettlementRequest reverse;
  reverse.set_request_id(NextId());
  reverse.mutable_reversal()->set_pool("pools/310115-310");
  reverse.mutable_reversal()->set_settlement_id("S1");
  reverse.mutable_reversal()->set_sender_message_id("2305-1");
  reverse.mutable_reversal()->mutable_reversed_time()->set_seconds(
      absl::ToUnixSeconds(absl::Now()) - 1);
  v1::ReverseSettlementResponse reversed;
  grpc::ClientContext reversing;
  const grpc::Status status = hospital_->ReverseSettlement(&reversing, reverse, &reversed);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(reversed.advance(), "");
  v1::GetSplitRequest get;
  get.set_name(quote.quote());
  v1::GetSplitResponse got;
  for (const char* party : {"hospital/renji", "fund/pudong"}) {
    grpc::ClientContext context;
    ASSERT_TRUE(
        v1::HospitalService::NewStub(hub_->ConnectAs(party))->GetSplit(&context, get, &got).ok())
        << party;
    EXPECT_EQ(got.split().state(), v1::SPLIT_STATE_REVERSED);
  }
  grpc::ClientContext stranger;
  EXPECT_EQ(v1::HospitalService::NewStub(hub_->ConnectAs("hospital/huashan"))
                ->GetSplit(&stranger, get, &got)
                .error_code(),
            grpc::StatusCode::NOT_FOUND);
}

TEST_F(SplitServiceTest, AHospitalTracesAmongItsOwnSettlements) {
  v1::ReportSettlementRequest report;
  report.set_request_id(NextId());
  v1::SettlementReport& settlement = *report.mutable_settlement();
  settlement.set_pool("pools/310115-310");
  settlement.set_visit_id("V1");
  settlement.set_settlement_id("S1");
  settlement.set_sender_message_id("M1");
  settlement.mutable_patient()->set_name("测试甲");
  settlement.mutable_settled_time()->set_seconds(absl::ToUnixSeconds(absl::Now()) - 60);
  settlement.set_total_fen(2'000'000);
  settlement.set_fund_paid_fen(1'200'000);
  settlement.set_self_paid_fen(800'000);
  settlement.set_cash_paid_fen(800'000);
  settlement.add_invoice_numbers("0012345678");
  v1::ReportSettlementResponse reported;
  grpc::ClientContext reporting;
  const grpc::Status status = hospital_->ReportSettlement(&reporting, report, &reported);
  ASSERT_TRUE(status.ok()) << status.error_message();

  v1::TraceInjuryRequest trace;
  trace.mutable_person()->set_name("测试甲");
  trace.set_injured_on(Day(2));
  trace.set_basis(v1::BASIS_GROSS);
  trace.set_judged_medical_fen(1'400'000);
  trace.set_paid_to_injured_person(true);
  v1::TraceInjuryResponse traced;
  grpc::ClientContext tracing;
  const grpc::Status answer = hospital_->TraceInjury(&tracing, trace, &traced);
  ASSERT_TRUE(answer.ok()) << answer.error_message();
  EXPECT_EQ(traced.visits_size(), 1);
  EXPECT_EQ(traced.owed_fen(), 840'000);  // 14,000 × 12,000 ÷ 20,000.
  ASSERT_EQ(traced.findings_size(), 1);
  EXPECT_EQ(traced.findings(0).kind(), v1::TRACE_FINDING_KIND_PAID_TWICE);
  grpc::ClientContext elsewhere;
  v1::TraceInjuryResponse nothing;
  ASSERT_TRUE(v1::HospitalService::NewStub(hub_->ConnectAs("hospital/huashan"))
                  ->TraceInjury(&elsewhere, trace, &nothing)
                  .ok());
  EXPECT_EQ(nothing.visits_size(), 0);
  trace.clear_injured_on();
  grpc::ClientContext faulty;
  EXPECT_EQ(hospital_->TraceInjury(&faulty, trace, &nothing).error_code(),
            grpc::StatusCode::INVALID_ARGUMENT);
}

}  // namespace
}  // namespace recoup
