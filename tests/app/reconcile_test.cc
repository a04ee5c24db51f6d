// The match ladder from the statement to the ledger: every rung, every kind of break, and that a
// second run finds nothing to do. HubWorld checks the five laws after each command.
#include "hub/app/reconcile.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hub/app/breaks.h"
#include "hub/app/import_statement.h"
#include "hub/app/pass_on.h"
#include "hub/app/resolve_break.h"
#include "hub/base/error.h"
#include "tests/app/payment_story.h"
#include "tests/support/hub_world.h"

namespace recoup::testing {
namespace {

using domain::BreakKind;
using domain::BreakResolution;
using domain::BreakState;
using domain::DemandState;
using domain::Money;
using domain::StatementEntry;
using domain::StatementEntryState;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr absl::CivilDay kDue(2026, 4, 30);
constexpr absl::CivilDay kDay(2026, 3, 18);
constexpr char kInsurer[] = "华安联合财产保险股份有限公司";

class ReconcileTest : public ::testing::Test {
 protected:
  domain::Demand Issue(const std::string& number, std::vector<Money> lines,
                       absl::CivilDay due = kDue) {
    return IssueTo(kInsurer, world_.insurer.party, number, std::move(lines), due);
  }
  domain::Demand IssueTo(const std::string& debtor, const domain::PartyId& party,
                         const std::string& number, std::vector<Money> lines,
                         absl::CivilDay due = kDue) {
    const auto demand = world_.Run(world_.fund, [&](app::UnitOfWork& work) {
      return IssueForTest(work, {.pool = world_.pool,
                                 .number = number,
                                 .debtor = debtor,
                                 .debtor_party = party,
                                 .lines = lines,
                                 .due_on = due,
                                 .case_number = ""});
    });
    EXPECT_TRUE(demand.ok()) << demand.status();
    return demand.value_or(domain::Demand());
  }

  absl::StatusOr<app::ImportAnswer> TryImport(const app::ImportStatement& command) {
    return world_.Run(world_.fund,
                      [&](app::UnitOfWork& work) { return app::ImportStatementOf(command, work); });
  }
  // Each import is the next day's statement.
  void Import(std::vector<StatementEntry> entries) {
    ++day_;
    const auto command = StatementOf(world_.pool, absl::StrCat(day_), balance_, kDay + day_,
                                     kDay + day_, std::move(entries));
    balance_ = command.statement.closing;
    const auto answer = TryImport(command);
    ASSERT_TRUE(answer.ok()) << answer.status();
  }

  app::ReconcileAnswer Reconcile() {
    const auto run = [&] {
      return world_.Run(world_.fund, [&](app::UnitOfWork& work) {
        return app::ReconcileOf({.pool = world_.pool, .verify = true}, work);
      });
    };
    auto first = run();
    EXPECT_TRUE(first.ok()) << first.status();
    const auto before = Everything();
    const auto second = run();
    EXPECT_TRUE(second.ok()) << second.status();
    if (second.ok()) {
      EXPECT_EQ(second->applied_count, 0);
      EXPECT_EQ(second->explained_count, 0);
      EXPECT_THAT(second->opened, IsEmpty());
      EXPECT_THAT(second->closed, IsEmpty());
    }
    EXPECT_EQ(Everything(), before) << "a second run changed something";
    return first.value_or(app::ReconcileAnswer());
  }

  // Every record a run may touch, as bytes.
  std::vector<std::string> Everything() {
    std::vector<std::string> all;
    const auto add = [&](const auto& records) {
      for (const auto& record : records) all.push_back(domain::Encode(record));
    };
    const std::string& pool = world_.pool.value;
    add(world_.All<StatementEntry>(pool));
    add(world_.All<domain::Break>(pool));
    add(world_.All<domain::Demand>(pool));
    add(world_.All<domain::Advance>(pool));
    add(world_.All<domain::Recovery>(pool));
    add(world_.All<domain::RemittanceAdvice>(pool));
    return all;
  }

