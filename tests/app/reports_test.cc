// Reports for a fund's people: ages and their boundaries, sums that are the ledger's, what is on an
// officer's list and in which order, accounts that tell one story.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "hub/app/ageing.h"
#include "hub/app/debtor_account.h"
#include "hub/app/demand_answers.h"
#include "hub/app/funnel.h"
#include "hub/app/import_statement.h"
#include "hub/app/names.h"
#include "hub/app/pass_on.h"
#include "hub/app/policy_book.h"
#include "hub/app/reconcile.h"
#include "hub/app/relinquish.h"
#include "hub/app/worklist.h"
#include "hub/base/error.h"
#include "hub/domain/records/court_case.h"
#include "hub/domain/records/open_parts.h"
#include "tests/app/payment_story.h"
#include "tests/support/hub_world.h"

namespace recoup::testing {
namespace {

using app::WorkKind;
using app::WorkUrgency;
using domain::Demand;
using domain::Money;
using domain::Stage;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr char kInsurerName[] = "华安联合财产保险股份有限公司";
Money Yuan(std::int64_t yuan) { return Money::Fen(yuan * 100); }

TEST(AgeBucketTest, BoundariesBelongToTheYoungerBucket) {
  const std::vector<std::pair<std::int64_t, std::size_t>> rows = {
      {-400, 0}, {0, 0},  {1, 1},   {30, 1},  {31, 2},  {60, 2},  {61, 3},
      {90, 3},   {91, 4}, {180, 4}, {181, 5}, {365, 5}, {366, 6}, {9'999, 6}};
  for (const auto& [days, bucket] : rows) EXPECT_EQ(app::AgeBucketOf(days), bucket) << days;
}

TEST(AgeingTest, InstalmentsAgeByTheirOwnDaysAndTheRestByThatOfTheDemand) {
  const absl::CivilDay today(2026, 3, 20);
  Demand demand;
  domain::DemandLine& line = demand.lines.emplace_back();
  ASSERT_TRUE(line.stages.Add(Stage::kAgreed, Yuan(100)).ok());
  demand.issued_on = today - 400;
  demand.due_on = today - 100;
  demand.instalments = {{today + 5, Yuan(40), Money()}, {today - 10, Yuan(30), Yuan(10)}};
  const auto ages = app::AgesOf(demand, today, app::AgeingBasis::kDue);
  EXPECT_EQ(ages[0], Yuan(40)) << "not due";
  EXPECT_EQ(ages[1], Yuan(20)) << "of the instalment, 10 were paid";
  EXPECT_EQ(ages[4], Yuan(40)) << "in no instalment";
  EXPECT_EQ(app::AgesOf(demand, today, app::AgeingBasis::kIssued)[6], Yuan(100));
  // A part was given up: what instalments still say is more than what is open.
  ASSERT_TRUE(line.stages.Move(Stage::kAgreed, Stage::kRelinquished, Yuan(90)).ok());
  const auto less = app::AgesOf(demand, today, app::AgeingBasis::kDue);
  EXPECT_EQ(less[1], Yuan(10));
  EXPECT_EQ(less[0] + less[4], Money());
}

TEST(OpenPartsTest, PaymentsGoToTheOldestInstalmentAlsoInThePast) {
  const absl::CivilDay day(2026, 11, 23);
  Demand demand;
  domain::DemandLine& line = demand.lines.emplace_back();
  ASSERT_TRUE(line.stages.Add(Stage::kAgreed, Yuan(20)).ok());  // 60 agreed, 40 paid.
  demand.due_on = day - 30;
  demand.instalments = {{day + 38, Yuan(30), Yuan(10)}, {day, Yuan(30), Yuan(30)}};
  struct Row {
    std::int64_t open_then;
    std::vector<std::pair<absl::CivilDay, std::int64_t>> parts;
  };
  const std::vector<Row> rows = {{20, {{day + 38, 20}}},
                                 {30, {{day + 38, 30}}},
                                 {45, {{day, 15}, {day + 38, 30}}},
                                 {60, {{day, 30}, {day + 38, 30}}},
                                 {80, {{day - 30, 80}}},  // Before the agreement.
                                 {5, {{day + 38, 5}}},    // A part was given up.
                                 {0, {}}};
  for (const Row& row : rows) {
    SCOPED_TRACE(row.open_then);
    std::vector<std::pair<absl::CivilDay, std::int64_t>> parts;
    for (const domain::OpenPart& part :
         domain::OpenPartsOf(demand, Yuan(row.open_then), absl::InfiniteFuture())) {
      parts.emplace_back(*part.due_on, part.open.fen() / 100);
    }
    EXPECT_EQ(parts, row.parts);
  }
}

class ReportsTest : public ::testing::Test {
 protected:
  Demand Issue(const std::string& number, std::int64_t yuan, absl::CivilDay due_on,
               const std::string& person = "") {
    const auto demand = world_.Run(world_.fund, [&](app::UnitOfWork& work) {
      return IssueForTest(
          work, {.pool = world_.pool,
                 .number = number,
                 .debtor = person.empty() ? kInsurerName : person,
                 .debtor_party = person.empty() ? world_.insurer.party : domain::PartyId(),
                 .lines = {Yuan(yuan)},
                 .due_on = due_on,
                 .case_number = ""});
    });
    EXPECT_TRUE(demand.ok()) << demand.status();
    return *demand;
  }
  void Pay(const Demand& demand, std::int64_t yuan) {
    const absl::CivilDay day = world_.today();
    ++statements_;
    const auto command =
        StatementOf(world_.pool, absl::StrCat("ST", statements_), balance_, day, day,
                    {Credit(day, Yuan(yuan), absl::StrCat("B", statements_), demand.debtor_name,
                            demand.reference)});
    balance_ = command.statement.closing;
    ASSERT_TRUE(
        world_
            .Run(world_.fund,
                 [&](app::UnitOfWork& work) { return app::ImportStatementOf(command, work); })
            .ok());
    ASSERT_TRUE(world_
                    .Run(world_.fund,
                         [&](app::UnitOfWork& work) {
                           return app::ReconcileOf({.pool = world_.pool, .verify = true}, work);
                         })
                    .ok());
  }
  void GiveUp(const Demand& demand, std::int64_t yuan) {
    const auto answer = world_.Run(world_.fund, [&](app::UnitOfWork& work) {
      return app::RelinquishOf({.pool = world_.pool,
                                .of = demand.id,
                                .etag = "",
                                .amount = Yuan(yuan),
                                .reason = "调解"},
                               work);
    });
    ASSERT_TRUE(answer.ok()) << answer.status();
  }
  template <typename R>
  void Put(R record) {
    ASSERT_TRUE(world_
                    .Run(world_.fund,
                         [&](app::UnitOfWork& work) -> absl::Status {
                           record.id.value = work.NewId<domain::BreakId>().value;
                           work.Put(record);
                           return absl::OkStatus();
                         })
                    .ok());
  }
  absl::StatusOr<app::Funnel> Funnel(app::FunnelDimension dimension) {
    absl::StatusOr<app::Funnel> funnel = absl::UnknownError("not read");
    world_.Read([&](app::RecordReader& reader) {
      funnel = app::FunnelOf(reader, {world_.pool}, dimension);
    });
    return funnel;
  }
  absl::StatusOr<app::Ageing> Ageing(app::AgeingDimension dimension) {
    absl::StatusOr<app::Ageing> ageing = absl::UnknownError("not read");
    world_.Read([&](app::RecordReader& reader) {
      ageing =
          app::AgeingOf(reader, world_.pool, world_.today(), app::AgeingBasis::kDue, dimension);
    });
    return ageing;
  }
  app::Worklist Worklist(const std::string& actor, std::size_t items_max = 100,
                         std::set<WorkKind> kinds = {}) {
    app::Worklist list;
    world_.Read([&](app::RecordReader& reader) {
      const auto data = app::LoadPolicyData(reader);
      ASSERT_TRUE(data.ok());
      const auto read = app::WorklistOf(
          reader, {world_.pool, world_.today(), actor, std::move(kinds), items_max}, *data);
      ASSERT_TRUE(read.ok()) << read.status();
      list = *read;
    });
    return list;
  }
  absl::StatusOr<app::DebtorAccount> AccountOfInsurer(std::optional<absl::CivilDay> from,
                                                      absl::CivilDay until) {
    app::DebtorAccountOrder order;
    order.debtor = world_.insurer.party;
    order.from = from;
    order.until = until;
    return Account(order);
  }
  absl::StatusOr<app::DebtorAccount> Account(app::DebtorAccountOrder order) {
    order.pool = world_.pool;
    order.today = world_.today();
    order.sender = "东岸区医疗保险事务中心";
    absl::StatusOr<app::DebtorAccount> account = absl::UnknownError("not read");
    world_.Read([&](app::RecordReader& reader) { account = app::DebtorAccountOf(reader, order); });
    return account;
  }
  // What the ledger says is another amount than what the records say.
  void ForgeBalances() {
    app::WriteSet writes;
    world_.Read([&](app::RecordReader& reader) {
      auto balances = reader.view().BalancesOf(world_.pool.value);
      ASSERT_TRUE(balances.ok());
      balances->Set(ledger::Account::kClaimed,
                    balances->at(ledger::Account::kClaimed) + Money::Fen(1));
      writes.balances.emplace_back(world_.pool.value, *balances);
    });
    ASSERT_TRUE(world_.store().Begin().ok());
    ASSERT_TRUE(world_.store().Commit(writes).ok());
  }

  HubWorld world_;
  Money balance_;
  int statements_ = 0;
};

TEST_F(ReportsTest, EveryWayToGroupTheFunnelHasTheSameTotal) {
  const absl::CivilDay today = world_.today();
  Pay(Issue("F1", 100, today + 30), 100);
  const Demand second = Issue("F2", 50, today + 30);
  GiveUp(second, 5);
  Issue("F3", 7, today + 30, "钱二");
  const auto passed_on = world_.Run(world_.fund, [&](app::UnitOfWork& work) {
    app::PassOn command;
    command.pool = world_.pool;
    return app::PassOnOf(command, work);
  });
  ASSERT_TRUE(passed_on.ok()) << passed_on.status();
  for (const auto dimension :
       {app::FunnelDimension::kPool, app::FunnelDimension::kHospital, app::FunnelDimension::kCourt,
        app::FunnelDimension::kDebtor, app::FunnelDimension::kKind}) {
    SCOPED_TRACE(static_cast<int>(dimension));
    const auto funnel = Funnel(dimension);
    ASSERT_TRUE(funnel.ok()) << funnel.status();
    const app::FunnelGroup& total = funnel->total;
    EXPECT_EQ(total.reported, Yuan(157));
    EXPECT_EQ(total.flagged(), Yuan(157));
    EXPECT_EQ(total.demanded(), Yuan(157)) << "what was given up had been asked for";
    EXPECT_EQ(total.agreed(), Yuan(100));
    EXPECT_EQ(total.recovered(), Yuan(100));
    EXPECT_EQ(total.passed_on(), Yuan(100));
    EXPECT_EQ(total.stages.at(Stage::kClaimed), Yuan(52));
    EXPECT_EQ(total.stages.at(Stage::kRelinquished), Yuan(5));
    Money sum;
    for (const app::FunnelGroup& group : funnel->groups) sum += group.reported;
    EXPECT_EQ(sum, total.reported);
  }
  const auto by_debtor = Funnel(app::FunnelDimension::kDebtor);
  ASSERT_EQ(by_debtor->groups.size(), 2u);
  EXPECT_EQ(by_debtor->groups[0].key, world_.insurer.party.value);
  EXPECT_EQ(by_debtor->groups[0].reported, Yuan(150));
  EXPECT_EQ(by_debtor->groups[1].name, "个人") << "no person's name in a sum";
}

TEST_F(ReportsTest, WhatTheLedgerDoesNotHoldIsNotReported) {
  Issue("G1", 100, world_.today());
  ASSERT_TRUE(Funnel(app::FunnelDimension::kPool).ok());
  ASSERT_TRUE(Ageing(app::AgeingDimension::kDebtor).ok());
  ForgeBalances();
  EXPECT_EQ(ReasonOf(Funnel(app::FunnelDimension::kPool).status()), Reason::kLedgerLawBroken);
  EXPECT_EQ(ReasonOf(Funnel(app::FunnelDimension::kDebtor).status()), Reason::kLedgerLawBroken);
  EXPECT_EQ(ReasonOf(Ageing(app::AgeingDimension::kDebtor).status()), Reason::kLedgerLawBroken);
}

TEST_F(ReportsTest, AgesOfDebtorsAndKindsSumToWhatIsOpen) {
  const absl::CivilDay today = world_.today();
  Issue("H1", 10, today);
  Issue("H2", 20, today - 30);
  Pay(Issue("H3", 40, today - 366), 15);
  Issue("H4", 80, today - 31, "钱二");
  const auto by_debtor = Ageing(app::AgeingDimension::kDebtor);
  ASSERT_TRUE(by_debtor.ok()) << by_debtor.status();
  ASSERT_EQ(by_debtor->groups.size(), 2u);
  EXPECT_EQ(by_debtor->groups[0].name, "钱二") << "the largest first";
  const app::AgeingGroup& insurer = by_debtor->groups[1];
  EXPECT_EQ(insurer.demands, 3);
  EXPECT_THAT(insurer.open,
              ElementsAre(Yuan(10), Yuan(20), Money(), Money(), Money(), Money(), Yuan(25)));
  EXPECT_EQ(by_debtor->total.total(), Yuan(135));
  EXPECT_EQ(Ageing(app::AgeingDimension::kKind)->total.total(), Yuan(135));

  app::Ageing folded = *by_debtor;
  app::FoldSmall(folded, 1);
  ASSERT_EQ(folded.groups.size(), 1u);
  EXPECT_EQ(folded.groups[0].name, "其余 2 户");
  EXPECT_EQ(folded.groups[0].total(), Yuan(135));
  folded = *by_debtor;
  app::FoldSmall(folded, 2);
  EXPECT_EQ(folded.groups.size(), 2u) << "nothing to fold";
}

TEST_F(ReportsTest, EveryInstalmentIsAnItemAndTheCodeAsksForTheNextOne) {
  const absl::CivilDay today = world_.today();
  Demand demand = Issue("I1", 80, today + 30);
  GiveUp(demand, 20);
  const auto planned = world_.Run(world_.fund, [&](app::UnitOfWork& work) -> absl::Status {
    demand = *work.Get<Demand>(world_.pool.value, demand.id.value);
    demand.instalments = {{today - 1, Yuan(30), Yuan(0)}, {today + 38, Yuan(30), Yuan(0)}};
    work.Put(demand);
    return absl::OkStatus();
  });
  ASSERT_TRUE(planned.ok());
  const auto account = AccountOfInsurer(std::nullopt, today);
  ASSERT_TRUE(account.ok()) << account.status();
  ASSERT_EQ(account->items.size(), 2u);
  for (const app::OpenItem& item : account->items) {
    EXPECT_EQ(item.line.amount, Yuan(30));
    EXPECT_EQ(item.line.open, Yuan(30));
    EXPECT_EQ(item.line.relinquished, Money());
  }
  EXPECT_EQ(account->items[0].due_on, today - 1);
  EXPECT_EQ(account->items[0].overdue, Yuan(30));
  EXPECT_EQ(account->items[1].due_on, today + 38);
  EXPECT_EQ(account->items[1].overdue_days, 0);
  EXPECT_EQ(account->overdue, Yuan(30));
  EXPECT_EQ(account->account.closing, Yuan(60));
  EXPECT_EQ(account->payment_code,
            absl::StrCat(demand.reference, "\nCNY 30.00\n", absl::FormatCivilTime(today - 1),
                         "\n东岸区医疗保险事务中心"));
}

TEST_F(ReportsTest, AnAccountOpensMovesAndClosesWithTheSameFen) {
  const absl::CivilDay first = world_.today();
  const Demand paid = Issue("J1", 100, first + 10);
  const Demand open = Issue("J2", 50, first + 1);
  world_.clock().Advance(absl::Hours(48));
  Pay(paid, 100);
  GiveUp(open, 5);
  const auto account = AccountOfInsurer(first + 1, first + 2);
  ASSERT_TRUE(account.ok()) << account.status();
  EXPECT_EQ(account->account.opening, Yuan(150));
  EXPECT_EQ(account->received, Yuan(100));
  EXPECT_EQ(account->relinquished, Yuan(5));
  EXPECT_EQ(account->account.closing, Yuan(45));
  ASSERT_EQ(account->account.movements.size(), 2u);
  EXPECT_EQ(account->account.movements[0].kind, app::AccountMovementKind::kReceived);
  EXPECT_EQ(account->bank_references.at(account->account.movements[0].entry), "B1");
  EXPECT_EQ(account->account.movements[1].kind, app::AccountMovementKind::kRelinquished);
  ASSERT_EQ(account->items.size(), 1u);
  EXPECT_EQ(account->items[0].overdue_days, 1);
  EXPECT_EQ(account->overdue, Yuan(45));
  EXPECT_EQ(account->payment_code,
            absl::StrCat(open.reference, "\nCNY 45.00\n", absl::FormatCivilTime(first + 1),
                         "\n东岸区医疗保险事务中心"));
  const auto whole = AccountOfInsurer(std::nullopt, first + 2);
  ASSERT_TRUE(whole.ok());
  EXPECT_EQ(whole->from, first) << "the day of the first movement";
  EXPECT_EQ(whole->account.opening, Money());
  EXPECT_EQ(whole->demanded, Yuan(150));
  EXPECT_NE(whole->number, account->number);
  EXPECT_EQ(whole->number, AccountOfInsurer(std::nullopt, first + 2)->number);
}

TEST_F(ReportsTest, TwoPersonsOfOneNameDoNotReadEachOthersAccounts) {
  const absl::CivilDay today = world_.today();
  const Demand one = Issue("K1", 10, today, "王强");
  Issue("K2", 20, today, "王强");
  app::DebtorAccountOrder order;
  order.demand = one.id;
  order.until = today;
  const auto account = Account(order);
  ASSERT_TRUE(account.ok()) << account.status();
  EXPECT_EQ(account->account.closing, Yuan(10));
  EXPECT_EQ(AccountOfInsurer(std::nullopt, today).status().code(), absl::StatusCode::kNotFound);
}

std::vector<WorkKind> KindsOf(const app::Worklist& list) {
  std::vector<WorkKind> kinds;
  for (const app::WorkItem& item : list.items) kinds.push_back(item.kind);
  return kinds;
}

TEST_F(ReportsTest, ADisputeIsListedWithTheCommandThatAnswersIt) {
  const Demand demand = Issue("L1", 10, world_.today() + 30);
  const auto disputed = world_.Run(world_.insurer, [&](app::UnitOfWork& work) {
    return app::DisputeDemandOf({.pool = world_.pool,
                                 .demand = demand.id,
                                 .etag = "",
                                 .happened = world_.clock().Now(),
                                 .parts = {{demand.lines[0].advance, Yuan(4),
                                            domain::DisputeReason::kAmountWrong, "金额有误"}},
                                 .text = "部分不认可"},
                                work);
  });
  ASSERT_TRUE(disputed.ok()) << disputed.status();
  const app::Worklist list = Worklist(world_.fund.actor, 9, {WorkKind::kDispute});
  ASSERT_THAT(list.items, SizeIs(1));
  EXPECT_EQ(list.items[0].amount, Yuan(4));
  EXPECT_EQ(list.items[0].command,
            absl::StrCat("recoupctl demands answer-dispute ", app::NameOf(world_.pool, demand.id),
                         " --answers advance=", app::NameOf(world_.pool, demand.lines[0].advance),
                         ",decision=答复,text=理由"));
}

TEST_F(ReportsTest, TheWorklistBeginsWithWhatIsLostAndLeavesOutWhatIsNotForHim) {
  const absl::CivilDay today = world_.today();
  const Demand overdue = Issue("L1", 10, today - 1);
  Issue("L2", 20, today);  // Due today is not late.
  // Three years after the fund knew, less ten days.
  ASSERT_TRUE(world_
                  .Run(world_.fund,
                       [&](app::UnitOfWork& work) -> absl::Status {
                         auto old =
                             *work.Get<domain::Recovery>(world_.pool.value, overdue.recovery.value);
                         old.known_on =
                             absl::CivilDay(today.year() - 3, today.month(), today.day()) + 10;
                         old.obstacle = "没有责任比例";
                         work.Put(old);
                         return absl::OkStatus();
                       })
                  .ok());
  domain::Break late;
  late.pool = world_.pool;
  late.finding = "x";
  late.amount = Yuan(3);
  late.opened_time = world_.clock().Now() - absl::Hours(240);
  late.grace_until = today - 5;
  Put(late);
  late.finding = "y";
  late.grace_until = today;
  Put(late);
  domain::Approval approval;
  approval.pool = world_.pool;
  approval.amount = Yuan(4);
  approval.requested_by = world_.fund.actor;
  approval.requested_time = world_.clock().Now();
  Put(approval);
  domain::Lead lead;
  lead.pool = world_.pool;
  lead.created_time = world_.clock().Now() - absl::Hours(24);
  Put(lead);

  const app::Worklist mine = Worklist(world_.fund.actor);
  EXPECT_THAT(KindsOf(mine), ElementsAre(WorkKind::kLimitation, WorkKind::kBreak,
                                         WorkKind::kOverdue, WorkKind::kLead, WorkKind::kObstacle));
  EXPECT_EQ(mine.items[0].urgency, WorkUrgency::kRightAtRisk);
  EXPECT_THAT(mine.items[0].command, HasSubstr(overdue.reference));
  EXPECT_EQ(mine.items[1].urgency, WorkUrgency::kLate);
  EXPECT_EQ(mine.items[2].amount, Yuan(10));

  const app::Worklist others = Worklist(world_.other_officer.actor);
  EXPECT_EQ(KindsOf(others).size(), 6u) << "what he did not ask for himself he may decide";
  EXPECT_EQ((others.sums.at({WorkUrgency::kWaiting, WorkKind::kApproval}).amount), Yuan(4));

  const app::Worklist first = Worklist(world_.other_officer.actor, 2);
  EXPECT_THAT(KindsOf(first), ElementsAre(WorkKind::kLimitation, WorkKind::kBreak));
  EXPECT_EQ(first.sums, others.sums) << "the sums count what is not listed, too";
  EXPECT_THAT(KindsOf(Worklist(world_.fund.actor, 9, {WorkKind::kLead})),
              ElementsAre(WorkKind::kLead));
}

TEST_F(ReportsTest, WhatWasSentAndNeverArrivedIsOnTheListUntilItIsProven) {
  const absl::CivilDay today = world_.today();
  const Demand person = Issue("M1", 10, today + 60, "王强");
  const Demand party = Issue("M2", 20, today + 60);
  world_.clock().Advance(absl::Hours(24 * 7));
  EXPECT_THAT(KindsOf(Worklist("fund/x")), ElementsAre()) << "seven days are allowed";
  world_.clock().Advance(absl::Hours(24));
  const app::Worklist list = Worklist("fund/x");
  ASSERT_THAT(KindsOf(list), ElementsAre(WorkKind::kDelivery, WorkKind::kDelivery));
  EXPECT_EQ(list.items[0].amount, Yuan(20)) << "of one day, the larger first";
  EXPECT_THAT(list.items[1].command, HasSubstr("interruption record"));
  ASSERT_TRUE(world_
                  .Run(world_.fund,
                       [&](app::UnitOfWork& work) -> absl::Status {
                         auto recovery =
                             *work.Get<domain::Recovery>(world_.pool.value, person.recovery.value);
                         recovery.debtors[0].interruptions.push_back(
                             {.kind = domain::InterruptionKind::kDemand,
                              .date = today + 2,
                              .ended_on = std::nullopt,
                              .debtor = "王强",
                              .evidence = "送达回证"});
                         work.Put(recovery);
                         auto acknowledged = *work.Get<Demand>(world_.pool.value, party.id.value);
                         acknowledged.acknowledged_time = work.now();
                         work.Put(acknowledged);
                         return absl::OkStatus();
                       })
                  .ok());
  EXPECT_THAT(KindsOf(Worklist("fund/x")), ElementsAre());
}

}  // namespace
}  // namespace recoup::testing
