// What recoup-insurer asks of other services than InsurerService: mediations, and the batch that a
// payment order pays.
#include <string>
#include <utility>
#include <vector>

#include "adapters/insurer/program/insurer_program.h"
#include "gmock/gmock.h"
#include "recoup/v1/mediation_service.grpc.pb.h"
#include "recoup/v1/reconciliation_service.grpc.pb.h"
#include "tests/common/fake_hub.h"

namespace recoup::insurer {
namespace {

using adapters::ExitCode;
using adapters::FakeHub;
using adapters::ProgramOutcome;
using testing::HasSubstr;
using testing::Not;

constexpr char kMediation[] = "pools/310115-310/mediations/m";

class FakeMediationService final : public v1::MediationService::Service {
 public:
  FakeMediationService() {
    mediation.set_name(kMediation);
    mediation.set_state(v1::MEDIATION_STATE_OFFERED);
    mediation.set_mediator("parties/mediator/pudong");
    mediation.add_demands("pools/310115-310/demands/a");
    mediation.add_panel()->set_name("何静");
    mediation.mutable_panel(0)->set_role("首席调解员");
    v1::MediationOffer& offer = *mediation.add_offers();
    offer.set_offer_id("1");
    offer.set_offered_by("parties/fund/pudong");
    v1::MediationTerm& share = *offer.add_terms();
    share.set_demand("pools/310115-310/demands/a");
    share.set_ratio_bp(7'000);
    share.set_amount_fen(700'000);
    share.set_relinquished_fen(300'000);
    v1::MediationOffer& second = *mediation.add_offers();
    second.set_offer_id("2");
    v1::MediationTerm& sums = *second.add_terms();
    sums.set_demand("pools/310115-310/demands/a");
    sums.set_amount_fen(800'000);
    sums.set_relinquished_fen(200'000);
    sums.add_instalments()->set_due_on("2026-04-30");
    sums.mutable_instalments(0)->set_amount_fen(800'000);
  }
  grpc::Status ListMediations(grpc::ServerContext*, const v1::ListMediationsRequest* request,
                              v1::ListMediationsResponse* response) override {
    *response->add_mediations() = mediation;
    if (request->page_token().empty()) response->set_next_page_token("more");
    return grpc::Status::OK;
  }
  grpc::Status GetMediation(grpc::ServerContext*, const v1::GetMediationRequest*,
                            v1::GetMediationResponse* response) override {
    *response->mutable_mediation() = mediation;
    return grpc::Status::OK;
  }
  grpc::Status MakeOffer(grpc::ServerContext*, const v1::MakeOfferRequest* request,
                         v1::MakeOfferResponse* response) override {
    offered = *request;
    *response->mutable_mediation() = mediation;
    return grpc::Status::OK;
  }
  // Set and read between calls only.
  v1::Mediation mediation;
  v1::MakeOfferRequest offered;
};

template <typename FakeService>
class OneServiceTest : public testing::Test {
 protected:
  ProgramOutcome Run(std::vector<std::string> arguments) {
    for (const std::string& setting : hub_.Settings()) arguments.push_back(setting);
    InsurerProgram program;
    return adapters::RunProgram(program.frame(), std::move(arguments), ++seed_);
  }

  FakeService service_;
  FakeHub hub_{service_};
  std::uint64_t seed_ = 0;
};

using InsurersMediationsTest = OneServiceTest<FakeMediationService>;

TEST_F(InsurersMediationsTest, AreListedAndShownWithPanelAndOffers) {
  const ProgramOutcome list = Run({"mediations", "list"});
  ASSERT_EQ(list.code, ExitCode::kOk) << list.err;
  EXPECT_THAT(list.out, HasSubstr("已提出方案"));
  const ProgramOutcome show = Run({"mediations", "show", kMediation});
  ASSERT_EQ(show.code, ExitCode::kOk) << show.err;
  for (const char* const words : {"何静，首席调解员", "方案 1  parties/fund/pudong", "70.00%",
                                  "3,000.00", "2026-04-30 8,000.00"}) {
    EXPECT_THAT(show.out, HasSubstr(words));
  }
}

// What is accepted is a share or sums, as they were offered; the hub computes a share anew.
TEST_F(InsurersMediationsTest, AnOfferIsAcceptedByOfferingTheSame) {
  ASSERT_EQ(Run({"mediations", "offer", kMediation, "--as", "1"}).code, ExitCode::kOk);
  ASSERT_EQ(service_.offered.terms_size(), 1);
  EXPECT_EQ(service_.offered.terms(0).ratio_bp(), 7'000);
  EXPECT_EQ(service_.offered.terms(0).amount_fen(), 0);
  EXPECT_EQ(service_.offered.terms(0).relinquished_fen(), 0);
  ASSERT_EQ(Run({"mediations", "offer", kMediation, "--as", "2", "--until", "2026-05-31"}).code,
            ExitCode::kOk);
  EXPECT_EQ(service_.offered.terms(0).amount_fen(), 800'000);
  EXPECT_EQ(service_.offered.terms(0).instalments_size(), 1);
  EXPECT_EQ(service_.offered.valid_until_on(), "2026-05-31");
  EXPECT_EQ(Run({"mediations", "offer", kMediation, "--as", "3"}).code, ExitCode::kUsage);
  EXPECT_EQ(Run({"mediations", "offer", kMediation}).code, ExitCode::kUsage);
}

class FakeBatchService final : public v1::ReconciliationService::Service {
 public:
  grpc::Status GetSettlementBatch(grpc::ServerContext*,
                                  const v1::GetSettlementBatchRequest* request,
                                  v1::GetSettlementBatchResponse* response) override {
    v1::SettlementBatch& batch = *response->mutable_settlement_batch();
    batch.set_name(request->name());
    batch.set_state(state);
    batch.set_reference("RF18539007547034");
    batch.set_collecting_pool("pools/310115-310");
    batch.set_gross_fen(900'000);
    batch.set_netted_fen(100'000);
    batch.set_net_fen(800'000);
    return grpc::Status::OK;
  }
  v1::SettlementBatchState state = v1::SETTLEMENT_BATCH_STATE_CLOSED;
};

using BatchPaymentTest = OneServiceTest<FakeBatchService>;

TEST_F(BatchPaymentTest, ABatchThatIsCutIsPaidInOneSumByItsReference) {
  const std::string payees = hub_.Write(
      "payees.csv", "基金,户名,账号,开户行号\n310115-310,虚构市医疗保障基金,6222,102290000001\n");
  const auto order = [&] {
    return Run({"pay", "export", "--number", "ZF-1", "--execute-on", "2026-03-31", "--payer-name",
                "安澜财产保险", "--payer-account", "62220001", "--payer-bank", "TESTCNBJ",
                "--payees", payees, "--batch", "settlementBatches/huaan.b"});
  };
  const ProgramOutcome written = order();
  ASSERT_EQ(written.code, ExitCode::kOk) << written.err;
  EXPECT_THAT(written.out, HasSubstr("<InstdAmt Ccy=\"CNY\">8000.00</InstdAmt>"));
  EXPECT_THAT(written.out, HasSubstr("<Ref>RF18539007547034</Ref>"));
  EXPECT_THAT(written.out, HasSubstr("虚构市医疗保障基金"));
  for (const auto state : {v1::SETTLEMENT_BATCH_STATE_OPEN, v1::SETTLEMENT_BATCH_STATE_SPLITTING,
                           v1::SETTLEMENT_BATCH_STATE_PAID, v1::SETTLEMENT_BATCH_STATE_CANCELLED}) {
    service_.state = state;
    const ProgramOutcome refused = order();
    EXPECT_EQ(refused.code, ExitCode::kUsage) << state;
    EXPECT_THAT(refused.err, HasSubstr("is not waiting for a payment"));
    EXPECT_THAT(refused.out, Not(HasSubstr("<InstdAmt")));
  }
}

}  // namespace
}  // namespace recoup::insurer
