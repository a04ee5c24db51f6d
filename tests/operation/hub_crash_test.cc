// The hub killed with SIGKILL at random moments under load: what was answered is there, what was
// not is done when it is asked again, and nothing is done twice.
//
// CRASH_ROUNDS in the environment says how often it is killed. (Not RECOUP_…: the program would
// refuse that as a setting it does not know.)
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <thread>
#include <vector>

#include "gtest/gtest.h"
#include "hub/base/ids.h"
#include "tests/operation/hospital_desk.h"
#include "tests/operation/hub_books.h"
#include "tests/operation/hub_process.h"
#include "tests/support/real_hub.h"

namespace recoup {
namespace {

using testing::HospitalDesk;
using testing::HubProcess;

constexpr int kRounds = 6;
constexpr int kDesks = 8;

class HubCrashTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto hub = testing::RealHub::Prepare(folder_.path(),
                                         {testing::MakeParty("hospital/renji"),
                                          testing::MakeParty("fund/pudong", {{"310115-310"}})});
    ASSERT_TRUE(hub.ok()) << hub.status();
    prepared_ = *std::move(hub);
    for (int i = 0; i < kDesks; ++i) desks_.push_back(std::make_unique<HospitalDesk>(i));
  }

  // Each desk in a thread of its own, with a connection of its own.
  template <typename Work>
  std::vector<std::thread> AtEachDesk(int port, Work work) {
    std::vector<std::thread> threads;
    for (const auto& desk : desks_) {
      threads.emplace_back(
          [this, port, work, &desk] { work(*desk, prepared_->ConnectAs("hospital/renji", port)); });
    }
    return threads;
  }
  static void JoinAll(std::vector<std::thread> threads) {
    for (std::thread& thread : threads) thread.join();
  }

  testing::TemporaryFolder folder_;
  std::unique_ptr<testing::RealHub> prepared_;
  std::vector<std::unique_ptr<HospitalDesk>> desks_;
};

TEST_F(HubCrashTest, WhatWasAnsweredIsThereAndNothingIsDoneTwice) {
  const char* wanted = std::getenv("CRASH_ROUNDS");
  const int rounds = wanted != nullptr ? std::atoi(wanted) : kRounds;
  constexpr std::uint64_t kSeed = 20260312;
  SeededRandom random(kSeed);
  std::cout << rounds << " rounds, seed " << kSeed << "\n";
  const std::string log_file = folder_.path() + "/hub.log";

  std::atomic<int> answered = 0;
  for (int round = 0; round < rounds; ++round) {
    HubProcess hub(prepared_->config(), log_file);
    ASSERT_GT(hub.port(), 0) << "round " << round;
    auto threads = AtEachDesk(hub.port(), [&](HospitalDesk& desk, const auto& channel) {
      desk.Repeat(channel);
      desk.SendUntilCutOff(channel, answered);
    });
    const int until = answered + 50 + static_cast<int>(random.Next() % 200);
    while (answered < until) std::this_thread::yield();
    ::usleep(static_cast<useconds_t>(random.Next() % 3000));
    hub.Kill();
    JoinAll(std::move(threads));
  }

  HubProcess hub(prepared_->config(), log_file, {"serve"});
  ASSERT_GT(hub.port(), 0);
  JoinAll(AtEachDesk(hub.port(),
                     [](HospitalDesk& desk, const auto& channel) { desk.Repeat(channel); }));
  // Now everything has been answered, and every answer stays what it is.
  JoinAll(AtEachDesk(hub.port(),
                     [](HospitalDesk& desk, const auto& channel) { desk.Repeat(channel, true); }));

  std::vector<std::string> settlements;
  std::size_t sent = 0;
  for (const auto& desk : desks_) {
    EXPECT_EQ(desk->faults(), std::vector<std::string>());
    const std::vector<std::string> ids = desk->SettlementIds();
    settlements.insert(settlements.end(), ids.begin(), ids.end());
    sent += desk->sent_count();
  }
  std::sort(settlements.begin(), settlements.end());
  const auto fund = prepared_->ConnectAs("fund/pudong", hub.port());
  EXPECT_EQ(testing::SettlementIdsOfAdvances(fund), settlements);
  EXPECT_EQ(testing::TrialBalance(fund, testing::kPool)["tracking:advanced"],
            testing::kFundPaidFen * static_cast<std::int64_t>(settlements.size()));
  EXPECT_EQ(testing::BrokenLaws(fund, testing::kPool), 0);
  EXPECT_EQ(hub.Terminate(), 0);
  std::string said;
  EXPECT_EQ(testing::VerifyAudit(prepared_->config(), prepared_->config().data_file, folder_.path(),
                                 said),
            0)
      << said;
  std::cout << sent << " requests, " << answered << " answered before a kill, "
            << settlements.size() << " settlements\n";
}

}  // namespace
}  // namespace recoup
