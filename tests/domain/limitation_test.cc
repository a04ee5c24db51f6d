#include "hub/domain/limitation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hub/base/error.h"

namespace recoup::domain {
namespace {

using absl::CivilDay;
using ::testing::ElementsAre;

WorkingDayCalendar Calendar() { return {NationalPolicyData(), "310115-310"}; }

LimitationInput Input(CivilDay known_on, CivilDay today) {
  LimitationInput input;
  input.pool = "310115-310";
  input.debtor = "insurer";
  input.damage_on = known_on;
  input.known_on = known_on;
  input.today = today;
  return input;
}

Interruption Event(InterruptionKind kind, CivilDay date, const char* debtor = "insurer") {
  return {
      .kind = kind, .date = date, .ended_on = std::nullopt, .debtor = debtor, .evidence = "回执"};
}

Limitation Compute(const LimitationInput& input) {
  const auto result = LimitationOf(input, NationalPolicyData());
  EXPECT_TRUE(result.ok()) << result.status();
  return result.ok() ? *result : Limitation{};
}

TEST(CalendarTest, WeekendsHolidaysAndWorkedWeekends) {
  EXPECT_TRUE(Calendar().IsWorkingDay(CivilDay(2026, 9, 30)));
  EXPECT_FALSE(Calendar().IsWorkingDay(CivilDay(2026, 10, 1)));
  EXPECT_FALSE(Calendar().IsWorkingDay(CivilDay(2026, 10, 11)));
  EXPECT_TRUE(Calendar().IsWorkingDay(CivilDay(2026, 10, 10))) << "a Saturday worked in exchange";
  EXPECT_EQ(Calendar().OnOrAfter(CivilDay(2026, 10, 1)), CivilDay(2026, 10, 8));
  EXPECT_EQ(Calendar().OnOrAfter(CivilDay(2026, 10, 8)), CivilDay(2026, 10, 8));
}

TEST(CalendarTest, AFundEntersTheDaysOfItsOwnYear) {
  std::vector<PolicyRule> rules = NationalPolicyRules();
  const auto row = [](CivilDay from, std::int64_t kind) {
    return PolicyRule{.key = kCalendarDayKey,
                      .effective_from = from,
                      .value = kind,
                      .source = "通知",
                      .version = "2030"};
  };
  rules.push_back(row(CivilDay(2030, 2, 2), 1));
  rules.push_back(row(CivilDay(2030, 2, 9), 2));
  rules.push_back(row(CivilDay(2030, 2, 10), 0));
  const absl::StatusOr<PolicyData> data = PolicyData::Create(std::move(rules));
  ASSERT_TRUE(data.ok()) << data.status();
  const WorkingDayCalendar calendar(*data, "310115-310");
  EXPECT_EQ(calendar.OnOrAfter(CivilDay(2030, 2, 2)), CivilDay(2030, 2, 9)) << "a worked Saturday";
  EXPECT_EQ(calendar.OnOrAfter(CivilDay(2030, 2, 10)), CivilDay(2030, 2, 11)) << "a Sunday again";
}

TEST(CalendarTest, ADayOffThatNobodyEndedDoesNotStopTheClock) {
  const absl::StatusOr<PolicyData> data =
      PolicyData::Create({{.key = kCalendarDayKey,
                           .effective_from = CivilDay(2030, 1, 1),
                           .value = std::int64_t{1},
                           .source = "通知",
                           .version = "2030"}});
  ASSERT_TRUE(data.ok()) << data.status();
  EXPECT_EQ(WorkingDayCalendar(*data, "310115-310").OnOrAfter(CivilDay(2030, 3, 1)),
            CivilDay(2030, 4, 1));
}

TEST(CalendarTest, MonthsEndWhereTheyHaveNoSuchDay) {
  EXPECT_EQ(AddMonths(CivilDay(2026, 1, 31), 1), CivilDay(2026, 2, 28));
  EXPECT_EQ(AddMonths(CivilDay(2024, 2, 29), 36), CivilDay(2027, 2, 28));
  EXPECT_EQ(AddMonths(CivilDay(2023, 11, 15), 2), CivilDay(2024, 1, 15));
  EXPECT_EQ(AddMonths(CivilDay(2026, 8, 31), -6), CivilDay(2026, 2, 28));
}

TEST(LimitationTest, ThreeYearsToTheSameDayOrTheNextWorkingDay) {
  struct Case {
    CivilDay known_on;
    CivilDay expires_on;
  };
  for (const Case& c : {Case{CivilDay(2023, 3, 10), CivilDay(2026, 3, 10)},
                        {CivilDay(2024, 2, 29), CivilDay(2027, 3, 1)},  // 28 is a Sunday.
                        {CivilDay(2023, 10, 1), CivilDay(2026, 10, 8)},
                        {CivilDay(2023, 10, 10), CivilDay(2026, 10, 10)},
                        {CivilDay(2023, 10, 11), CivilDay(2026, 10, 12)}}) {
    EXPECT_EQ(Compute(Input(c.known_on, c.known_on)).expires_on, c.expires_on) << c.known_on;
  }
}

TEST(LimitationTest, StateRelativeToToday) {
  struct Case {
    CivilDay today;
    LimitationState state;
  };
  for (const Case& c : {Case{CivilDay(2026, 2, 7), LimitationState::kRunning},
                        {CivilDay(2026, 2, 8), LimitationState::kSoonDue},  // 30 days.
                        {CivilDay(2026, 3, 10), LimitationState::kSoonDue},
                        {CivilDay(2026, 3, 11), LimitationState::kExpired}}) {
    EXPECT_EQ(Compute(Input(CivilDay(2023, 3, 10), c.today)).state, c.state) << c.today;
  }
}

TEST(LimitationTest, InterruptionsStartItAnew) {
  LimitationInput input = Input(CivilDay(2023, 3, 10), CivilDay(2027, 1, 4));
  // Not in order; the last day still counts; the one after expiry does not.
  input.interruptions = {Event(InterruptionKind::kPartPayment, CivilDay(2024, 5, 6)),
                         Event(InterruptionKind::kDemand, CivilDay(2023, 6, 1))};
  EXPECT_EQ(Compute(input).expires_on, CivilDay(2027, 5, 6));

  input.interruptions = {Event(InterruptionKind::kDemand, CivilDay(2026, 3, 10))};
  EXPECT_EQ(Compute(input).expires_on, CivilDay(2029, 3, 12)) << "10 March 2029 is a Saturday";

  input.interruptions = {Event(InterruptionKind::kAcknowledgement, CivilDay(2026, 3, 11))};
  const Limitation late = Compute(input);
  EXPECT_EQ(late.expires_on, CivilDay(2026, 3, 10));
  EXPECT_EQ(late.state, LimitationState::kExpired);
  EXPECT_NE(late.explanation.steps.back().label.find("人工判断"), std::string::npos);
}

TEST(LimitationTest, OneJointDebtorCountsForAllAndOthersDoNot) {
  LimitationInput input = Input(CivilDay(2023, 3, 10), CivilDay(2025, 1, 2));
  input.interruptions = {Event(InterruptionKind::kDemand, CivilDay(2024, 5, 6), "company")};
  EXPECT_EQ(Compute(input).expires_on, CivilDay(2026, 3, 10));
  input.jointly_with = {"company"};
  EXPECT_EQ(Compute(input).expires_on, CivilDay(2027, 5, 6));
}

TEST(LimitationTest, ProceedingStopsTheClockUntilItEnds) {
  LimitationInput input = Input(CivilDay(2023, 3, 10), CivilDay(2026, 12, 1));
  input.interruptions = {Event(InterruptionKind::kSuit, CivilDay(2026, 1, 5))};
  EXPECT_EQ(Compute(input).expires_on, std::nullopt);
  EXPECT_EQ(Compute(input).state, LimitationState::kProceeding);
  // A demand within the proceeding changes nothing; its end starts the clock.
  input.interruptions[0].ended_on = CivilDay(2026, 11, 5);
  input.interruptions.push_back(Event(InterruptionKind::kDemand, CivilDay(2026, 6, 1)));
  EXPECT_EQ(Compute(input).expires_on, CivilDay(2029, 11, 5));
}

TEST(LimitationTest, InstalmentsRunFromTheLastDueDate) {
  LimitationInput input = Input(CivilDay(2023, 3, 10), CivilDay(2024, 6, 3));
  input.last_instalment_due = CivilDay(2025, 6, 30);
  input.interruptions = {Event(InterruptionKind::kPartPayment, CivilDay(2024, 1, 30))};
  EXPECT_EQ(Compute(input).expires_on, CivilDay(2028, 6, 30));
}

TEST(LimitationTest, TwentyYearsAreTheLongest) {
  LimitationInput input = Input(CivilDay(2026, 3, 10), CivilDay(2026, 3, 10));
  input.damage_on = CivilDay(2006, 11, 23);
  const Limitation capped = Compute(input);
  EXPECT_EQ(capped.expires_on, CivilDay(2026, 11, 23));
  EXPECT_EQ(capped.explanation.steps.back().rule_id, "limitation.longest_years");
}

TEST(LimitationTest, ObstacleInTheLastSixMonthsGivesSixMore) {
  LimitationInput input = Input(CivilDay(2023, 3, 10), CivilDay(2026, 3, 2));
  input.suspensions = {{CivilDay(2025, 12, 1), CivilDay(2026, 2, 2), "不可抗力"}};
  EXPECT_EQ(Compute(input).expires_on, CivilDay(2026, 8, 3)) << "2 August 2026 is a Sunday";
  input.suspensions = {{CivilDay(2025, 1, 1), CivilDay(2025, 9, 10), "不可抗力"}};
  EXPECT_EQ(Compute(input).expires_on, CivilDay(2026, 3, 10)) << "over before the last six months";
  input.suspensions = {{CivilDay(2025, 12, 1), std::nullopt, "不可抗力"}};
  EXPECT_EQ(Compute(input).expires_on, std::nullopt);
  EXPECT_EQ(Compute(input).state, LimitationState::kObstructed);
}

TEST(LimitationTest, AnObstacleIsNoInterruption) {
  LimitationInput input = Input(CivilDay(2023, 3, 10), CivilDay(2026, 3, 2));
  input.interruptions = {Event(InterruptionKind::kObstacle, CivilDay(2026, 2, 1))};
  EXPECT_EQ(ReasonOf(LimitationOf(input, NationalPolicyData()).status()), Reason::kInvalidArgument);
}

TEST(LimitationTest, ExplainsEveryStep) {
  LimitationInput input = Input(CivilDay(2023, 3, 10), CivilDay(2025, 1, 2));
  input.interruptions = {Event(InterruptionKind::kDemand, CivilDay(2024, 5, 6))};
  const Limitation result = Compute(input);
  ASSERT_EQ(result.explanation.steps.size(), 3u);
  EXPECT_EQ(result.explanation.steps[0].result_text, "2026-03-10");
  EXPECT_EQ(result.explanation.steps[1].inputs[3], TextInput("证据", "回执"));
  EXPECT_EQ(result.explanation.steps[2].result_text, "2027-05-06");
  EXPECT_EQ(result.explanation.steps[2].rule_id, "limitation.years");
}

TEST(LimitationTest, RefusesAllFaultsAtOnce) {
  LimitationInput input = Input(CivilDay(2023, 3, 10), CivilDay(2025, 1, 2));
  input.debtor.clear();
  input.damage_on = CivilDay(2023, 3, 11);
  input.interruptions = {Event(InterruptionKind::kDemand, CivilDay(2025, 1, 3))};
  input.interruptions[0].evidence.clear();
  input.interruptions[0].ended_on = CivilDay(2025, 1, 2);
  input.suspensions = {{CivilDay(2025, 1, 1), CivilDay(2024, 1, 1), ""}};
  const auto refused = LimitationOf(input, NationalPolicyData());
  std::vector<std::string> fields;
  for (const FieldFault& fault : DetailOf(refused.status()).faults) fields.push_back(fault.field);
  EXPECT_THAT(fields, ElementsAre("debtor", "known_on", "interruptions[0].evidence",
                                  "interruptions[0].date", "interruptions[0].ended_on",
                                  "interruptions[0].ended_on", "suspensions[0].reason",
                                  "suspensions[0].to"));
}

}  // namespace
}  // namespace recoup::domain
