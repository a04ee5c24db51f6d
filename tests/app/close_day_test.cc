// The close of a day: bank and books bridged to the fen, the chain from day to day, and what keeps
// a day open. Also what persons do with breaks and matches in between.
#include "hub/app/close_day.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "hub/app/decide_approval.h"
#include "hub/app/pass_on.h"
#include "hub/app/resolve_break.h"
#include "hub/app/unmatch_entry.h"
#include "hub/base/error.h"
#include "hub/crypto/sha256.h"
#include "tests/app/bank_days.h"

namespace recoup::testing {
namespace {

using domain::BreakResolution;
using domain::BreakState;
using domain::Money;
using domain::StatementEntry;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

class CloseDayTest : public BankDaysTest {
 protected:
  app::PreparedClose Prepare(absl::CivilDay day) {
    app::PreparedClose out;
    world_.Read([&](app::RecordReader& reader) {
      const auto prepared = app::PrepareClose(reader, {world_.pool, day}, world_.today());
      ASSERT_TRUE(prepared.ok()) << prepared.status();
      const auto journal = world_.store().Snapshot();
      ASSERT_TRUE(journal.ok()) << journal.status();
      const auto at_once =
          app::PrepareClose(reader, {world_.pool, day}, world_.today(), journal->get());
      ASSERT_TRUE(at_once.ok()) << at_once.status();
      EXPECT_EQ(at_once->report.text, prepared->report.text) << "read on two threads";
      EXPECT_EQ(at_once->report.obstacles, prepared->report.obstacles);
      out = *prepared;
    });
    return out;
  }
  absl::StatusOr<domain::DayClose> Record(const app::PreparedClose& prepared, absl::CivilDay day) {
    return world_.Run(world_.fund, [&](app::UnitOfWork& work) {
      return app::CloseDayOf({world_.pool, day}, prepared, world_.engine().signing_key(), work);
    });
  }
  absl::StatusOr<domain::DayClose> Close() {
    return Record(Prepare(world_.today()), world_.today());
  }
  bool Verified(const domain::DayClose& close) {
    bool verified = false;
    world_.Read([&](app::RecordReader& reader) {
      const auto answer =
          app::VerifyClose(reader, close, world_.engine().signing_key().verify_key());
      ASSERT_TRUE(answer.ok()) << answer.status();
      verified = *answer;
    });
    return verified;
  }
  void SignAsTheHub(domain::DayClose& close) {
    close.report_sha256 = crypto::ToHex(crypto::Sha256(close.report));
    const crypto::Signature signature = world_.engine().signing_key().Sign(close.report);
    close.signature.assign(signature.begin(), signature.end());
  }
  void Assign(const domain::Break& finding) {
    const auto assigned = world_.Run(world_.fund, [&](app::UnitOfWork& work) {
      return app::AssignBreakOf({.pool = world_.pool,
                                 .finding = finding.id,
                                 .etag = "",
                                 .owner = "fund/pudong/li-fang",
                                 .evidence = {"电话记录"}},
                                work);
    });
    ASSERT_TRUE(assigned.ok()) << assigned.status();
  }

