// Statements of account of what is paid in instalments: the plan of the day that is asked about,
// what is payable of it, and what was given up.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "hub/app/amend_demand.h"
#include "hub/app/debtor_account.h"
#include "hub/app/import_statement.h"
#include "hub/app/reconcile.h"
#include "tests/app/mediation_story.h"
#include "tests/app/payment_story.h"

namespace recoup::testing {
namespace {

using absl::CivilDay;
using domain::Money;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class InstalmentStatementTest : public ::testing::Test {
 protected:
  void SetUp() override {
    demand_ = story_.IssueNew("insurer/huaan");
    asked_due_ = *story_.Stored(demand_).due_on;
  }
  void NextDay() { story_.clock().Advance(absl::Hours(24)); }
  // Both sides agree today on these sums in fen, each due a month after the one before.
  void AgreeToday(const std::vector<std::int64_t>& fen) {
    domain::AgreedDemand term{
        .demand = demand_.id, .agreed = {}, .relinquished = {}, .instalments = {}, .ratio_bp = {}};
    CivilDay due = story_.today();
    for (const std::int64_t one : fen) {
      term.instalments.push_back({due += 30, Fen(one), Money()});
      term.agreed += Fen(one);
    }
    term.relinquished = story_.Stored(demand_).open() - term.agreed;
    const domain::Mediation mediation = story_.Offered({term}, {demand_.id});
    const auto agreed = story_.Run(story_.fund, [&](app::UnitOfWork& work) {
      return app::AgreeMediationOf({.pool = story_.pool,
                                    .mediation = mediation.id,
                                    .terms = {term},
                                    .reason = "经济困难",
                                    .agreed_on = story_.today(),
                                    .protocol = std::nullopt},
                                   work);
    });
    ASSERT_TRUE(agreed.ok()) << agreed.status();
    ASSERT_EQ(agreed->state, domain::MediationState::kEffective);
  }
  void Pay(std::int64_t fen) {
    const CivilDay day = story_.today();
    const auto command = StatementOf(story_.pool, absl::FormatCivilTime(day), balance_, day, day,
                                     {Credit(day, Fen(fen), absl::FormatCivilTime(day),
                                             demand_.debtor_name, demand_.reference)});
    balance_ = command.statement.closing;
    ASSERT_TRUE(
        story_
            .Run(story_.fund,
                 [&](app::UnitOfWork& work) { return app::ImportStatementOf(command, work); })
            .ok());
    ASSERT_TRUE(story_
                    .Run(story_.fund,
                         [&](app::UnitOfWork& work) {
                           return app::ReconcileOf({.pool = story_.pool, .verify = true}, work);
                         })
                    .ok());
  }
  app::DebtorAccount AccountOf(CivilDay until) {
    app::DebtorAccountOrder order;
    order.pool = story_.pool;
    order.debtor = demand_.debtor_party;
    order.until = until;
    order.today = story_.today();
    order.sender = "东岸区医疗保险事务中心";
    absl::StatusOr<app::DebtorAccount> account = absl::UnknownError("not read");
    story_.Read([&](app::RecordReader& reader) { account = app::DebtorAccountOf(reader, order); });
    EXPECT_TRUE(account.ok()) << account.status();
    return account.value_or(app::DebtorAccount());
  }
  // "due:open" of each item.
  std::vector<std::string> ItemsOn(CivilDay until) {
    std::vector<std::string> items;
    for (const app::OpenItem& item : AccountOf(until).items) {
      items.push_back(Item(*item.due_on, item.line.open.fen()));
    }
    return items;
  }
  static std::string Item(CivilDay due, std::int64_t fen) {
    return absl::StrCat(absl::FormatCivilTime(due), ":", fen);
  }

  MediationStory story_;
  domain::Demand demand_;
  CivilDay asked_due_;
  Money balance_;
};

// 150.01 asked, then 100.00 in two instalments, of which the first is paid, then the rest in three.
TEST_F(InstalmentStatementTest, ShowsTheTermsThatHadBeenRecordedByItsLastDay) {
  const CivilDay asked = story_.today();
  NextDay();
  NextDay();
  const CivilDay first = story_.today();
  AgreeToday({6'000, 4'000});
  NextDay();
  Pay(6'000);
  NextDay();
  NextDay();
  const CivilDay second = story_.today();
  AgreeToday({2'000, 1'000, 500});
  NextDay();
  struct Row {
    CivilDay until;
    std::vector<std::string> items;
  };
  const std::vector<std::string> whole = {Item(asked_due_, 15'001)};
  const std::vector<std::string> rest = {Item(first + 60, 4'000)};
  const std::vector<std::string> three = {Item(second + 30, 2'000), Item(second + 60, 1'000),
                                          Item(second + 90, 500)};
  for (const Row& row :
       std::vector<Row>{{asked, whole},
                        {first - 1, whole},
                        {first, {Item(first + 30, 6'000), Item(first + 60, 4'000)}},
                        {first + 1, rest},
                        {second - 1, rest},
                        {second, three},
                        {story_.today(), three}}) {
    EXPECT_EQ(ItemsOn(row.until), row.items) << row.until;
  }
}

TEST_F(InstalmentStatementTest, ShowsThePlanOfBeforeAnAmendment) {
  const CivilDay agreed = story_.today();
  AgreeToday({6'000, 4'000});
  NextDay();
  const auto lowered = story_.Run(story_.fund, [&](app::UnitOfWork& work) {
    return app::LowerDemandOf(work, {.pool = story_.pool,
                                     .demand = demand_.id,
                                     .amount = story_.Stored(demand_).amount - Fen(5'000),
                                     .explanation = demand_.explanation,
                                     .reason = "二审改判"});
  });
  ASSERT_TRUE(lowered.ok()) << lowered;
  EXPECT_THAT(ItemsOn(agreed), ElementsAre(Item(agreed + 30, 6'000), Item(agreed + 60, 4'000)));
  EXPECT_THAT(ItemsOn(agreed + 1), ElementsAre(Item(agreed + 30, 5'000)));
}

TEST_F(InstalmentStatementTest, AsksForAllThatIsDueElseForWhatIsDueFirst) {
  const CivilDay agreed = story_.today();
  AgreeToday({6'000, 3'000, 1'000});
  story_.clock().Advance(absl::Hours(24 * 100));
  struct Row {
    int days;
    std::int64_t payable;
    int due_days;  // Of the youngest part that is payable.
  };
  for (const auto& [days, payable, due_days] : std::vector<Row>{{0, 6'000, 30},
                                                                {29, 6'000, 30},
                                                                {30, 6'000, 30},
                                                                {59, 6'000, 30},
                                                                {60, 9'000, 60},
                                                                {61, 9'000, 60},
                                                                {90, 10'000, 90},
                                                                {100, 10'000, 90}}) {
    const app::DebtorAccount account = AccountOf(agreed + days);
    EXPECT_EQ(account.payable, Fen(payable)) << days;
    Money items;
    for (const app::OpenItem& item : account.items) items += item.payable;
    EXPECT_EQ(items, account.payable) << days;
    EXPECT_EQ(account.payment_code,
              absl::StrCat(demand_.reference, "\nCNY ", Fen(payable).ToYuan(), "\n",
                           absl::FormatCivilTime(agreed + due_days), "\n东岸区医疗保险事务中心"));
  }
}

TEST_F(InstalmentStatementTest, OfSeveralDemandsTheCodeAsksEachForAllThatIsDue) {
  const domain::Demand other = story_.IssueNew("insurer/huaan", {7'000});
  const CivilDay agreed = story_.today();
  AgreeToday({6'000, 3'000, 1'000});
  story_.clock().Advance(absl::Hours(24 * 60));
  const app::DebtorAccount account = AccountOf(agreed + 60);
  EXPECT_EQ(account.payable, Fen(16'000));
  EXPECT_THAT(account.payment_code,
              ::testing::AllOf(::testing::HasSubstr("\nCNY 160.00\n"),
                               ::testing::HasSubstr(demand_.reference + " 90.00"),
                               ::testing::HasSubstr(other.reference + " 70.00")));
}

TEST_F(InstalmentStatementTest, TellsWhatWasGivenUpOfTheWholeDemand) {
  const domain::Demand whole = story_.IssueNew("insurer/huaan", {7'000});
  const CivilDay before = story_.today();
  NextDay();
  AgreeToday({6'000, 4'000});
  NextDay();
  Pay(6'000);
  const app::DebtorAccount account = AccountOf(story_.today());
  ASSERT_EQ(account.in_instalments.size(), 1u) << "the other one is not in instalments";
  const app::AccountLine& line = account.in_instalments.front();
  EXPECT_EQ(line.demand, demand_.id);
  EXPECT_EQ(line.amount, Fen(15'001));
  EXPECT_EQ(line.applied, Fen(6'000));
  EXPECT_EQ(line.relinquished, Fen(5'001));
  EXPECT_EQ(line.open, Fen(4'000));
  EXPECT_THAT(AccountOf(before).in_instalments, IsEmpty());
}

}  // namespace
}  // namespace recoup::testing
