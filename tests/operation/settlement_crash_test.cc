// Settlement batches while the hub is killed with SIGKILL again and again: demands of three pools
// are accepted, batches are opened, cut, given up, paid, taken back by the bank, paid again,
// distributed, handed on and passed on, all at the same time. At the end every fen is in the pools
// it belongs to, nothing was done twice, and the days close.
//
// CRASH_ROUNDS in the environment says how often it is killed at most.
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <iostream>
#include <map>
#include <thread>

#include "gmock/gmock.h"
#include "hub/base/clock.h"
#include "recoup/v1/reconciliation_service.grpc.pb.h"
#include "tests/operation/hub_books.h"
#include "tests/operation/settlement_people.h"

namespace recoup::testing {
namespace {

using ::testing::IsEmpty;

constexpr int kKillsMax = 60;
constexpr int kDemandsOfAPool = 150;
constexpr char kPudong[] = "pools/310115-310";
constexpr char kMinhang[] = "pools/310112-310";
constexpr char kXuhui[] = "pools/310104-310";

class SettlementCrashTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto hub =
        RealHub::Prepare(folder_.path(), {MakeParty("hospital/renji"), MakeParty("insurer/huaan"),
                                          MakeParty("fund/pudong", {{"310115-310"}}),
                                          MakeParty("fund/minhang", {{"310112-310"}}),
                                          MakeParty("fund/xuhui", {{"310104-310"}})});
    ASSERT_TRUE(hub.ok()) << hub.status();
    prepared_ = *std::move(hub);
    hub_ = std::make_unique<InterruptedHub>(*prepared_, folder_.path() + "/hub.log");
    people_ = std::make_unique<SettlementPeople>(*hub_, kDesks, day_);
    ASSERT_TRUE(hub_->Start());
  }

  std::shared_ptr<grpc::Channel> ConnectAs(const std::string& party) {
    return prepared_->ConnectAs(party, hub_->LifeAfter(0).port);
  }

  void Issue() {
    std::vector<std::thread> threads;
    for (const PoolDesk& desk : kDesks) {
      std::vector<IssuedDemand>& issued = demands_[desk.pool];
      threads.emplace_back([&, this] {
        issued = IssueDemands(ConnectAs("hospital/renji"), ConnectAs(desk.officer), desk.pool,
                              "parties/insurer/huaan", kDemandsOfAPool);
      });
    }
    for (std::thread& thread : threads) thread.join();
  }

  // The whole story; the hub may be gone at any moment of it.
  void Settle() {
    std::atomic<int> accepted = 0;
    std::vector<std::thread> clerks;
    for (const auto& [pool, issued] : demands_) {
      clerks.emplace_back([&, this] { people_->Accept(issued, accepted); });
    }
    const int all = kDemandsOfAPool * static_cast<int>(kDesks.size());
    const auto await = [&](int count) {
      while (accepted < count) std::this_thread::yield();
    };
    std::vector<std::thread> payments;
    const auto pay = [&](const v1::SettlementBatch& batch, bool comes_back) {
      payments.emplace_back([this, batch, comes_back] { people_->PayOut(batch, comes_back); });
    };
    await(all / 8);
    pay(people_->Cut(kPudong), false);
    await(all / 4);
    people_->Cancel(people_->Cut(kPudong));
    await(all);
    pay(people_->Cut(kXuhui), true);
    for (std::thread& clerk : clerks) clerk.join();
    pay(people_->Cut(kMinhang), false);
    for (std::thread& payment : payments) payment.join();
    hub_->Finish();
  }

  // Until the story is over or it was killed often enough; how often that was.
  int KillAgainAndAgain() {
    const char* wanted = std::getenv("CRASH_ROUNDS");
    const int kills_max = wanted != nullptr ? std::atoi(wanted) : kKillsMax;
    constexpr std::uint64_t kSeed = 20260731;
    SeededRandom random(kSeed);
    std::cout << "at most " << kills_max << " kills, seed " << kSeed << "\n";
    for (int kills = 0; kills < kills_max; ++kills) {
      const int until = hub_->answers() + 1 + static_cast<int>(random.Next() % 24);
      if (!hub_->AwaitAnswers(until)) return kills;
      ::usleep(static_cast<useconds_t>(random.Next() % 4000));
      hub_->Kill();
      if (!hub_->Start()) {
        ADD_FAILURE() << "it does not start after kill " << kills + 1;
        return kills;
      }
    }
    return kills_max;
  }