  domain::Demand Now(const domain::Demand& demand) {
    return world_.Get<domain::Demand>(world_.pool.value, demand.id.value);
  }
  StatementEntry EntryOf(const std::string& bank_reference) {
    for (const StatementEntry& entry : world_.All<StatementEntry>(world_.pool.value)) {
      if (entry.bank_reference == bank_reference) return entry;
    }
    ADD_FAILURE() << "no entry " << bank_reference;
    return {};
  }
  std::vector<domain::Break> Breaks(BreakState state = BreakState::kOpen) {
    auto all = world_.All<domain::Break>(world_.pool.value);
    std::erase_if(all, [&](const domain::Break& b) { return b.state != state; });
    return all;
  }
  ledger::Balances Balances() {
    ledger::Balances balances;
    world_.Read([&](app::RecordReader& reader) {
      balances = *reader.view().BalancesOf(world_.pool.value);
    });
    return balances;
  }
  absl::StatusOr<app::ResolveBreakAnswer> Resolve(const domain::Break& finding,
                                                  BreakResolution kind,
                                                  std::vector<app::ResolveBreak::Part> parts = {}) {
    return world_.Run(world_.fund, [&](app::UnitOfWork& work) {
      return app::ResolveBreakOf({.pool = world_.pool,
                                  .finding = finding.id,
                                  .etag = "",
                                  .kind = kind,
                                  .applications = parts,
                                  .settlement_batch = {},
                                  .reason = "已与付款人核实",
                                  .split = {},
                                  .evidence = {}},
                                 work);
    });
  }

