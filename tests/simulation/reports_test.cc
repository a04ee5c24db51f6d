// After a random history, reports say what the journal says, added up from its first transfer: the
// funnel's stages are the trial balance, the ageing is what is open, each account closes with what
// its demands hold.
#include <iostream>
#include <set>

#include "hub/app/ageing.h"
#include "hub/app/debtor_account.h"
#include "hub/app/funnel.h"
#include "tests/simulation/simulation.h"

namespace recoup::testing {
namespace {

using domain::Stage;

Simulation& History() {
  static Simulation* const simulation = [] {
    const std::uint64_t seed = FromEnvironment("RECOUP_SIMULATION_SEED", 20'261'123);
    std::cout << "seed " << seed << "\n";
    auto* made = new Simulation(seed);
    made->Run(5'000);
    return made;
  }();
  return *simulation;
}

Money Held(Stage stage) {
  const app::Turnover turnover = History().Balances().accounts.at(ledger::AccountOf(stage));
  return turnover.debits - turnover.credits;
}

TEST(ReportsSimulationTest, TheFunnelIsTheTrialBalanceHoweverItIsGrouped) {
  int moved = 0;
  for (const Stage stage : domain::AllOf<Stage>()) moved += Held(stage).is_positive() ? 1 : 0;
  ASSERT_GE(moved, 6) << "a history that moves nothing proves nothing";
  History().Read([](app::RecordReader& reader) {
    for (const auto dimension : {app::FunnelDimension::kPool, app::FunnelDimension::kHospital,
                                 app::FunnelDimension::kCourt, app::FunnelDimension::kDebtor,
                                 app::FunnelDimension::kKind}) {
      SCOPED_TRACE(static_cast<int>(dimension));
      const auto funnel = app::FunnelOf(reader, {History().pool()}, dimension);
      ASSERT_TRUE(funnel.ok()) << funnel.status();
      for (const Stage stage : domain::AllOf<Stage>()) {
        Money sum;
        for (const app::FunnelGroup& group : funnel->groups) sum += group.stages.at(stage);
        EXPECT_EQ(sum, Held(stage)) << domain::ToString(stage);
      }
      for (const app::FunnelGroup& group : funnel->groups) {
        EXPECT_GE(group.reported, group.flagged()) << group.name;
        EXPECT_GE(group.flagged(), group.demanded()) << group.name;
        EXPECT_GE(group.demanded(), group.agreed()) << group.name;
        EXPECT_GE(group.agreed(), group.recovered()) << group.name;
        EXPECT_GE(group.recovered(), group.passed_on()) << group.name;
      }
    }
  });
}

TEST(ReportsSimulationTest, AgesSumToWhatIsOpen) {
  const Money open = Held(Stage::kClaimed) + Held(Stage::kDisputed) + Held(Stage::kMediating) +
                     Held(Stage::kAgreed);
  ASSERT_TRUE(open.is_positive());
  History().Read([&](app::RecordReader& reader) {
    for (const auto basis : {app::AgeingBasis::kDue, app::AgeingBasis::kIssued}) {
      const auto ageing = app::AgeingOf(reader, History().pool(), absl::CivilDay(2026, 6, 1), basis,
                                        app::AgeingDimension::kDebtor);
      ASSERT_TRUE(ageing.ok()) << ageing.status();
      EXPECT_EQ(ageing->total.total(), open);
    }
  });
}

// Every debtor of the history is one insurer; the account checks opening, movements, closing and
// open demands against each other itself, on every day of the history.
TEST(ReportsSimulationTest, EachDaysAccountOpensWithTheCloseOfTheDayBefore) {
  History().Read([](app::RecordReader& reader) {
    app::DebtorAccountOrder order;
    order.pool = History().pool();
    order.debtor = {"insurer/huaan"};
    order.today = absl::CivilDay(2026, 6, 1);
    Money closing;
    std::size_t movements = 0;
    for (absl::CivilDay day(2026, 3, 1); day <= absl::CivilDay(2026, 3, 4); ++day) {
      order.from = day;
      order.until = day;
      const auto account = app::DebtorAccountOf(reader, order);
      ASSERT_TRUE(account.ok()) << account.status();
      EXPECT_EQ(account->account.opening, closing);
      closing = account->account.closing;
      movements += account->account.movements.size();
    }
    EXPECT_GT(movements, 100u) << "a history that moves nothing proves nothing";
    EXPECT_EQ(closing, Held(Stage::kClaimed) + Held(Stage::kDisputed) + Held(Stage::kMediating) +
                           Held(Stage::kAgreed));
  });
}

}  // namespace
}  // namespace recoup::testing