  absl::StatusOr<app::ResolveBreakAnswer> Resolve(const domain::Break& finding,
                                                  BreakResolution kind,
                                                  std::vector<Money> split = {}) {
    return world_.Run(world_.fund, [&](app::UnitOfWork& work) {
      return app::ResolveBreakOf({.pool = world_.pool,
                                  .finding = finding.id,
                                  .etag = "",
                                  .kind = kind,
                                  .applications = {},
                                  .settlement_batch = {},
                                  .reason = "已核实",
                                  .split = split,
                                  .evidence = {"来函2026-17"}},
                                 work);
    });
  }
};

TEST_F(CloseDayTest, BankAndBooksAreBridgedAndTheNextDayContinues) {
  const domain::Demand demand = Issue("3001", Yuan(400));
  Import({Credit(world_.today(), Yuan(300), "B1", kPayer, demand.reference)});
  Reconcile();
  const auto first = Close();
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ(first->bank, Yuan(305));
  EXPECT_EQ(first->books, Yuan(300));
  EXPECT_EQ(first->explained, Yuan(5));
  EXPECT_THAT(first->report, HasSubstr("核销 300.00\n"));
  EXPECT_THAT(first->report, HasSubstr("0-30 1 100.00\n"));
  EXPECT_THAT(first->report, HasSubstr("建账前余额 *0001 5.00\n"));
  EXPECT_THAT(first->report, HasSubstr("未解释 0.00\n"));
  EXPECT_THAT(first->report, Not(HasSubstr(kPayer)));
  EXPECT_TRUE(Verified(*first));

  NextDay();
  const auto passed = world_.Run(world_.fund, [&](app::UnitOfWork& work) {
    return app::PassOnOf({world_.pool, {}, world_.today(), "P1"}, work);
  });
  ASSERT_TRUE(passed.ok()) << passed.status();
  Import({});
  const auto second = Close();
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_EQ(second->previous_sha256, first->report_sha256);
  EXPECT_EQ(second->bank, Yuan(305));
  EXPECT_EQ(second->books, Money());
  EXPECT_THAT(second->report, HasSubstr("已上解银行未付 事件"));
  EXPECT_THAT(second->report, HasSubstr("现金:银行存款 300.00 0.00 300.00 0.00\n"));

  // The bank pays it out the day after: nothing is in transit any more, and no break is needed.
  NextDay();
  Import({Debit(world_.today(), Yuan(300), "P1", "市医保中心", "上解")});
  Reconcile();
  const auto third = Close();
  ASSERT_TRUE(third.ok()) << third.status();
  EXPECT_EQ(third->bank, Yuan(5));
  EXPECT_THAT(Open(), IsEmpty());
  EXPECT_THAT(third->report, Not(HasSubstr("已上解银行未付")));
  for (const auto& close : {*first, *second, *third}) EXPECT_TRUE(Verified(close));
}

// Money that was passed on goes back to the payer's bank: a person says whose it was, the pool owes
// it to the account, and its next money comes short by it.
TEST_F(CloseDayTest, APaymentThatIsReturnedAfterItWasPassedOnIsTakenFromThePoolAgain) {
  const domain::Demand returned = Issue("3002", Yuan(100));
  const domain::Demand other = Issue("3003", Yuan(250));
  const auto pass_on = [&] {
    const auto passed = world_.Run(world_.fund, [&](app::UnitOfWork& work) {
      return app::PassOnOf({world_.pool, {}, world_.today(), ""}, work);
    });
    ASSERT_TRUE(passed.ok()) << passed.status();
  };
  const auto resolve = [&](const domain::Break& finding,
                           std::vector<app::ResolveBreak::Part> parts) {
    return world_.Run(world_.fund, [&](app::UnitOfWork& work) {
      return app::ResolveBreakOf({.pool = world_.pool,
                                  .finding = finding.id,
                                  .etag = "",
                                  .kind = BreakResolution::kApply,
                                  .applications = parts,
                                  .settlement_batch = {},
                                  .reason = "银行退汇",
                                  .split = {},
                                  .evidence = {}},
                                 work);
    });
  };
  Import({Credit(world_.today(), Yuan(100), "B1", kPayer, returned.reference),
          Credit(world_.today(), Yuan(500), "B0", "不明单位", "往来")});
  Reconcile();
  pass_on();
  NextDay();
  Import({Debit(world_.today(), Yuan(100), "P1", "市医保中心", "上解")});
  NextDay();
  StatementEntry back = Debit(world_.today(), Yuan(100), "B2", kPayer, "退汇");
  back.return_reason = "AC04";
  Import({back});
  Reconcile();
  std::vector<domain::Break> open = Open();
  std::erase_if(open, [&](const domain::Break& b) { return *b.entry != EntryOf("B2").id; });
  ASSERT_EQ(open.size(), 1u);
  EXPECT_EQ(resolve(open[0], {{returned.id, Yuan(99)}}).status().code(),
            absl::StatusCode::kFailedPrecondition)
      << "less than the debit";
  EXPECT_EQ(resolve(open[0], {{other.id, Yuan(100)}}).status().code(),
            absl::StatusCode::kFailedPrecondition)
      << "nobody paid it";
  const auto resolved = resolve(open[0], {{returned.id, Yuan(100)}});
  ASSERT_TRUE(resolved.ok()) << resolved.status();
  EXPECT_EQ(resolved->finding.state, BreakState::kResolved);
  const auto demand = world_.Get<domain::Demand>(world_.pool.value, returned.id.value);
  EXPECT_EQ(demand.open(), Yuan(100)) << "the debtor owes it again";
  EXPECT_EQ(demand.applied(), Money());
  EXPECT_EQ(EntryOf("B1").state, domain::StatementEntryState::kReturned);
  EXPECT_EQ(EntryOf("B2").returns, EntryOf("B1").id);
  EXPECT_FALSE(resolve(open[0], {{returned.id, Yuan(100)}}).ok()) << "once only";
  Reconcile();
  const auto owing = Close();
  ASSERT_TRUE(owing.ok()) << owing.status();
  EXPECT_THAT(owing->report, HasSubstr("基金应退回未抵扣 事件"));
  EXPECT_THAT(owing->report, HasSubstr("未解释 0.00\n"));
  EXPECT_EQ(owing->bank, Yuan(405)) << "the bank gave back what the pool had got";
  EXPECT_EQ(owing->books, Yuan(500));

  // The next money of the pool is paid out less what it owes.
  NextDay();
  Import({Credit(world_.today(), Yuan(250), "B3", kPayer, other.reference)});
  Reconcile();
  pass_on();
  NextDay();
  Import({Debit(world_.today(), Yuan(150), "P2", "市医保中心", "上解")});
  Reconcile();
  const auto even = Close();
  ASSERT_TRUE(even.ok()) << even.status();
  EXPECT_THAT(even->report, Not(HasSubstr("基金应退回未抵扣")));
  EXPECT_THAT(even->report, Not(HasSubstr("已上解银行未付")));
  EXPECT_EQ(even->bank, Yuan(505));
  EXPECT_EQ(even->books, Yuan(500));
  for (const auto& close : {*owing, *even}) EXPECT_TRUE(Verified(close));
}

TEST_F(CloseDayTest, ADayStaysOpenWhileSomethingIsUnexplained) {
  Import({Credit(world_.today(), Yuan(10), "B1", "不明单位", "往来"),
          Debit(world_.today(), Yuan(3), "B2", "银行", "手续费")});
  // Not reconciled: neither credit nor debit is spoken of.
  auto prepared = Prepare(world_.today());
  EXPECT_THAT(prepared.report.obstacles, SizeIs(3));
  EXPECT_EQ(prepared.report.unexplained, -Yuan(3));
  const auto refused = Record(prepared, world_.today());
  EXPECT_EQ(ReasonOf(refused.status()), Reason::kIllegalTransition);
  EXPECT_THAT(DetailOf(refused.status()).preconditions, SizeIs(3));
  Reconcile();
  EXPECT_TRUE(Close().ok());

  // The bank's balance jumps: a statement is missing.
  NextDay();
  Import({}, Yuan(7));
  prepared = Prepare(world_.today());
  EXPECT_EQ(prepared.report.unexplained, Yuan(7));
  EXPECT_EQ(ReasonOf(Record(prepared, world_.today()).status()), Reason::kIllegalTransition);
}

TEST_F(CloseDayTest, ADayWithoutAStatementIsNotClosed) {
  Import({});
  NextDay();
  EXPECT_THAT(Prepare(world_.today()).report.obstacles, SizeIs(1));
  NextDay();
  Import({});
  EXPECT_TRUE(Close().ok());
}

TEST_F(CloseDayTest, DaysAreClosedOnceAndInOrder) {
  Import({});
  const app::PreparedClose prepared = Prepare(world_.today());
  ASSERT_TRUE(Record(prepared, world_.today()).ok());
  // Prepared before, recorded after another close.
  EXPECT_EQ(ReasonOf(Record(prepared, world_.today()).status()), Reason::kIllegalTransition);
  world_.Read([&](app::RecordReader& reader) {
    for (const int days : {-1, 0, 1}) {  // A day before, the same day, a day to come.
      const auto again =
          app::PrepareClose(reader, {world_.pool, world_.today() + days}, world_.today());
      EXPECT_EQ(ReasonOf(again.status()), Reason::kIllegalTransition) << days;
    }
  });
}

TEST_F(CloseDayTest, TheSameCutGivesTheSameBytesAndForgeriesAreFound) {
  const domain::Demand demand = Issue("3001", Yuan(400));
  Import({Credit(world_.today(), Yuan(300), "B1", kPayer, demand.reference)});
  Reconcile();
  EXPECT_EQ(Prepare(world_.today()).report.text, Prepare(world_.today()).report.text);
  const domain::DayClose close = *Close();
  // What is posted later changes nothing of it.
  Issue("3002", Yuan(70));
  EXPECT_TRUE(Verified(close));
  domain::DayClose forged = close;
  forged.report += " ";
  EXPECT_FALSE(Verified(forged));
  forged = close;
  forged.signature[0] = static_cast<char>(forged.signature[0] ^ 1);
  EXPECT_FALSE(Verified(forged));
  forged = close;
  forged.previous_sha256 = close.report_sha256;
  EXPECT_FALSE(Verified(forged));
  forged = close;
  forged.cut -= 1;
  EXPECT_FALSE(Verified(forged));
}

// Everything of the report follows from what was there at the cut, whatever became of it later.
TEST_F(CloseDayTest, WhatComesOrIsDecidedLaterChangesNoClosedDay) {
  const domain::Demand demand = Issue("3001", Yuan(400));
  Import({Credit(world_.today(), Yuan(300), "B1", kPayer, demand.reference),
          Credit(world_.today(), Yuan(10), "B2", "不明单位", "往来"),
          Debit(world_.today(), Yuan(3), "B3", "银行", "手续费")});
  Reconcile();
  const absl::CivilDay first_day = world_.today();
  const domain::DayClose first = *Close();
  EXPECT_TRUE(Verified(first));

  NextDay();
  // Breaks are resolved or change hands, a debit is explained, and the bank sends what it had
  // forgotten of the day that is closed.
  for (const domain::Break& finding : Open()) {
    const bool debit = finding.entry == EntryOf("B3").id;
    ASSERT_TRUE(
        Resolve(finding, debit ? BreakResolution::kExplained : BreakResolution::kRefund).ok());
  }
  EXPECT_TRUE(Verified(first));
  auto forgotten = StatementOf(world_.pool, "nachtrag", balance_, first_day, first_day,
                               {Credit(first_day, Yuan(20), "B4", "不明单位", "补记")});
  balance_ = forgotten.statement.closing;
  const auto imported = world_.Run(
      world_.fund, [&](app::UnitOfWork& work) { return app::ImportStatementOf(forgotten, work); });
  ASSERT_TRUE(imported.ok()) << imported.status();
  EXPECT_TRUE(Verified(first));
  Import({});
  Reconcile();
  EXPECT_TRUE(Verified(first));

  // The next close says what came late, the one after it no longer.
  const auto second = Close();
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_THAT(second->report,
              HasSubstr(absl::StrCat(EntryOf("B4").id.ToString(), " ",
                                     absl::FormatCivilTime(first_day), " 20.00\n")));
  EXPECT_THAT(first.report, Not(HasSubstr("[补记]")));
  NextDay();
  Import({});
  const auto third = Close();
  ASSERT_TRUE(third.ok()) << third.status();
  EXPECT_THAT(third->report, Not(HasSubstr("[补记]")));
  for (const auto& close : {first, *second, *third}) EXPECT_TRUE(Verified(close));
}

// The bank half is compared too: a report that was made from other statements is found, though the
// hub itself signed it.
TEST_F(CloseDayTest, AForgedBankHalfIsFound) {
  Import({Credit(world_.today(), Yuan(10), "B1", "不明单位", "往来")});
  Reconcile();
  domain::DayClose forged = *Close();
  const std::string mask = "不明来款";
  forged.report.replace(forged.report.find(mask), mask.size(), "流水断档");
  SignAsTheHub(forged);
  EXPECT_FALSE(Verified(forged));
}

// What people read has names they know; days that were closed before these were used are made again
// as they were written.
TEST_F(CloseDayTest, AReportIsInChineseAndAnOlderOneIsStillProven) {
  Import({Credit(world_.today(), Yuan(10), "B1", "不明单位", "往来")});
  Reconcile();
  domain::DayClose close = *Close();
  EXPECT_THAT(close.report, StartsWith("日结单 2\n"));
  for (const char* code : {"tracking:", "cash:", "UNKNOWN_PAYMENT"}) {
    EXPECT_THAT(close.report, Not(HasSubstr(code)));
  }
  EXPECT_THAT(close.report,
              AllOf(HasSubstr("现金:待核销 0.00 0.00 10.00 -10.00\n"), HasSubstr(" 不明来款 ")));
  domain::DayClose older = close;
  std::vector<std::pair<std::string, std::string>> codes = {{"日结单 2\n", "日结单 1\n"},
                                                            {"不明来款", "UNKNOWN_PAYMENT"}};
  for (const domain::EnumRow& row : domain::EnumRows<ledger::Account>::kRows) {
    const auto account = static_cast<ledger::Account>(row.number);
    codes.emplace_back(reconcile::WordOf(reconcile::DayLayout::kSecond, account), row.wire_name);
  }
  older.report = absl::StrReplaceAll(close.report, codes);
  ASSERT_NE(older.report, close.report);
  SignAsTheHub(older);
  EXPECT_TRUE(Verified(older)) << older.report;
  older.report.replace(older.report.find("日结单 1"), std::string("日结单 1").size(), "日结单 3");
  SignAsTheHub(older);
  EXPECT_FALSE(Verified(older)) << "nobody knows how that was written";
}

TEST_F(CloseDayTest, BreaksKeepTheirIdentityFromDayToDay) {
  Import({Credit(world_.today(), Yuan(10), "B1", "不明单位", "往来")});
  Reconcile();
  const domain::Break finding = Open().front();
  EXPECT_EQ(finding.grace_until, world_.today() + 5);
  const std::string id = finding.id.ToString();
  EXPECT_THAT(Close()->report, HasSubstr("新增 " + id));
  NextDay();
  Import({});
  EXPECT_THAT(Close()->report, HasSubstr("持续 " + id));
  ASSERT_TRUE(Resolve(finding, BreakResolution::kRefund).ok());
  NextDay();
  Import({});
  EXPECT_THAT(Close()->report, HasSubstr("已解决 " + id));
  NextDay();
  Import({});
  EXPECT_THAT(Close()->report, Not(HasSubstr(id)));
}

TEST_F(CloseDayTest, ABreakIsSplitIntoPartsThatSumToIt) {
  Import({Credit(world_.today(), Yuan(10), "B1", "不明单位", "往来")});
  Reconcile();
  const domain::Break whole = Open().front();
  for (const std::vector<Money>& parts :
       {std::vector{Yuan(10)}, {Yuan(4), Yuan(5)}, {Yuan(11), -Yuan(1)}}) {
    const absl::Status refused = Resolve(whole, BreakResolution::kSplit, parts).status();
    EXPECT_EQ(ReasonOf(refused), Reason::kInvalidArgument);
  }
  const ErrorDetail wrong_sum =
      DetailOf(Resolve(whole, BreakResolution::kSplit, {Yuan(4), Yuan(5)}).status());
  ASSERT_THAT(wrong_sum.faults, SizeIs(1));
  EXPECT_EQ(wrong_sum.faults[0].field, "split_fen");
  EXPECT_EQ(wrong_sum.faults[0].description, "the parts sum to 9.00 yuan, the break is 10.00 yuan");
  Assign(whole);
  ASSERT_TRUE(Resolve(whole, BreakResolution::kSplit, {Yuan(4), Yuan(6)}).ok());
  ASSERT_THAT(Open(), SizeIs(2));
  for (const domain::Break& part : Open()) {
    EXPECT_EQ(part.split_from, whole.id);
    EXPECT_EQ(part.owner, "fund/pudong/li-fang");
    EXPECT_THAT(part.evidence, ::testing::ElementsAre("电话记录", "来函2026-17"));
  }
  EXPECT_EQ(Open()[0].amount + Open()[1].amount, whole.amount);
  Reconcile();
  EXPECT_THAT(Open(), SizeIs(2)) << "a run must not open the whole again";
  ASSERT_TRUE(Resolve(Open()[0], BreakResolution::kRefund).ok());
  EXPECT_EQ(EntryOf("B1").refundable, Yuan(4));
  // The part that is left is all that is open, and stays it, until it is dealt with too.
  Reconcile();
  ASSERT_THAT(Open(), SizeIs(1)) << "one difference is one open break";
  EXPECT_EQ(Open()[0].amount, Yuan(6));
  EXPECT_EQ(Open()[0].split_from, whole.id);
  ASSERT_TRUE(Resolve(Open()[0], BreakResolution::kSplit, {Yuan(1), Yuan(5)}).ok());
  Reconcile();
  ASSERT_THAT(Open(), SizeIs(2));
  EXPECT_EQ(ReasonOf(Resolve(Open()[0], BreakResolution::kExplained).status()),
            Reason::kIllegalTransition)
      << "a part is money like the whole";
  ASSERT_TRUE(Resolve(Open()[0], BreakResolution::kRefund).ok());
  ASSERT_TRUE(Resolve(Open()[0], BreakResolution::kRefund).ok());
  Reconcile();
  EXPECT_THAT(Open(), IsEmpty());
  EXPECT_EQ(EntryOf("B1").refundable, Yuan(10));
}

// While a part waits for its approval the rest is not found anew.
TEST_F(CloseDayTest, APartThatWaitsForAnApprovalStaysTheOnlyOne) {
  Import({Credit(world_.today(), Yuan(1500), "B1", "陌生人", "无")});
  Reconcile();
  ASSERT_TRUE(Resolve(Open().front(), BreakResolution::kSplit, {Yuan(600), Yuan(900)}).ok());
  ASSERT_TRUE(Resolve(Open()[0], BreakResolution::kRefund).ok());
  const auto waits = Resolve(Open()[0], BreakResolution::kRefund);
  ASSERT_TRUE(waits.ok() && waits->approval.has_value()) << waits.status();
  Reconcile();
  ASSERT_THAT(Open(), SizeIs(1));
  EXPECT_EQ(Open()[0].amount, Yuan(900));
}

// A debit that may be the return of a payment surely is none once part of that went back otherwise:
// one break all the time, with the officer who had it.
TEST_F(CloseDayTest, ADifferenceThatChangesItsKindIsOneOpenBreak) {
  Import({Credit(world_.today(), Yuan(10), "B1", "陌生人", "无")});
  Reconcile();
  const domain::Break credit = Open().front();
  NextDay();
  Import({Debit(world_.today(), Yuan(10), "D1", "陌生人", "退款")});
  Reconcile();
  const auto of_debit = [&] {
    std::vector<domain::Break> open = Open();
    std::erase_if(open, [&](const domain::Break& one) { return one.entry != EntryOf("D1").id; });
    return open;
  };
  ASSERT_THAT(of_debit(), SizeIs(1));
  ASSERT_EQ(of_debit()[0].kind, domain::BreakKind::kReturnedPayment);
  Assign(of_debit()[0]);
  ASSERT_TRUE(Resolve(credit, BreakResolution::kSplit, {Yuan(4), Yuan(6)}).ok());
  for (const domain::Break& part : Open()) {
    if (part.amount == Yuan(4)) {
      ASSERT_TRUE(Resolve(part, BreakResolution::kRefund).ok());
    }
  }
  Reconcile();
  ASSERT_THAT(of_debit(), SizeIs(1));
  EXPECT_EQ(of_debit()[0].kind, domain::BreakKind::kUnknownDebit);
  EXPECT_EQ(of_debit()[0].owner, "fund/pudong/li-fang");
  EXPECT_THAT(of_debit()[0].evidence, SizeIs(1));
  Reconcile();
  EXPECT_THAT(of_debit(), SizeIs(1));
}

// 1,000 yuan of an entry may be given back by one officer (refund.two_person_limit_fen).
TEST_F(CloseDayTest, SplittingABreakDoesNotSplitTheLimit) {
  Import({Credit(world_.today(), Yuan(3000), "B1", "不明单位", "往来")});
  Reconcile();
  const domain::Break whole = Open().front();
  ASSERT_TRUE(Resolve(whole, BreakResolution::kSplit, {Yuan(1000), Yuan(1000), Yuan(1000)}).ok());
  const std::vector<domain::Break> parts = Open();
  ASSERT_THAT(parts, SizeIs(3));
  const auto alone = Resolve(parts[0], BreakResolution::kRefund);
  ASSERT_TRUE(alone.ok()) << alone.status();
  EXPECT_FALSE(alone->approval.has_value());
  for (const BreakResolution kind : {BreakResolution::kRefund, BreakResolution::kNotOurs}) {
    const auto waits = Resolve(kind == BreakResolution::kRefund ? parts[1] : parts[2], kind);
    ASSERT_TRUE(waits.ok()) << waits.status();
    EXPECT_TRUE(waits->approval.has_value());
  }
  EXPECT_EQ(EntryOf("B1").refundable, Yuan(1000));
}

TEST_F(CloseDayTest, ALargeRefundWaitsForASecondPerson) {
  Import({Credit(world_.today(), Yuan(1001), "B1", "不明单位", "往来")});
  Reconcile();
  const domain::Break finding = Open().front();
  const auto waiting = Resolve(finding, BreakResolution::kRefund);
  ASSERT_TRUE(waiting.ok()) << waiting.status();
  ASSERT_TRUE(waiting->approval.has_value());
  EXPECT_EQ(EntryOf("B1").refundable, Money());
  EXPECT_EQ(Open().front().evidence, std::vector<std::string>{"来函2026-17"});
  const auto decide = [&](const app::Caller& officer, bool approve) {
    return world_.Run(officer, [&](app::UnitOfWork& work) {
      return app::DecideApprovalOf({.pool = world_.pool,
                                    .approval = *waiting->approval,
                                    .approve = approve,
                                    .reason = "同意"},
                                   work);
    });
  };
  EXPECT_EQ(ReasonOf(decide(world_.fund, true).status()), Reason::kSamePersonMayNotApprove);
  const auto approved = decide(world_.other_officer, true);
  ASSERT_TRUE(approved.ok()) << approved.status();
  EXPECT_EQ(EntryOf("B1").refundable, Yuan(1001));
  EXPECT_THAT(Open(), IsEmpty());
}

TEST_F(CloseDayTest, AMatchTakenBackStaysWithAPerson) {
  const domain::Demand demand = Issue("3001", Yuan(400));
  Import({Credit(world_.today(), Yuan(400), "B1", kPayer, demand.reference)});
  Reconcile();
  const auto unmatch = [&](Money amount) {
    return world_.Run(world_.fund, [&](app::UnitOfWork& work) {
      return app::UnmatchEntryOf({world_.pool, EntryOf("B1").id, demand.id, amount, "付款人更正"},
                                 work);
    });
  };
  EXPECT_EQ(ReasonOf(unmatch(Yuan(401)).status()), Reason::kAmountExceedsOpen);
  const auto answer = unmatch(Money());
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->finding.amount, Yuan(400));
  EXPECT_EQ(world_.Get<domain::Demand>(world_.pool.value, demand.id.value).open(), Yuan(400));
  Reconcile();
  EXPECT_EQ(EntryOf("B1").unapplied, Yuan(400)) << "a run made the same match again";
  EXPECT_THAT(Open(), SizeIs(1));
  EXPECT_EQ(ReasonOf(unmatch(Money()).status()), Reason::kAmountExceedsOpen);
}

}  // namespace
}  // namespace recoup::testing
