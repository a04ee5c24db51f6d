// Who sees what of a settlement batch, and that lines are read page by page.
#include "hub/rpc/handlers/settlement_batch_reads.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "hub/app/party_directory.h"
#include "hub/base/error.h"
#include "tests/app/settlement_story.h"

namespace recoup::rpc {
namespace {

using domain::Money;
using ::testing::IsEmpty;
using testing::SettlementStory;
using ::testing::SizeIs;
namespace v1 = recoup::v1;

Money Yuan(std::int64_t yuan) { return Money::Fen(yuan * 100); }

class SettlementBatchReadsTest : public ::testing::Test {
 protected:
  Admitted As(const app::Caller& caller) {
    story_.world.Read([&](app::RecordReader& reader) {
      ASSERT_TRUE(parties_.Load(reader.view(), story_.world.seal()).ok());
    });
    return {caller, parties_.Find(caller.party)};
  }
  // A query as this caller would make it.
  template <typename Query, typename Request, typename Response>
  absl::Status Ask(const app::Caller& caller, Query query, const Request& request,
                   Response* response) {
    const Admitted admitted = As(caller);
    absl::Status status;
    story_.world.Read([&](app::RecordReader& reader) {
      QueryContext context{admitted, reader, hub_, story_.world.clock().Now()};
      status = query(request, context, response);
    });
    return status;
  }
  absl::StatusOr<v1::SettlementBatch> Get(const app::Caller& caller,
                                          const domain::SettlementBatch& batch) {
    v1::GetSettlementBatchRequest request;
    request.set_name(app::SettlementBatchName(batch.insurer, batch.id));
    v1::GetSettlementBatchResponse response;
    const absl::Status status = Ask(caller, GetSettlementBatch, request, &response);
    if (!status.ok()) return status;
    return response.settlement_batch();
  }
  absl::StatusOr<v1::ListSettlementBatchLinesResponse> Lines(const app::Caller& caller,
                                                             const domain::SettlementBatch& batch,
                                                             const std::string& pool,
                                                             int page_size = 0,
                                                             const std::string& token = "") {
    v1::ListSettlementBatchLinesRequest request;
    request.set_settlement_batch(app::SettlementBatchName(batch.insurer, batch.id));
    request.set_pool(pool);
    request.set_page_size(page_size);
    request.set_page_token(token);
    v1::ListSettlementBatchLinesResponse response;
    const absl::Status status = Ask(caller, ListSettlementBatchLines, request, &response);
    if (!status.ok()) return status;
    return response;
  }
  std::string Here() { return app::PoolName(story_.here); }
  std::string There() { return app::PoolName(story_.there); }