  std::int64_t Owed(const std::string& pool) const {
    std::int64_t sum = 0;
    for (const IssuedDemand& demand : demands_.at(pool)) sum += demand.amount_fen;
    return sum;
  }

  const std::vector<PoolDesk> kDesks = {{kPudong, "fund/pudong/wang-min"},
                                        {kMinhang, "fund/minhang/zhao-lei"},
                                        {kXuhui, "fund/xuhui/lin-yue"}};
  const std::string day_ = absl::FormatCivilTime(ChinaDate(absl::Now()));
  TemporaryFolder folder_;
  std::unique_ptr<RealHub> prepared_;
  std::unique_ptr<InterruptedHub> hub_;
  std::unique_ptr<SettlementPeople> people_;
  SystemRandom random_;
  IdSource ids_{random_};
  std::map<std::string, std::vector<IssuedDemand>> demands_;
};

TEST_F(SettlementCrashTest, EveryFenComesToItsPoolOnce) {
  Issue();
  ASSERT_FALSE(HasFailure());
  std::thread story([this] { Settle(); });
  const int kills = KillAgainAndAgain();
  story.join();
  ASSERT_THAT(people_->Faults(), IsEmpty());
  people_->AskAllAgain();
  EXPECT_THAT(people_->Faults(), IsEmpty());

  // Three batches were paid and one was given up; there is no fifth.
  std::map<v1::SettlementBatchState, int> states;
  std::map<std::string, std::int64_t> paid_fen;
  int lines = 0;
  for (const v1::SettlementBatch& batch : people_->Batches()) {
    ++states[batch.state()];
    if (batch.state() != v1::SETTLEMENT_BATCH_STATE_PAID) continue;
    for (const v1::SettlementBatchLine& line : people_->Lines(batch.name())) {
      EXPECT_TRUE(line.paid()) << line.demand();
      paid_fen[line.demand()] += line.amount_fen();
      ++lines;
    }
  }
  EXPECT_EQ(states,
            (std::map<v1::SettlementBatchState, int>{{v1::SETTLEMENT_BATCH_STATE_PAID, 3},
                                                     {v1::SETTLEMENT_BATCH_STATE_CANCELLED, 1}}));
  std::map<std::string, std::int64_t> owed_fen;
  for (const auto& [pool, issued] : demands_) {
    for (const IssuedDemand& demand : issued) owed_fen[demand.name] = demand.amount_fen;
  }
  EXPECT_EQ(paid_fen, owed_fen);

  for (const PoolDesk& desk : kDesks) {
    SCOPED_TRACE(desk.pool);
    const auto fund = ConnectAs(desk.officer);
    const std::int64_t all = Owed(desk.pool);
    // Nothing is left in the account, nor on the way.
    EXPECT_EQ(TrialBalance(fund, desk.pool),
              (std::map<std::string, std::int64_t>{{"tracking:origin", -all},
                                                   {"tracking:passed-on", all},
                                                   {"cash:passed-on", -all},
                                                   {"cash:delivered", all}}));
    EXPECT_EQ(BrokenLaws(fund, desk.pool), 0);
    v1::ReconciliationService::Stub books(fund);
    v1::ListBreaksRequest breaks;
    breaks.set_pool(desk.pool);
    breaks.set_state(v1::BREAK_STATE_OPEN);
    v1::ListBreaksResponse open;
    grpc::ClientContext listing;
    EXPECT_TRUE(books.ListBreaks(&listing, breaks, &open).ok());
    EXPECT_THAT(open.breaks(), IsEmpty()) << open.DebugString();
    v1::CloseDayRequest close;
    close.set_request_id(ids_.Next(absl::Now()).ToUuid());
    close.set_pool(desk.pool);
    close.set_day_on(day_);
    v1::CloseDayResponse closed;
    grpc::ClientContext closing;
    const grpc::Status status = books.CloseDay(&closing, close, &closed);
    EXPECT_TRUE(status.ok()) << status.error_message();
  }
  EXPECT_EQ(hub_->Terminate(), 0);
  std::string said;
  EXPECT_EQ(VerifyAudit(prepared_->config(), prepared_->config().data_file, folder_.path(), said),
            0)
      << said;
  EXPECT_GT(kills, 0);
  std::cout << kills << " kills; " << people_->asked() << " changes and refusals, of which "
            << people_->found_done() << " were done and not answered at first; " << lines
            << " lines of " << owed_fen.size() << " demands\n";
}

}  // namespace
}  // namespace recoup::testing
