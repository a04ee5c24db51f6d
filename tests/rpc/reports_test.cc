// Reports over the wire: who may read them, what stands above them, what is refused.
#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include "recoup/v1/fund_service.grpc.pb.h"
#include "tests/support/real_hub.h"

namespace recoup {
namespace {

using Stub = v1::FundService::Stub;

constexpr char kPool[] = "pools/310115-310";
constexpr char kOfficer[] = "fund/pudong/wang-min";

domain::Party MakeParty(const char* name, std::vector<domain::PoolId> pools) {
  domain::Party party;
  party.party = *domain::PartyId::Parse(name);
  party.display_name = name;
  party.pools = std::move(pools);
  return party;
}

class ReportsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto hub = testing::RealHub::Prepare(
        folder_.path(),
        {MakeParty("fund/pudong", {{"310115-310"}, {"310115-390"}}),
         MakeParty("fund/xuhui", {{"310104-310"}}), MakeParty("insurer/huaan", {})});
    ASSERT_TRUE(hub.ok()) << hub.status();
    hub_ = *std::move(hub);
    ASSERT_TRUE(hub_->Start().ok());
  }
  template <typename Call, typename Request, typename Response>
  grpc::StatusCode Send(const std::string& party, Call call, const Request& request,
                        Response* response) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(60));
    const auto stub = v1::FundService::NewStub(hub_->ConnectAs(party));
    return ((*stub).*call)(&context, request, response).error_code();
  }
  void ExpectHeading(const v1::ReportHeading& heading, const std::string& title, int pools) {
    EXPECT_EQ(heading.title(), title);
    EXPECT_EQ(heading.made_by(), kOfficer);
    EXPECT_GT(heading.made_time().seconds(), 0);
    ASSERT_EQ(heading.cuts_size(), pools);
    EXPECT_EQ(heading.cuts(0).pool(), kPool);
  }

  testing::TemporaryFolder folder_;
  std::unique_ptr<testing::RealHub> hub_;
};

TEST_F(ReportsTest, EachNamesPoolCutTimeAndMaker) {
  v1::GetFunnelResponse funnel;
  ASSERT_EQ(Send(kOfficer, &Stub::GetFunnel, v1::GetFunnelRequest(), &funnel),
            grpc::StatusCode::OK);
  ExpectHeading(funnel.heading(), "追偿漏斗", 2);
  v1::GetAgeingRequest ageing;
  ageing.set_pool(kPool);
  v1::GetAgeingResponse ages;
  ASSERT_EQ(Send(kOfficer, &Stub::GetAgeing, ageing, &ages), grpc::StatusCode::OK);
  ExpectHeading(ages.heading(), "应收追偿款账龄表", 1);
  EXPECT_EQ(ages.age_basis(), v1::AGEING_BASIS_DUE);
  v1::GetLimitationClocksRequest clocks;
  clocks.set_pool(kPool);
  v1::GetLimitationClocksResponse ends;
  ASSERT_EQ(Send(kOfficer, &Stub::GetLimitationClocks, clocks, &ends), grpc::StatusCode::OK);
  ExpectHeading(ends.heading(), "诉讼时效清单", 1);
  v1::GetWorklistRequest worklist;
  worklist.set_pool(kPool);
  v1::GetWorklistResponse work;
  ASSERT_EQ(Send(kOfficer, &Stub::GetWorklist, worklist, &work), grpc::StatusCode::OK);
  ExpectHeading(work.heading(), "今日待办", 1);
  EXPECT_EQ(work.item_count(), 0);
}

TEST_F(ReportsTest, OthersPoolsAreNotFoundAndOthersMayNotAsk) {
  v1::GetAgeingRequest request;
  request.set_pool(kPool);
  v1::GetAgeingResponse response;
  EXPECT_EQ(Send("fund/xuhui/li-hua", &Stub::GetAgeing, request, &response),
            grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(Send("insurer/huaan", &Stub::GetAgeing, request, &response),
            grpc::StatusCode::PERMISSION_DENIED);
  v1::GetFunnelRequest funnel;
  funnel.add_pools(kPool);
  v1::GetFunnelResponse rows;
  EXPECT_EQ(Send("fund/xuhui/li-hua", &Stub::GetFunnel, funnel, &rows),
            grpc::StatusCode::NOT_FOUND);
  funnel.add_pools(kPool);
  EXPECT_EQ(Send(kOfficer, &Stub::GetFunnel, funnel, &rows), grpc::StatusCode::INVALID_ARGUMENT)
      << "a pool twice would count twice";
}

TEST_F(ReportsTest, AStatementNeedsExactlyOneDebtorAndAPeriodThatIsOver) {
  const auto send = [&](const std::string& debtor, const std::string& demand,
                        const std::string& from, const std::string& until) {
    v1::GetDebtorStatementRequest request;
    if (!debtor.empty()) request.set_pool(kPool);
    request.set_debtor(debtor);
    request.set_demand(demand);
    request.set_from_on(from);
    request.set_until_on(until);
    v1::GetDebtorStatementResponse response;
    return Send(kOfficer, &Stub::GetDebtorStatement, request, &response);
  };
  const std::string insurer = "parties/insurer/huaan";
  const std::string demand = "pools/310115-310/demands/01jxzzzzzzzzzzzzzzzzzzzzzz";
  EXPECT_EQ(send("", "", "", ""), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(send(insurer, demand, "", ""), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(send(insurer, "", "2026-02-01", "2026-01-31"), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(send(insurer, "", "", "2999-01-01"), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(send(insurer, "", "", ""), grpc::StatusCode::NOT_FOUND) << "it never owed anything";
}

}  // namespace
}  // namespace recoup
