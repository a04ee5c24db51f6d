// An insurer's clocks run from what happened to its demand, and end with it.
#include "hub/app/insurer_clocks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hub/app/demand_answers.h"
#include "hub/app/stage_moves.h"
#include "hub/base/status.h"
#include "hub/ledger/movements.h"
#include "tests/app/debtor_story.h"

namespace recoup::testing {
namespace {

using app::InsurerClock;
using app::InsurerClockKind;
using domain::Demand;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

class InsurerClocksTest : public ::testing::Test {
 protected:
  // Kind and days until the end, counted from the first day of the story.
  std::vector<std::pair<InsurerClockKind, std::int64_t>> Clocks(const Demand& demand) {
    std::vector<std::pair<InsurerClockKind, std::int64_t>> out;
    for (const InsurerClock& clock : Full(demand)) {
      if (clock.kind != InsurerClockKind::kDue) out.emplace_back(clock.kind, clock.due_on - start_);
    }
    return out;
  }

  std::vector<InsurerClock> Full(const Demand& demand) {
    std::vector<InsurerClock> out;
    story_.Read([&](app::RecordReader& reader) {
      const auto clocks =
          app::ClocksOf(reader.view(), story_.Stored(demand), domain::NationalPolicyData());
      ASSERT_TRUE(clocks.ok()) << clocks.status();
      out = *clocks;
    });
    return out;
  }

  void Days(int days) { story_.clock().Advance(absl::Hours(24 * days)); }

  template <typename Command>
  void Answer(const Demand& demand, Command command,
              absl::StatusOr<Demand> (*run)(const Command&, app::UnitOfWork&)) {
    command.pool = demand.pool;
    command.demand = demand.id;
    command.happened = story_.clock().Now();
    const auto answer =
        story_.Run(story_.insurer, [&](app::UnitOfWork& work) { return run(command, work); });
    ASSERT_TRUE(answer.ok()) << answer.status();
  }

  DebtorStory story_;
  const absl::CivilDay start_ = story_.today();
};

TEST_F(InsurerClocksTest, UndecidedDemandsRunFromTheirReceipt) {
  const Demand demand = story_.IssueNew("insurer/huaan");
  EXPECT_THAT(Clocks(demand), ElementsAre(Pair(InsurerClockKind::kDecide, 30),
                                          Pair(InsurerClockKind::kUndisputedPart, 60)));
  Days(4);
  Answer(demand, app::AcknowledgeDemand{}, app::AcknowledgeDemandOf);
  EXPECT_THAT(Clocks(demand), ElementsAre(Pair(InsurerClockKind::kDecide, 34),
                                          Pair(InsurerClockKind::kUndisputedPart, 64)));
  const std::vector<InsurerClock> clocks = Full(demand);
  EXPECT_EQ(clocks[0].started_on, start_ + 4);
  EXPECT_EQ(clocks[0].amount, demand.amount);
  EXPECT_NE(clocks[0].source, "");
  EXPECT_EQ(clocks.back().kind, InsurerClockKind::kDue);
  EXPECT_EQ(clocks.back().due_on, demand.due_on);
}

TEST_F(InsurerClocksTest, WhatIsAcceptedIsToBePaidAndWhatIsDisputedHasNoClock) {
  const Demand demand = story_.IssueNew("insurer/huaan");
  Days(5);
  app::AcceptDemand part;
  part.amount = Fen(10'000);
  part.text = "其余部分与事故无关";
  Answer(demand, part, app::AcceptDemandOf);
  // The rest is disputed, so nothing of it can be determined.
  EXPECT_THAT(Clocks(demand), ElementsAre(Pair(InsurerClockKind::kPay, 15)));
  EXPECT_EQ(Full(demand)[0].amount, Fen(10'000));
  Days(1);
  Answer(demand, app::AcceptDemand{}, app::AcceptDemandOf);
  EXPECT_THAT(Clocks(demand), ElementsAre(Pair(InsurerClockKind::kPay, 16)));
}

// A payment that is taken back leaves open what was accepted long before.
TEST_F(InsurerClocksTest, APaymentTakenBackDoesNotStartTheClockAgain) {
  const Demand demand = story_.IssueNew("insurer/huaan", {15'001});
  Days(5);
  Answer(demand, app::AcceptDemand{}, app::AcceptDemandOf);
  const auto move = [&](bool pay) {
    return story_.Run(story_.fund, [&](app::UnitOfWork& work) -> absl::Status {
      RECOUP_ASSIGN_OR_RETURN(app::LoadedDemand loaded,
                              app::LoadDemand(work, demand.pool, demand.id));
      const domain::StatementEntryId entry;
      ledger::Postings postings;
      if (pay) ledger::Receive(entry, Fen(15'001), postings);
      RECOUP_RETURN_IF_ERROR((pay ? ledger::Apply : ledger::Unapply)(
          loaded.advances[0], loaded.demand.lines[0], demand.id, domain::Stage::kAgreed, entry,
          Fen(15'001), postings));
      RECOUP_RETURN_IF_ERROR(app::PostMovement(work, demand.pool, postings,
                                               loaded.advance_pointers(), {&loaded.demand}));
      app::StoreDemand(work, loaded);
      return absl::OkStatus();
    });
  };
  Days(2);
  ASSERT_TRUE(move(/*pay=*/true).ok());
  EXPECT_THAT(Clocks(demand), IsEmpty());
  Days(30);
  ASSERT_TRUE(move(/*pay=*/false).ok());
  EXPECT_THAT(Clocks(demand), ElementsAre(Pair(InsurerClockKind::kPay, 15)));
}

// 交强险条例 29: five days to decide, ten to pay, whatever the Insurance Law allows.
TEST_F(InsurerClocksTest, CompulsoryCoverHasItsOwnDays) {
  const Demand demand = story_.IssueNew("insurer/huaan");
  const auto under = [&](domain::PolicyKind kind) {
    const auto changed = story_.Run(story_.fund, [&](app::UnitOfWork& work) -> absl::Status {
      auto stored = work.Get<Demand>(demand.pool.value, demand.id.value);
      stored->policy_kind = kind;
      work.Put(*stored);
      return absl::OkStatus();
    });
    ASSERT_TRUE(changed.ok()) << changed;
  };
  under(domain::PolicyKind::kCommercial);
  EXPECT_THAT(Clocks(demand), ElementsAre(Pair(InsurerClockKind::kDecide, 30),
                                          Pair(InsurerClockKind::kUndisputedPart, 60)));
  under(domain::PolicyKind::kCtp);
  EXPECT_THAT(Clocks(demand), ElementsAre(Pair(InsurerClockKind::kDecide, 5),
                                          Pair(InsurerClockKind::kUndisputedPart, 60)));
  EXPECT_NE(Full(demand)[0].source.find("强制保险条例第二十九条"), std::string::npos);
  Days(3);
  Answer(demand, app::AcceptDemand{}, app::AcceptDemandOf);
  EXPECT_THAT(Clocks(demand), ElementsAre(Pair(InsurerClockKind::kPay, 13)));
  EXPECT_NE(Full(demand)[0].source.find("强制保险条例第二十九条"), std::string::npos);
}

TEST_F(InsurerClocksTest, ADraftHasNone) {
  Demand draft;
  story_.Read([&](app::RecordReader& reader) {
    const auto clocks = app::ClocksOf(reader.view(), draft, domain::NationalPolicyData());
    ASSERT_TRUE(clocks.ok());
    EXPECT_THAT(*clocks, IsEmpty());
  });
}

}  // namespace
}  // namespace recoup::testing