  SettlementStory story_;
  app::PartyDirectory parties_;
  ReadPool reads_{1};
  RpcMetrics metrics_;
  std::atomic<bool> serving_{true};
  HubContext hub_{story_.world.engine(),
                  story_.world.store(),
                  story_.world.seal(),
                  story_.world.blinder(),
                  parties_,
                  story_.world.clock(),
                  reads_,
                  metrics_,
                  serving_,
                  Log::ToStderr({}, story_.world.clock())};
};

TEST_F(SettlementBatchReadsTest, TheInsurerSeesTheWholeAndAFundItsPart) {
  story_.Accepted(story_.here, Yuan(300));
  story_.Accepted(story_.there, Yuan(500));
  const domain::SettlementBatch batch = story_.Cut();

  const auto whole = Get(story_.maker, batch);
  ASSERT_TRUE(whole.ok()) << whole.status();
  EXPECT_THAT(whole->parts(), SizeIs(2));
  EXPECT_EQ(whole->net_fen(), 80'000);

  const auto part = Get(story_.other_fund, batch);
  ASSERT_TRUE(part.ok()) << part.status();
  ASSERT_THAT(part->parts(), SizeIs(1));
  EXPECT_EQ(part->parts(0).pool(), There());
  EXPECT_EQ(part->net_fen(), 50'000);

  // It hands the others' money on, so it sees how much that is.
  const auto collecting = Get(story_.world.fund, batch);
  ASSERT_TRUE(collecting.ok()) << collecting.status();
  EXPECT_THAT(collecting->parts(), SizeIs(2));
}

TEST_F(SettlementBatchReadsTest, WhoHasNoPartInItFindsNothing) {
  story_.Accepted(story_.here, Yuan(300));
  const domain::SettlementBatch batch = story_.Cut();
  EXPECT_EQ(ReasonOf(Get(story_.other_fund, batch).status()), Reason::kNotFound);
  EXPECT_EQ(ReasonOf(Lines(story_.other_fund, batch, There()).status()), Reason::kNotFound);
  domain::Party rival;
  rival.party = {"insurer/pingyuan"};
  rival.display_name = "平原财产保险股份有限公司";
  story_.world.Register(rival);
  EXPECT_EQ(ReasonOf(Get({rival.party, "insurer/pingyuan/sun-jie"}, batch).status()),
            Reason::kNotFound);
}

TEST_F(SettlementBatchReadsTest, FundsDoNotSeeOpenBatches) {
  story_.Accepted(story_.here, Yuan(300));
  const auto open = story_.Create();
  ASSERT_TRUE(open.ok());
  EXPECT_EQ(ReasonOf(Get(story_.world.fund, *open).status()), Reason::kNotFound);
  const auto shown = Get(story_.checker, *open);
  ASSERT_TRUE(shown.ok()) << shown.status();
  EXPECT_EQ(shown->net_fen(), 30'000);
}

TEST_F(SettlementBatchReadsTest, LinesAreShownToTheInsurerAndTheirOwnFundOnly) {
  story_.Accepted(story_.here, Yuan(300));
  story_.Accepted(story_.there, Yuan(500));
  const domain::SettlementBatch batch = story_.Cut();
  const auto all = Lines(story_.maker, batch, "");
  ASSERT_TRUE(all.ok()) << all.status();
  EXPECT_THAT(all->settlement_batch_lines(), SizeIs(2));
  // The collecting fund knows sums, not others' demands.
  const auto foreign = Lines(story_.world.fund, batch, There());
  ASSERT_TRUE(foreign.ok()) << foreign.status();
  EXPECT_THAT(foreign->settlement_batch_lines(), IsEmpty());
  const auto own = Lines(story_.world.fund, batch, Here());
  ASSERT_TRUE(own.ok()) << own.status();
  ASSERT_THAT(own->settlement_batch_lines(), SizeIs(1));
  EXPECT_EQ(own->settlement_batch_lines(0).amount_fen(), 30'000);
  EXPECT_FALSE(own->settlement_batch_lines(0).paid());
}

TEST_F(SettlementBatchReadsTest, PagesHoldEveryLineOnce) {
  for (int i = 0; i < 23; ++i) story_.Accepted(i % 2 == 0 ? story_.here : story_.there, Yuan(1));
  const domain::SettlementBatch batch = story_.Cut();
  std::set<std::string> demands;
  int lines = 0;
  int pages = 0;
  std::string token;
  do {
    const auto page = Lines(story_.maker, batch, "", 5, token);
    ASSERT_TRUE(page.ok()) << page.status();
    ASSERT_LE(page->settlement_batch_lines_size(), 5);
    for (const auto& line : page->settlement_batch_lines()) demands.insert(line.demand());
    lines += page->settlement_batch_lines_size();
    token = page->next_page_token();
    ASSERT_LT(++pages, 10);
  } while (!token.empty());
  EXPECT_EQ(lines, 23);
  EXPECT_THAT(demands, SizeIs(23));
}

TEST_F(SettlementBatchReadsTest, ATokenOfAnotherListIsRefused) {
  story_.Accepted(story_.here, Yuan(300));
  const domain::SettlementBatch batch = story_.Cut();
  for (const char* token :
       {"x", "1.2", "00000000000000000000000000.0.0", "a.b.c", "..", "1.-1.0"}) {
    EXPECT_EQ(ReasonOf(Lines(story_.maker, batch, "", 5, token).status()),
              Reason::kPageTokenInvalid)
        << token;
  }
}

TEST_F(SettlementBatchReadsTest, ListsOfInsurerAndFund) {
  story_.Accepted(story_.there, Yuan(300));
  story_.Accepted(story_.here, Yuan(1));
  const domain::SettlementBatch limited = story_.Cut({story_.there});
  const auto list = [&](const app::Caller& caller, const std::string& pool) {
    v1::ListSettlementBatchesRequest request;
    request.set_pool(pool);
    v1::ListSettlementBatchesResponse response;
    EXPECT_TRUE(Ask(caller, ListSettlementBatches, request, &response).ok());
    return response.settlement_batches_size();
  };
  EXPECT_EQ(list(story_.maker, ""), 1);
  EXPECT_EQ(list(story_.other_fund, There()), 1);
  EXPECT_EQ(list(story_.world.fund, Here()), 1);  // Collects it, though it has no part.
}

}  // namespace
}  // namespace recoup::rpc