  HubWorld world_;
  int day_ = 0;
  Money balance_;
};

TEST_F(ReconcileTest, AStructuredReferencePaysTheDemandAndClosesTheRecovery) {
  const domain::Demand demand = Issue("1001", {Yuan(300), Yuan(100)});
  StatementEntry entry = Credit(kDay, Yuan(400), "B1", "某某财务中心", "");
  entry.creditor_reference = demand.reference;
  Import({entry});
  const app::ReconcileAnswer answer = Reconcile();
  EXPECT_EQ(answer.applied_count, 1);
  EXPECT_EQ(answer.applied, Yuan(400));
  EXPECT_EQ(answer.unapplied, Money());
  EXPECT_EQ(Now(demand).state, DemandState::kPaid);
  EXPECT_EQ(EntryOf("B1").state, StatementEntryState::kApplied);
  EXPECT_EQ(EntryOf("B1").applications[0].rule, "STRUCTURED_REFERENCE");
  EXPECT_THAT(Breaks(), IsEmpty());
  const auto recovery = world_.All<domain::Recovery>(world_.pool.value).front();
  EXPECT_EQ(recovery.state, domain::RecoveryState::kClosed);
  ASSERT_THAT(recovery.debtors[0].interruptions, SizeIs(1));
  EXPECT_EQ(recovery.debtors[0].interruptions[0].kind, domain::InterruptionKind::kPartPayment);
  EXPECT_EQ(recovery.debtors[0].interruptions[0].evidence, "银行流水 B1");
  for (const auto& advance : world_.All<domain::Advance>(world_.pool.value)) {
    EXPECT_EQ(advance.state, domain::AdvanceState::kSettled);
  }
}

TEST_F(ReconcileTest, AReferenceInTheTextPaysAPartSpreadOverTheLines) {
  const domain::Demand demand = Issue("1002", {Money::Fen(100), Money::Fen(200)});
  Import({Credit(kDay, Money::Fen(100), "B1", "付款人", "赔款 " + demand.reference + " 首期")});
  EXPECT_EQ(Reconcile().applied_count, 1);
  const domain::Demand now = Now(demand);
  EXPECT_EQ(now.state, DemandState::kIssued);
  EXPECT_EQ(now.open(), Money::Fen(200));
  // 100 × 100/300 = 33.33 and 66.67: the larger remainder gets the odd fen.
  EXPECT_EQ(now.lines[0].stages.at(domain::Stage::kRecovered), Money::Fen(33));
  EXPECT_EQ(now.lines[1].stages.at(domain::Stage::kRecovered), Money::Fen(67));
}

TEST_F(ReconcileTest, AnAdviceSplitsOneSumOverTwoDemands) {
  const domain::Demand first = Issue("1003", {Yuan(100)});
  const domain::Demand second = Issue("1004", {Yuan(250)});
  const auto sent = world_.Run(world_.insurer, [&](app::UnitOfWork& work) -> absl::Status {
    domain::RemittanceAdvice advice;
    advice.id = work.NewId<domain::RemittanceAdviceId>();
    advice.pool = world_.pool;
    advice.payer = world_.insurer.party;
    advice.payer_name = kInsurer;
    advice.advice_number = "A1";
    advice.end_to_end_id = "E2E-1";
    advice.paid_on = kDay;
    advice.total = Yuan(300);
    advice.lines = {{first.id, "", Yuan(100)}, {second.id, "", Yuan(200)}};
    work.Put(advice);
    return absl::OkStatus();
  });
  ASSERT_TRUE(sent.ok()) << sent;
  StatementEntry entry = Credit(kDay, Yuan(300), "B1", kInsurer, "赔款");
  entry.end_to_end_id = "E2E-1";
  Import({entry});
  EXPECT_EQ(Reconcile().applied_count, 2);
  EXPECT_EQ(Now(first).state, DemandState::kPaid);
  EXPECT_EQ(Now(second).open(), Yuan(50));
  const auto advice = world_.All<domain::RemittanceAdvice>(world_.pool.value).front();
  EXPECT_EQ(advice.state, domain::RemittanceAdviceState::kMatched);
  // Long after, the advice does not complain of missing money.
  world_.clock().Advance(absl::Hours(24 * 10));
  EXPECT_THAT(Reconcile().opened, IsEmpty());
}

TEST_F(ReconcileTest, TheSameFileAndOverlappingFilesAddNothing) {
  const StatementEntry a = Credit(kDay, Yuan(10), "", "甲", "一");
  const StatementEntry b = Credit(kDay, Yuan(20), "B2", "乙", "二");
  // Two equal entries of one file are two payments.
  const auto command = StatementOf(world_.pool, "7", Money(), kDay, kDay, {a, a, b});
  const auto first = TryImport(command);
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ(first->new_entries, 3);
  const auto again = TryImport(command);
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->new_entries, 0);
  EXPECT_EQ(again->statement.id, first->statement.id);
  const StatementEntry c = Credit(kDay + 1, Yuan(1), "B3", "丙", "三");
  const auto overlapping =
      TryImport(StatementOf(world_.pool, "8", Money(), kDay, kDay + 1, {a, a, b, c}));
  ASSERT_TRUE(overlapping.ok()) << overlapping.status();
  EXPECT_EQ(overlapping->new_entries, 1);
  EXPECT_EQ(overlapping->known_entries, 3);
  EXPECT_EQ(Balances().at(ledger::Account::kBank), Yuan(41));
  const auto other = TryImport(StatementOf(world_.pool, "7", Yuan(1), kDay, kDay, {a, a, b}));
  EXPECT_EQ(ReasonOf(other.status()), Reason::kAlreadyExistsWithOtherContent);
}

TEST_F(ReconcileTest, AStatementThatDoesNotAddUpIsRefusedWithTheDifference) {
  auto command =
      StatementOf(world_.pool, "1", Yuan(5), kDay, kDay, {Credit(kDay, Yuan(10), "B1", "甲", "")});
  command.statement.closing += Money::Fen(1);
  const auto refused = TryImport(command);
  EXPECT_EQ(ReasonOf(refused.status()), Reason::kStatementDoesNotAddUp);
  EXPECT_EQ(DetailOf(refused.status()).metadata["difference"], "0.01");
  EXPECT_THAT(world_.All<StatementEntry>(world_.pool.value), IsEmpty());
}

TEST_F(ReconcileTest, AMissingStatementOpensAGapThatClosesWhenItComes) {
  const auto one = [&](const std::string& number, Money opening, absl::CivilDay day) {
    const auto answer = TryImport(StatementOf(world_.pool, number, opening, day, day,
                                              {Credit(day, Yuan(10), "B" + number, "甲", "")}));
    ASSERT_TRUE(answer.ok()) << answer.status();
  };
  one("1", Yuan(0), kDay);
  EXPECT_THAT(Breaks(), IsEmpty());
  one("3", Yuan(20), kDay + 2);
  ASSERT_THAT(Breaks(), SizeIs(1));
  EXPECT_EQ(Breaks()[0].kind, BreakKind::kStatementGap);
  EXPECT_EQ(Breaks()[0].amount, Yuan(10));
  one("2", Yuan(10), kDay + 1);
  EXPECT_THAT(Breaks(), IsEmpty());
}

TEST_F(ReconcileTest, ASecondPaymentIsADuplicateAndGoesBack) {
  const domain::Demand demand = Issue("1005", {Yuan(100)});
  Import({Credit(kDay, Yuan(100), "B1", kInsurer, demand.reference)});
  Reconcile();
  Import({Credit(kDay + 2, Yuan(100), "B2", kInsurer, demand.reference)});
  const app::ReconcileAnswer answer = Reconcile();
  ASSERT_THAT(answer.opened, SizeIs(1));
  EXPECT_EQ(answer.opened[0].kind, BreakKind::kDuplicatePayment);
  EXPECT_EQ(answer.opened[0].amount, Yuan(100));
  EXPECT_EQ(answer.opened[0].demand, demand.id);
  ASSERT_TRUE(Resolve(answer.opened[0], BreakResolution::kRefund).ok());
  EXPECT_EQ(EntryOf("B2").state, StatementEntryState::kRefundable);
  EXPECT_EQ(Balances().at(ledger::Account::kRefundable), Yuan(100));
  Import({Debit(kDay + 3, Yuan(100), "B3", kInsurer, "退还重复付款")});
  EXPECT_EQ(Reconcile().explained_count, 1);
  EXPECT_EQ(EntryOf("B2").state, StatementEntryState::kRefunded);
  EXPECT_EQ(EntryOf("B3").state, StatementEntryState::kApplied);
  EXPECT_EQ(Balances().at(ledger::Account::kBank), Yuan(100));
  EXPECT_THAT(Breaks(), IsEmpty());
}

// Second payments that name nothing, of demands that no single payment of this amount had paid.
TEST_F(ReconcileTest, ASecondPaymentIsADuplicateHoweverTheFirstOneCame) {
  const domain::Demand in_parts = IssueTo("冼小满", {}, "1101", {Yuan(6228)});
  Import({Credit(kDay, Yuan(3000), "B1", "冼小满", in_parts.reference),
          Credit(kDay, Yuan(3228), "B2", "冼小满", in_parts.reference)});
  Reconcile();
  const domain::Demand of_sum = Issue("1102", {Yuan(6800)});
  const domain::Demand beside = Issue("1103", {Yuan(5200)});
  Import({Credit(kDay + 2, Yuan(12000), "B3", kInsurer,
                 absl::StrCat(of_sum.reference, " ", beside.reference))});
  Reconcile();
  ASSERT_EQ(Now(in_parts).state, DemandState::kPaid);
  ASSERT_EQ(Now(of_sum).state, DemandState::kPaid);
  ASSERT_THAT(Breaks(), IsEmpty());

  Import({Credit(kDay + 3, Yuan(6228), "B4", "冼小满", "赔款"),
          Credit(kDay + 3, Yuan(6800), "B5", kInsurer, "追偿款")});
  const app::ReconcileAnswer answer = Reconcile();
  EXPECT_EQ(answer.applied_count, 0);
  ASSERT_THAT(answer.opened, SizeIs(2));
  for (const domain::Break& found : answer.opened) {
    EXPECT_EQ(found.kind, BreakKind::kDuplicatePayment) << found.explanation;
    EXPECT_THAT(found.explanation, ::testing::HasSubstr("疑为重复支付"));
    ASSERT_TRUE(found.entry);
    EXPECT_EQ(found.demand, *found.entry == EntryOf("B4").id ? in_parts.id : of_sum.id);
  }
}

// Who the payer is is known even where nothing says what the money is for.
TEST_F(ReconcileTest, MoneyOfAKnownPayerIsNotCalledThatOfAnUnknownOne) {
  const domain::Demand person = IssueTo("冼小满", {}, "1111", {Yuan(6228)});
  const domain::Demand insurer = Issue("1112", {Yuan(6800)});
  Import({Credit(kDay, Yuan(6228), "B1", "冼小满", person.reference),
          Credit(kDay, Yuan(6800), "B2", kInsurer, insurer.reference)});
  Reconcile();
  Import({Credit(kDay + 2, Yuan(77), "B3", "冼小满", "往来"),
          Credit(kDay + 2, Yuan(78), "B4", kInsurer, "往来"),
          Credit(kDay + 2, Yuan(6228), "B5", "冼大满", "往来")});
  const app::ReconcileAnswer answer = Reconcile();
  ASSERT_THAT(answer.opened, SizeIs(3));
  for (const domain::Break& found : answer.opened) {
    EXPECT_EQ(found.kind, BreakKind::kUnknownPayment);
    EXPECT_EQ(found.explanation, found.entry == EntryOf("B5").id
                                     ? "付款人、编号和金额都找不到对应的追偿函。"
                                     : "付款人的追偿函均已付清，本笔款项用途不明。");
  }
}

TEST_F(ReconcileTest, TooMuchLeavesTheRestToAPerson) {
  const domain::Demand demand = Issue("1006", {Yuan(100)});
  const domain::Demand other = Issue("1007", {Yuan(70)});
  Import({Credit(kDay, Yuan(130), "B1", kInsurer, demand.reference)});
  Reconcile();
  ASSERT_THAT(Breaks(), SizeIs(1));
  const domain::Break overpaid = Breaks()[0];
  EXPECT_EQ(overpaid.kind, BreakKind::kOverpaid);
  EXPECT_EQ(overpaid.amount, Yuan(30));
  EXPECT_EQ(EntryOf("B1").state, StatementEntryState::kPartiallyApplied);
  EXPECT_EQ(ReasonOf(Resolve(overpaid, BreakResolution::kApply, {{other.id, Yuan(31)}}).status()),
            Reason::kAmountExceedsOpen);
  const auto part = Resolve(overpaid, BreakResolution::kApply, {{other.id, Yuan(10)}});
  ASSERT_TRUE(part.ok()) << part.status();
  EXPECT_EQ(part->finding.state, BreakState::kOpen);
  EXPECT_EQ(part->finding.amount, Yuan(20));
  EXPECT_THAT(Reconcile().closed, IsEmpty());
  ASSERT_TRUE(Resolve(overpaid, BreakResolution::kApply, {{other.id, Yuan(20)}}).ok());
  EXPECT_EQ(EntryOf("B1").state, StatementEntryState::kApplied);
  EXPECT_EQ(Now(other).open(), Yuan(40));
  Reconcile();
  EXPECT_THAT(Breaks(), IsEmpty());
}

TEST_F(ReconcileTest, TooLittleAfterTheDueDateIsABreakUntilItIsWrittenOff) {
  const domain::Demand demand = Issue("1008", {Yuan(3000)}, kDay);
  Import({Credit(kDay + 1, Yuan(1990), "B1", kInsurer, demand.reference)});
  const app::ReconcileAnswer answer = Reconcile();
  ASSERT_THAT(answer.opened, SizeIs(2));  // Underpaid, and the part that came was late.
  const auto of_kind = [&](BreakKind kind) {
    for (const domain::Break& b : Breaks()) {
      if (b.kind == kind) return b;
    }
    ADD_FAILURE();
    return domain::Break();
  };
  EXPECT_EQ(of_kind(BreakKind::kLatePayment).amount, Yuan(1990));
  const domain::Break underpaid = of_kind(BreakKind::kUnderpaid);
  EXPECT_EQ(underpaid.amount, Yuan(1010));
  // Above 1000 yuan a second person decides.
  const auto waiting = Resolve(underpaid, BreakResolution::kWriteOff);
  ASSERT_TRUE(waiting.ok()) << waiting.status();
  ASSERT_TRUE(waiting->approval.has_value());
  EXPECT_EQ(Now(demand).open(), Yuan(1010));
  EXPECT_EQ(ReasonOf(Resolve(underpaid, BreakResolution::kWriteOff).status()),
            Reason::kIllegalTransition);
  const auto approval = world_.Get<domain::Approval>(world_.pool.value, waiting->approval->value);
  EXPECT_EQ(approval.requested_by, world_.fund.actor);
  const auto done = world_.Run(world_.other_officer, [&](app::UnitOfWork& work) {
    return app::CompleteWriteOff(work, approval);
  });
  ASSERT_TRUE(done.ok()) << done;
  EXPECT_EQ(Now(demand).state, DemandState::kPaid);
  EXPECT_EQ(Now(demand).relinquished(), Yuan(1010));
  EXPECT_EQ(of_kind(BreakKind::kLatePayment).state, BreakState::kOpen);
  EXPECT_THAT(Breaks(), SizeIs(1));
}

TEST_F(ReconcileTest, MoneyThatCameIsNotSettledByWords) {
  Import({Credit(kDay, Money::Fen(1050), "B1", "不明单位", "往来")});
  const app::ReconcileAnswer answer = Reconcile();
  ASSERT_THAT(answer.opened, SizeIs(1));
  EXPECT_EQ(answer.opened[0].kind, BreakKind::kUnknownPayment);
  EXPECT_EQ(answer.unapplied, Money::Fen(1050));
  EXPECT_EQ(ReasonOf(Resolve(answer.opened[0], BreakResolution::kWriteOff).status()),
            Reason::kIllegalTransition);
  const absl::Status refused = Resolve(answer.opened[0], BreakResolution::kExplained).status();
  EXPECT_EQ(ReasonOf(refused), Reason::kIllegalTransition);
  const ErrorDetail detail = DetailOf(refused);
  ASSERT_THAT(detail.preconditions, SizeIs(1));
  EXPECT_THAT(detail.preconditions[0].description, HasSubstr("10.50 元待核销"));
  Reconcile();
  ASSERT_THAT(Breaks(), SizeIs(1));
  EXPECT_EQ(Breaks()[0].state, BreakState::kOpen);
  ASSERT_TRUE(Resolve(answer.opened[0], BreakResolution::kNotOurs).ok());
  EXPECT_THAT(Reconcile().opened, IsEmpty()) << "what is to be given back is decided on";
  EXPECT_EQ(EntryOf("B1").refundable, Money::Fen(1050));
}

// As hubs once let one person do: nothing would ever list the money again.
TEST_F(ReconcileTest, MoneyThatWasOnlyExplainedIsListedAgain) {
  Import({Credit(kDay, Yuan(50), "B1", "不明单位", "往来")});
  const domain::BreakId id = Reconcile().opened.at(0).id;
  const absl::Status stored = world_.Run(world_.fund, [&](app::UnitOfWork& work) -> absl::Status {
    auto explained = work.Get<domain::Break>(world_.pool.value, id.value);
    if (!explained.ok()) return explained.status();
    explained->state = BreakState::kResolved;
    explained->resolution = BreakResolution::kExplained;
    explained->resolved_by = world_.fund.actor;
    explained->resolved_time = world_.clock().Now();
    return app::PutBreak(work, *explained);
  });
  ASSERT_TRUE(stored.ok()) << stored;
  const app::ReconcileAnswer answer = Reconcile();
  ASSERT_THAT(answer.opened, SizeIs(1));
  EXPECT_EQ(answer.opened[0].id, id) << "it keeps its identity";
}

TEST_F(ReconcileTest, AReturnUndoesExactlyWhatThePaymentPaid) {
  const domain::Demand demand = Issue("1009", {Money::Fen(10001), Money::Fen(20002)});
  StatementEntry paid = Credit(kDay, Money::Fen(30003), "B1", kInsurer, demand.reference);
  paid.end_to_end_id = "E2E-9";
  Import({paid});
  Reconcile();
  ASSERT_EQ(Now(demand).state, DemandState::kPaid);
  StatementEntry returned = Debit(kDay + 2, Money::Fen(30003), "B2", kInsurer, "退汇");
  returned.end_to_end_id = "E2E-9";
  returned.return_reason = "AC04";
  Import({returned});
  const app::ReconcileAnswer answer = Reconcile();
  EXPECT_EQ(answer.explained_count, 1);
  EXPECT_EQ(Now(demand).state, DemandState::kAgreed);
  EXPECT_EQ(Now(demand).open(), Money::Fen(30003));
  EXPECT_EQ(EntryOf("B1").state, StatementEntryState::kReturned);
  EXPECT_EQ(EntryOf("B2").returns, EntryOf("B1").id);
  EXPECT_EQ(Balances().at(ledger::Account::kBank), Money());
  ASSERT_THAT(Breaks(), SizeIs(1));
  EXPECT_EQ(Breaks()[0].kind, BreakKind::kReturnedPayment);
  EXPECT_EQ(world_.All<domain::Recovery>(world_.pool.value).front().state,
            domain::RecoveryState::kDemanded);
  // Paid anew, the break goes.
  Import({Credit(kDay + 3, Money::Fen(30003), "B3", kInsurer, demand.reference)});
  Reconcile();
  EXPECT_EQ(Now(demand).state, DemandState::kPaid);
  EXPECT_THAT(Breaks(), IsEmpty());
}

TEST_F(ReconcileTest, WhatWasPassedOnCannotBeTakenBackFromTheAccount) {
  const domain::Demand demand = Issue("1010", {Yuan(100)});
  StatementEntry paid = Credit(kDay, Yuan(100), "B1", kInsurer, demand.reference);
  paid.end_to_end_id = "E2E-10";
  Import({paid});
  Reconcile();
  const auto passed = world_.Run(world_.fund, [&](app::UnitOfWork& work) {
    return app::PassOnOf({world_.pool, {}, kDay + 2, "P1"}, work);
  });
  ASSERT_TRUE(passed.ok()) << passed.status();
  EXPECT_EQ(passed->amount, Yuan(100));
  EXPECT_EQ(Balances().at(ledger::Account::kBank), Money());
  const auto again = world_.Run(world_.fund, [&](app::UnitOfWork& work) {
    return app::PassOnOf({world_.pool, {demand.id}, kDay + 2, ""}, work);
  });
  EXPECT_EQ(ReasonOf(again.status()), Reason::kIllegalTransition);
  StatementEntry returned = Debit(kDay + 3, Yuan(100), "B2", kInsurer, "退汇");
  returned.end_to_end_id = "E2E-10";
  returned.return_reason = "AC04";
  Import({returned});
  const app::ReconcileAnswer answer = Reconcile();
  ASSERT_THAT(answer.opened, SizeIs(1));
  EXPECT_THAT(answer.opened[0].explanation, ::testing::HasSubstr("已上解"));
  EXPECT_EQ(EntryOf("B2").state, StatementEntryState::kUnmatched);
  EXPECT_EQ(Now(demand).state, DemandState::kPaid);

  // A person says whose money it was: the pool owes it to the account, the debtor owes it again.
  const auto taken_back = world_.Run(world_.fund, [&](app::UnitOfWork& work) {
    return app::ResolveBreakOf({.pool = world_.pool,
                                .finding = answer.opened[0].id,
                                .etag = "",
                                .kind = BreakResolution::kApply,
                                .applications = {{demand.id, Yuan(100)}},
                                .settlement_batch = {},
                                .reason = "收款账户已销户",
                                .split = {},
                                .evidence = {}},
                               work);
  });
  ASSERT_TRUE(taken_back.ok()) << taken_back.status();
  EXPECT_EQ(Now(demand).open(), Yuan(100));
  EXPECT_EQ(Now(demand).state, DemandState::kAgreed);
  EXPECT_EQ(EntryOf("B2").returns, EntryOf("B1").id);
  EXPECT_EQ(Balances().at(ledger::Account::kPassedOnToPool), Money());
  EXPECT_EQ(Balances().at(ledger::Account::kDelivered), Money());
  EXPECT_EQ(world_.All<domain::Recovery>(world_.pool.value).front().state,
            domain::RecoveryState::kDemanded);
  EXPECT_THAT(Reconcile().opened, IsEmpty()) << "the debit is posted";
}

TEST_F(ReconcileTest, ADebitNobodyKnowsIsABreakUntilItIsExplained) {
  Import({Credit(kDay, Yuan(50), "B1", "不明单位", "")});
  Reconcile();
  Import({Debit(kDay + 2, Yuan(20), "B2", "某银行", "手续费")});
  const app::ReconcileAnswer answer = Reconcile();
  ASSERT_THAT(answer.opened, SizeIs(1));
  EXPECT_EQ(answer.opened[0].kind, BreakKind::kUnknownDebit);
  EXPECT_EQ(Balances().at(ledger::Account::kBank), Yuan(50)) << "not posted while unexplained";
  EXPECT_EQ(ReasonOf(Resolve(answer.opened[0], BreakResolution::kRefund).status()),
            Reason::kIllegalTransition);
  ASSERT_TRUE(Resolve(answer.opened[0], BreakResolution::kExplained).ok());
  EXPECT_EQ(EntryOf("B2").state, StatementEntryState::kApplied);
  Reconcile();
}

TEST_F(ReconcileTest, AStaleEtagIsRefused) {
  Import({Credit(kDay, Yuan(50), "B1", "不明单位", "")});
  const domain::Break finding = Reconcile().opened.at(0);
  const auto assign = [&](const std::string& etag) {
    return world_.Run(world_.fund, [&](app::UnitOfWork& work) {
      return app::AssignBreakOf({world_.pool, finding.id, etag, "fund/pudong/li-hua", {}}, work);
    });
  };
  const auto assigned = assign(absl::StrCat("v", finding.version));
  ASSERT_TRUE(assigned.ok()) << assigned.status();
  EXPECT_EQ(assigned->state, BreakState::kInvestigating);
  EXPECT_EQ(ReasonOf(assign(absl::StrCat("v", finding.version)).status()), Reason::kEtagMismatch);
}

}  // namespace
}  // namespace recoup::testing
