#include "adapters/common/delivery.h"

#include <map>
#include <thread>

#include "gmock/gmock.h"
#include "hub/base/error.h"
#include "tests/common/fake_sleeper.h"
#include "tests/common/spool_fixture.h"

namespace recoup::adapters {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

absl::Status RetryAfter(std::int64_t ms) {
  ErrorDetail detail;
  detail.reason = Reason::kQueueFull;
  detail.retry_after_ms = ms;
  return MakeError("busy", std::move(detail));
}

TEST(TransientTest, EveryCodeIsDecided) {
  struct Row {
    absl::Status status;
    bool transient;
    bool hub_away;
  };
  std::vector<Row> rows = {
      {absl::UnavailableError(""), true, true},
      {absl::DeadlineExceededError(""), true, false},
      {RetryAfter(5), true, true},
      {absl::ResourceExhaustedError("message too large"), false, false},
  };
  for (int code = 0; code <= 16; ++code) {
    const auto status_code = static_cast<absl::StatusCode>(code);
    if (status_code == absl::StatusCode::kUnavailable ||
        status_code == absl::StatusCode::kDeadlineExceeded ||
        status_code == absl::StatusCode::kResourceExhausted) {
      continue;
    }
    rows.push_back({absl::Status(status_code, "x"), false, false});
  }
  ASSERT_EQ(rows.size(), 18u);
  for (const Row& row : rows) {
    EXPECT_EQ(IsTransient(row.status), row.transient) << row.status;
    EXPECT_EQ(IsHubAway(row.status), row.hub_away) << row.status;
  }
}

TEST(BackoffTest, DoublesUpToItsMaximumWithinTheUpperHalf) {
  SeededRandom random(3);
  Backoff backoff({.initial = absl::Seconds(1), .max = absl::Seconds(6)}, random);
  for (int round = 0; round < 2; ++round) {
    for (const int step_s : {1, 2, 4, 6, 6, 6}) {
      const absl::Duration wait = backoff.NextAfter(absl::UnavailableError(""));
      EXPECT_GE(wait, absl::Seconds(step_s) / 2);
      EXPECT_LE(wait, absl::Seconds(step_s));
    }
    backoff.Reset();
  }
}

TEST(BackoffTest, KeepsToWhatTheHubAsksForWithinReason) {
  SeededRandom random(3);
  Backoff backoff(
      {.initial = absl::Seconds(1), .max = absl::Seconds(2), .hub_asks_max = absl::Seconds(30)},
      random);
  EXPECT_EQ(backoff.NextAfter(RetryAfter(20'000)), absl::Seconds(20));
  EXPECT_EQ(backoff.NextAfter(RetryAfter(3'600'000)), absl::Seconds(30));
  EXPECT_LE(backoff.NextAfter(RetryAfter(1)), absl::Seconds(2));
}

TEST(SystemSleeperTest, StopEndsASleepInAnotherThreadAndAllLaterOnes) {
  SystemSleeper sleeper;
  std::thread sleeping([&] { sleeper.Sleep(absl::Hours(1)); });
  sleeper.Stop();
  sleeping.join();
  sleeper.Sleep(absl::Hours(1));
}

class DeliveryTest : public SpoolFixture {
 protected:
  // Sends to a hub that answers from `answers` by source key (the payload), else accepts.
  std::unique_ptr<Delivery> Make(DeliveryOptions options = {}) {
    return std::make_unique<Delivery>(
        *spool_,
        [this](std::string_view, std::string_view payload,
               const Id& id) -> absl::StatusOr<std::string> {
          sent_.emplace_back(payload);
          ids_sent_[std::string(payload)].push_back(id);
          if (on_send_) on_send_();
          const auto it = answers_.find(std::string(payload));
          if (it != answers_.end() && !it->second.ok()) return it->second;
          return "answer to " + std::string(payload);
        },
        options, clock_, sleeper_, random_,
        Log::ToSink({}, clock_, [this](std::string_view line) { log_.emplace_back(line); }));
  }
  std::int64_t PutNamed(const std::string& name, const std::string& order_key = "") {
    const auto enqueued = spool_->Enqueue(Item(name, order_key, name));
    EXPECT_TRUE(enqueued.ok());
    return enqueued->sequence;
  }

  FakeSleeper sleeper_{clock_};
  std::map<std::string, absl::Status> answers_;
  std::function<void()> on_send_;
  std::vector<std::string> sent_;
  std::map<std::string, std::vector<Id>> ids_sent_;
  std::vector<std::string> log_;
};

TEST_F(DeliveryTest, DeliversInOrderPerKeyAndKeepsTheAnswers) {
  PutNamed("a1", "A");
  PutNamed("a2", "A");
  PutNamed("b1", "B");
  PutNamed("a3", "A");
  const auto total = Make({.page_items_max = 2})->Drain(1);
  ASSERT_TRUE(total.ok());
  EXPECT_EQ(total->delivered, 4);
  std::vector<std::string> of_a;
  for (const std::string& name : sent_) {
    if (name[0] == 'a') of_a.push_back(name);
  }
  EXPECT_THAT(of_a, ElementsAre("a1", "a2", "a3"));
  EXPECT_EQ(*spool_->AnswerOf("a2"), "answer to a2");
  EXPECT_THAT(sleeper_.sleeps, IsEmpty());
}

TEST_F(DeliveryTest, AFinalRefusalStaysWithItsErrorAndHoldsBackItsKeyOnly) {
  PutNamed("a1", "A");
  PutNamed("a2", "A");
  PutNamed("b1", "B");
  answers_["a1"] = MakeError(Reason::kNotFound, "no such case");
  const auto total = Make()->Drain(3);
  ASSERT_TRUE(total.ok());
  EXPECT_EQ(total->refused, 1);
  EXPECT_EQ(total->delivered, 1);
  EXPECT_TRUE(total->transient.ok());
  EXPECT_THAT(sent_, ElementsAre("a1", "b1"));
  EXPECT_EQ(ReasonOf(spool_->ListRefused(9)->at(0).error), Reason::kNotFound);
}

TEST_F(DeliveryTest, WhenTheHubIsAwayThePassEndsAndTheSameRequestIdIsSentAgain) {
  PutNamed("a");
  PutNamed("b");
  answers_["a"] = absl::UnavailableError("");
  sleeper_.on_sleep = [&] {
    if (sleeper_.sleeps.size() == 2) answers_.clear();
  };
  const auto total = Make()->Drain(5);
  ASSERT_TRUE(total.ok());
  EXPECT_THAT(sent_, ElementsAre("a", "a", "a", "b"));
  EXPECT_EQ(ids_sent_["a"][0], ids_sent_["a"][2]);
  EXPECT_EQ(total->delivered, 2);
  EXPECT_TRUE(total->transient.ok());
  EXPECT_EQ(sleeper_.sleeps.size(), 2u);
}

TEST_F(DeliveryTest, DrainGivesUpAfterItsAttemptsAndLeavesTheItemsWaiting) {
  PutNamed("a");
  answers_["a"] = absl::UnavailableError("");
  const auto total = Make()->Drain(3);
  ASSERT_TRUE(total.ok());
  EXPECT_EQ(total->transient.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(sent_.size(), 3u);
  EXPECT_EQ(sleeper_.sleeps.size(), 2u);
  EXPECT_EQ(spool_->Counts()->waiting, 1);
}

TEST_F(DeliveryTest, OneSlowItemDoesNotHoldBackTheOthers) {
  PutNamed("slow", "S");
  PutNamed("slow2", "S");
  PutNamed("b");
  PutNamed("c");
  answers_["slow"] = absl::DeadlineExceededError("");
  const auto pass = Make({.page_items_max = 1})->RunOnce();
  ASSERT_TRUE(pass.ok());
  EXPECT_THAT(sent_, ElementsAre("slow", "b", "c"));
  EXPECT_EQ(pass->transient.code(), absl::StatusCode::kDeadlineExceeded);
  EXPECT_EQ(spool_->Counts()->waiting, 2);
}

TEST_F(DeliveryTest, StopEndsThePassAfterTheCallUnderWay) {
  PutNamed("a");
  PutNamed("b");
  auto delivery = Make();
  on_send_ = [&] { delivery->Stop(); };
  delivery->Run();
  EXPECT_THAT(sent_, ElementsAre("a"));
  EXPECT_EQ(*spool_->AnswerOf("a"), "answer to a") << "what was sent is marked";
  EXPECT_TRUE(sleeper_.stopped);
}

TEST_F(DeliveryTest, AnOutageIsLoggedOnceAndItsEndOnce) {
  PutNamed("a");
  answers_["a"] = absl::UnavailableError("");
  auto delivery = Make();
  sleeper_.on_sleep = [&] {
    if (sleeper_.sleeps.size() == 10) answers_.clear();
    if (sleeper_.sleeps.size() == 11) delivery->Stop();
  };
  delivery->Run();
  ASSERT_EQ(log_.size(), 2u);
  EXPECT_THAT(log_[0], testing::HasSubstr("delivery waits reason=STORE_UNAVAILABLE"));
  EXPECT_THAT(log_[1], testing::HasSubstr("delivery goes on"));
}

TEST_F(DeliveryTest, RunDeletesWhatIsOlderThanTheRetention) {
  const auto a = PutNamed("a");
  ASSERT_TRUE(spool_->MarkDelivered(a, "").ok());
  auto delivery = Make({.idle_wait = absl::Hours(1), .retention = absl::Hours(5)});
  std::vector<std::int64_t> delivered;
  sleeper_.on_sleep = [&] {
    delivered.push_back(spool_->Counts()->delivered);
    if (delivered.size() == 8) delivery->Stop();
  };
  delivery->Run();
  EXPECT_THAT(delivered, ElementsAre(1, 1, 1, 1, 1, 1, 0, 0));
}

}  // namespace
}  // namespace recoup::adapters
