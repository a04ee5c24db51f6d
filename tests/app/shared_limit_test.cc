// Victims of one accident share a policy's limit: who competes, and with how much.
#include "hub/app/shared_limit.h"

#include <gtest/gtest.h>

#include "hub/app/relinquish.h"
#include "tests/app/debtor_story.h"

namespace recoup::testing {
namespace {

using app::SharedLimit;
using domain::Demand;

class SharedLimitTest : public ::testing::Test {
 protected:
  // An issued demand on the policy, of another victim of the accident.
  Demand Victim(std::int64_t fen, const domain::PolicyId& policy, int days_later = 0) {
    const Demand demand = story_.IssueNew("insurer/huaan", {fen});
    const auto changed = story_.Run(story_.fund, [&](app::UnitOfWork& work) {
      auto stored = work.Get<Demand>(demand.pool.value, demand.id.value);
      auto recovery = work.Get<domain::Recovery>(demand.pool.value, demand.recovery.value);
      stored->policy = policy;
      recovery->accident_on = kAccident + days_later;
      work.Put(*stored);
      work.Put(*recovery);
      return absl::StatusOr<Demand>(*stored);
    });
    EXPECT_TRUE(changed.ok()) << changed.status();
    return changed.value_or(Demand());
  }

  SharedLimit Shared(const std::set<domain::AdvanceId>& own = {}) {
    const auto shared = story_.Run(story_.fund, [&](app::UnitOfWork& work) {
      return app::SharedLimitOf(work, {"insurer/huaan"}, policy_, kAccident, own);
    });
    EXPECT_TRUE(shared.ok()) << shared.status();
    return shared.value_or(SharedLimit());
  }

  static constexpr absl::CivilDay kAccident{2025, 11, 3};
  DebtorStory story_;
  SeededRandom random_{7};
  IdSource ids_{random_};
  const domain::PolicyId policy_{ids_.Next(story_.clock().Now())};
  const domain::PolicyId other_policy_{ids_.Next(story_.clock().Now())};
};

TEST_F(SharedLimitTest, NobodyElseTakesNothing) { EXPECT_EQ(Shared(), SharedLimit()); }

TEST_F(SharedLimitTest, OthersOfTheSameAccidentAndPolicyCompeteWithTheirLoss) {
  Victim(3'000, policy_);
  Victim(4'500, policy_);
  Victim(10'000, other_policy_);
  Victim(10'000, policy_, 1);
  EXPECT_EQ(Shared(), (SharedLimit{Fen(0), Fen(7'500), 2}));
}

TEST_F(SharedLimitTest, AVictimWhoseDemandIsOnlyDraftedCompetes) {
  const Demand draft = Victim(3'000, policy_);
  ASSERT_TRUE(story_
                  .Run(story_.fund,
                       [&](app::UnitOfWork& work) -> absl::Status {
                         app::WithdrawDemand withdraw{story_.pool, draft.id, "", "重新起草"};
                         RECOUP_RETURN_IF_ERROR(app::WithdrawDemandOf(withdraw, work).status());
                         auto again = work.Get<Demand>(draft.pool.value, draft.id.value);
                         again->id = work.NewId<domain::DemandId>();
                         again->version = 0;
                         again->state = domain::DemandState::kDraft;
                         again->reference =
                             domain::CreditorReference::Make("31011531990001")->text();
                         work.Put(*again);
                         return absl::OkStatus();
                       })
                  .ok());
  EXPECT_EQ(Shared(), (SharedLimit{Fen(0), Fen(3'000), 1}));
}

TEST_F(SharedLimitTest, OnesOwnRecoveryDoesNotCompete) {
  const Demand own = Victim(3'000, policy_);
  EXPECT_EQ(Shared({own.lines[0].advance}), SharedLimit());
}

TEST_F(SharedLimitTest, WhoHasNothingOpenNoLongerCompetes) {
  const Demand settled = Victim(100, policy_);
  const auto given_up = story_.Run(story_.fund, [&](app::UnitOfWork& work) {
    return app::RelinquishOf(
        {.pool = settled.pool, .of = settled.id, .etag = "", .amount = Fen(100), .reason = "调解"},
        work);
  });
  ASSERT_TRUE(given_up.ok()) << given_up.status();
  ASSERT_EQ(given_up->relinquished, Fen(100));
  EXPECT_EQ(Shared(), (SharedLimit{Fen(0), Fen(0), 1}));
}

}  // namespace
}  // namespace recoup::testing
