// The hub reminds once for each day, makes up for days on which the hub was down, and takes
// silence for acceptance only where the pool's rule says so.
#include "hub/main/daily_reminders.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "absl/strings/match.h"
#include "hub/app/demand_answers.h"
#include "hub/app/offers.h"
#include "hub/domain/records/registry.h"
#include "tests/app/debtor_story.h"

namespace recoup::testing {
namespace {

using domain::Demand;
using domain::DemandState;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class DailyRemindersTest : public ::testing::Test {
 protected:
  void SetRule(std::string key, std::int64_t value) {
    const auto set = story_.Run(story_.fund, [&](app::UnitOfWork& work) -> absl::Status {
      domain::PolicyDatum datum;
      datum.id = work.NewId<domain::PolicyDatumId>();
      datum.key = key;
      datum.pool = story_.pool.value;
      datum.effective_from = absl::CivilDay(2020, 1, 1);
      datum.value = value;
      datum.source = "与保险公司的协议";
      work.Put(datum);
      return absl::OkStatus();
    });
    ASSERT_TRUE(set.ok()) << set;
  }
  // The day of the story so many days after its first one.
  void GoTo(int days) {
    story_.clock().Advance(absl::Hours(24 * days) - (story_.clock().Now() - start_));
  }
  void Run(DailyReminders& reminders) {
    const absl::Status run = reminders.Run(story_.clock().Now());
    ASSERT_TRUE(run.ok()) << run;
  }
  void RunOn(int days) {
    GoTo(days);
    Run(reminders_);
  }
  void Acknowledge(const Demand& demand) {
    app::AcknowledgeDemand command;
    command.pool = demand.pool;
    command.demand = demand.id;
    command.happened = story_.clock().Now();
    const auto answer = story_.Run(story_.insurer, [&](app::UnitOfWork& work) {
      return app::AcknowledgeDemandOf(command, work);
    });
    ASSERT_TRUE(answer.ok()) << answer.status();
  }
  // What the insurer was reminded of, oldest first.
  std::vector<std::string> Reminders() {
    std::vector<std::string> reminders;
    for (const std::string& what : story_.NoticesTo(story_.insurer.party)) {
      if (absl::StrContains(what, "reminder") || absl::StrContains(what, "silence"))
        reminders.push_back(what);
    }
    return reminders;
  }

  DebtorStory story_;
  const absl::Time start_ = story_.clock().Now();
  DailyReminders reminders_{story_.store(), story_.seal(), story_.engine()};
};

// Issued on day 0: to decide until day 30 (保险法 23), to pay what is undisputed until day 60.
TEST_F(DailyRemindersTest, RemindsSomeDaysBeforeTheLastAndOnTheDayAfterIt) {
  SetRule("demand.due_days", 300);
  story_.IssueNew("insurer/huaan");
  RunOn(24);
  EXPECT_THAT(Reminders(), IsEmpty());
  RunOn(25);
  EXPECT_THAT(Reminders(), ElementsAre("demand.reminder.decide.soon"));
  RunOn(30);
  EXPECT_EQ(Reminders().size(), 1u);
  RunOn(31);
  RunOn(55);
  RunOn(61);
  EXPECT_THAT(Reminders(),
              ElementsAre("demand.reminder.decide.soon", "demand.reminder.decide.overdue",
                          "demand.reminder.undisputed_part.soon",
                          "demand.reminder.undisputed_part.overdue"));
}

TEST_F(DailyRemindersTest, ADayIsRunOnce_AlsoAfterARestart) {
  story_.IssueNew("insurer/huaan");
  RunOn(25);
  Run(reminders_);
  DailyReminders restarted(story_.store(), story_.seal(), story_.engine());
  Run(restarted);
  const std::vector<std::string> reminders = Reminders();
  EXPECT_EQ(std::count(reminders.begin(), reminders.end(), "demand.reminder.decide.soon"), 1);
}

TEST_F(DailyRemindersTest, DaysOnWhichTheHubWasDownAreMadeUpForUpToAMonth) {
  SetRule("demand.due_days", 300);
  story_.IssueNew("insurer/huaan");
  RunOn(20);
  RunOn(33);  // Down from day 21 to 32.
  EXPECT_THAT(Reminders(),
              ElementsAre("demand.reminder.decide.soon", "demand.reminder.decide.overdue"));
  GoTo(92);  // A new process, 31 days after the last reminder of all.
  DailyReminders late(story_.store(), story_.seal(), story_.engine());
  Run(late);
  EXPECT_EQ(Reminders().size(), 2u);
}

TEST_F(DailyRemindersTest, WhatIsPaidAnsweredOrNoPartysIsLeftAlone) {
  const Demand answered = story_.IssueNew("insurer/huaan");
  story_.IssueNew("");  // Whose debtor is not of the hub.
  const auto withdrawn = story_.Run(story_.fund, [&](app::UnitOfWork& work) {
    return app::WithdrawDemandOf({answered.pool, answered.id, "", "重复发出"}, work);
  });
  ASSERT_TRUE(withdrawn.ok()) << withdrawn.status();
  RunOn(25);
  RunOn(31);
  EXPECT_THAT(Reminders(), IsEmpty());
}

TEST_F(DailyRemindersTest, APoolMayRemindNobody) {
  SetRule("insurer.remind_days_before", -1);
  const Demand demand = story_.IssueNew("insurer/huaan");
  Acknowledge(demand);
  RunOn(25);
  RunOn(31);
  EXPECT_THAT(Reminders(), IsEmpty());
  EXPECT_EQ(story_.Stored(demand).state, DemandState::kAcknowledged);
}

TEST_F(DailyRemindersTest, SilenceIsNoAcceptanceByTheBuiltInRule) {
  const Demand demand = story_.IssueNew("insurer/huaan");
  Acknowledge(demand);
  RunOn(31);
  EXPECT_EQ(story_.Stored(demand).state, DemandState::kAcknowledged);
}

TEST_F(DailyRemindersTest, WhereAgreedTheSilenceOfWhoeverReceivedTheDemandAcceptsIt) {
  SetRule("insurer.silence_accepts", 1);
  const Demand received = story_.IssueNew("insurer/huaan");
  const Demand unread = story_.IssueNew("insurer/huaan");
  Acknowledge(received);
  RunOn(30);
  EXPECT_EQ(story_.Stored(received).state, DemandState::kAcknowledged);
  RunOn(31);
  EXPECT_EQ(story_.Stored(received).state, DemandState::kAgreed);
  EXPECT_EQ(story_.Stored(received).Sum(domain::Stage::kAgreed), received.amount);
  EXPECT_EQ(story_.Stored(unread).state, DemandState::kIssued);
  EXPECT_THAT(story_.NoticesTo(story_.insurer.party),
              ::testing::Contains("demand.agreed_by_silence"));
  // Only an acknowledgement interrupts (民法典 195); the receipt was one, the silence was none.
  EXPECT_EQ(story_.RecoveryOf(received).debtors[0].interruptions.size(),
            story_.RecoveryOf(unread).debtors[0].interruptions.size() + 1);
}

// A counter-offer is an answer, also when the fund has refused it.
TEST_F(DailyRemindersTest, WhoHasMadeAnOfferIsNotSilent) {
  SetRule("insurer.silence_accepts", 1);
  const Demand waiting = story_.IssueNew("insurer/huaan");
  const Demand refused = story_.IssueNew("insurer/huaan");
  for (const Demand& demand : {waiting, refused}) {
    Acknowledge(demand);
    const auto offered = story_.Run(story_.insurer, [&](app::UnitOfWork& work) {
      return app::OfferSettlementOf({.pool = demand.pool,
                                     .demand = demand.id,
                                     .etag = "",
                                     .amount = Fen(12'000),
                                     .valid_until = work.today() + 60,
                                     .text = "责任比例有争议"},
                                    work);
    });
    ASSERT_TRUE(offered.ok()) << offered.status();
  }
  const auto answered = story_.Run(story_.fund, [&](app::UnitOfWork& work) {
    return app::AnswerOfferOf({.pool = refused.pool,
                               .demand = refused.id,
                               .etag = "",
                               .offer = 0,
                               .accept = false,
                               .text = "差额过大"},
                              work);
  });
  ASSERT_TRUE(answered.ok()) << answered.status();
  RunOn(31);
  EXPECT_EQ(story_.Stored(waiting).state, DemandState::kAcknowledged);
  EXPECT_EQ(story_.Stored(refused).state, DemandState::kAcknowledged);
  EXPECT_THAT(Reminders(), ::testing::Contains("demand.reminder.decide.overdue"));
}

// Five days to decide (交强险条例 29), reminded of five days before: that day is the first, and its
// reminders may be sent by the time the demand comes.
TEST_F(DailyRemindersTest, AShortClockIsRemindedOfOnTheDayAfterItStarts) {
  SetRule("demand.due_days", 300);
  SetRule("insurer.decide_days", 5);
  RunOn(0);
  const Demand demand = story_.IssueNew("insurer/huaan");
  RunOn(0);
  EXPECT_THAT(Reminders(), IsEmpty());
  RunOn(1);
  EXPECT_THAT(Reminders(), ElementsAre("demand.reminder.decide.soon"));
  RunOn(5);
  EXPECT_EQ(Reminders().size(), 1u);
  RunOn(6);
  EXPECT_THAT(Reminders(),
              ElementsAre("demand.reminder.decide.soon", "demand.reminder.decide.overdue"));
}

TEST_F(DailyRemindersTest, WhereDaysBeforeFitTheClockTheyCount) {
  SetRule("demand.due_days", 300);
  SetRule("insurer.decide_days", 5);
  SetRule("insurer.remind_days_before", 3);
  story_.IssueNew("insurer/huaan");
  RunOn(1);
  EXPECT_THAT(Reminders(), IsEmpty());
  RunOn(2);
  EXPECT_THAT(Reminders(), ElementsAre("demand.reminder.decide.soon"));
}

}  // namespace
}  // namespace recoup::testing
