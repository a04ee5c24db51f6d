// What the hub makes of the figures of a reported settlement.
#include "hub/app/settlement_quality.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hub/app/put_policy_datum.h"
#include "hub/base/error.h"
#include "tests/app/case_story.h"

namespace recoup::testing {
namespace {

using domain::FundLine;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

FundLine Row(const char* type, const char* yuan, bool is_fund) {
  return {type, "", Yuan(yuan), is_fund};
}

// 1,000.00 in all, 600.00 of it the fund's, of whose rows the sender says what it says.
app::ReportSettlement Of(const HubWorld& world, std::vector<FundLine> lines) {
  app::ReportSettlement report = PudongSettlement(world);
  report.settlement.total = Yuan("1000");
  report.settlement.amount = Yuan("600");
  report.settlement.self_paid = Yuan("400");
  report.settlement.fund_lines = std::move(lines);
  return report;
}

TEST(SettlementQualityTest, WhatTheSenderSaysOfARowIsCorrected) {
  HubWorld world;
  const auto answer =
      Report(world, Of(world, {Row("310100", "500", true), Row("330101", "100", false),
                               Row("620100", "250", true)}));
  ASSERT_TRUE(answer.ok()) << answer.status();
  const std::vector<FundLine>& lines = answer->advance.fund_lines;
  EXPECT_TRUE(lines[0].is_fund);
  EXPECT_TRUE(lines[1].is_fund);
  EXPECT_FALSE(lines[2].is_fund);
  EXPECT_THAT(answer->advance.quality_notes,
              ElementsAre(HasSubstr("第 2 行（330101，100.00 元）报为非基金款项"),
                          HasSubstr("第 3 行（620100，250.00 元）报为基金款项")));
}

// Commercial insurance that a sender calls the fund's would otherwise be claimed as an advance.
TEST(SettlementQualityTest, WhatTheFundDidNotPayIsRefused) {
  HubWorld world;
  const auto insurance = Report(world, Of(world, {Row("620100", "600", true)}));
  EXPECT_EQ(ReasonOf(insurance.status()), Reason::kInvalidArgument);
  EXPECT_THAT(FaultyFields(insurance.status()),
              ElementsAre("settlement.fund_lines[0].is_fund", "settlement.fund_paid_fen"));
  EXPECT_THAT(DetailOf(insurance.status()).faults[1].description, HasSubstr("sum to 0.00"));

  const auto unknown =
      Report(world, Of(world, {Row("310100", "500", true), Row("777777", "100", true)}));
  EXPECT_THAT(FaultyFields(unknown.status()),
              ElementsAre("settlement.fund_lines[1].is_fund", "settlement.fund_paid_fen"));

  const auto short_of = Report(world, Of(world, {Row("310100", "599.99", true)}));
  EXPECT_THAT(FaultyFields(short_of.status()), ElementsAre("settlement.fund_paid_fen"));
  EXPECT_THAT(world.All<domain::Advance>(world.pool.value), IsEmpty());
}

TEST(SettlementQualityTest, ARegionAddsCodesOfItsOwn) {
  HubWorld world;
  app::PutPolicyDatum command;
  command.pool = world.pool;
  command.datum.key = "fund_pay_type.777777";
  command.datum.effective_from = absl::CivilDay(2025, 1, 1);
  command.datum.source = "本市支付类型字典";
  const auto put = [&](std::int64_t value) {
    command.datum.value = value;
    return world.Run(world.fund,
                     [&](app::UnitOfWork& work) { return app::PutPolicyDatumOf(command, work); });
  };
  EXPECT_THAT(FaultyFields(put(2).status()), ElementsAre("policy_datum.value"));
  ASSERT_TRUE(put(1).ok());
  const app::ReportSettlement report =
      Of(world, {Row("310100", "500", true), Row("777777", "100", true)});
  const auto answer = Report(world, report);
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_THAT(answer->advance.quality_notes, IsEmpty());
  // What a row is called has changed since; the settlement is the same.
  command.etag = "v1";
  ASSERT_TRUE(put(0).ok());
  EXPECT_TRUE(Report(world, report).ok());
}

TEST(SettlementQualityTest, IdentitiesThatDoNotHoldAreNoted) {
  struct Case {
    const char* what;
    const char* hospital;
    const char* account;
    const char* cash;
    std::vector<const char*> notes;
  };
  for (const Case& c : {
           Case{"all holds", "0", "100", "300", {}},
           {"the parts of the person are not given", "0", "0", "0", {}},
           {"one fen of the hospital too many",
            "0.01",
            "100",
            "300",
            {"费用总额 1,000.00 元不等于"}},
           {"the person's parts", "0", "100", "299.99", {"个人负担 400.00 元不等于"}},
           {"both", "0.01", "0", "1", {"费用总额", "个人负担 400.00 元不等于"}},
       }) {
    SCOPED_TRACE(c.what);
    HubWorld world;
    app::ReportSettlement report = Of(world, {});
    report.settlement.hospital_paid = Yuan(c.hospital);
    report.settlement.account_paid = Yuan(c.account);
    report.settlement.cash_paid = Yuan(c.cash);
    const auto answer = Report(world, report);
    ASSERT_TRUE(answer.ok()) << answer.status();
    ASSERT_EQ(answer->advance.quality_notes.size(), c.notes.size());
    for (std::size_t i = 0; i < c.notes.size(); ++i) {
      EXPECT_THAT(answer->advance.quality_notes[i], HasSubstr(c.notes[i]));
    }
  }
}

// Where an insurer settles at the same time its row stands beside the fund's, and the total holds
// it or not.
TEST(SettlementQualityTest, AnInsurersRowIsPartOfTheTotalOrNot) {
  const auto notes = [](const char* total, const char* of_insurer) {
    domain::Advance settlement;
    settlement.total = Yuan(total);
    settlement.amount = Yuan("1200");
    settlement.self_paid = Yuan("800");
    settlement.fund_lines = {{"310100", "", Yuan("1200"), true},
                             {"620100", "", Yuan(of_insurer), false}};
    app::NoteWhatDoesNotAddUp(settlement);
    return settlement.quality_notes.size();
  };
  EXPECT_EQ(notes("20000", "18000"), 0u);
  EXPECT_EQ(notes("2000", "18000"), 0u);
  EXPECT_EQ(notes("20000", "17999.99"), 1u);
}

// Figures from outside may sum to more than any amount the hub holds.
TEST(SettlementQualityTest, NoSumIsTooLarge) {
  const domain::Money most = *domain::Money::Create(domain::Money::kFenMax);
  domain::Advance settlement;
  settlement.total = settlement.amount = settlement.self_paid = settlement.hospital_paid = most;
  settlement.account_paid = settlement.cash_paid = most;
  settlement.fund_lines.assign(200, {"310100", "", most, true});
  EXPECT_EQ(ReasonOf(app::DecideFundLines(settlement, domain::NationalPolicyData())),
            Reason::kInvalidArgument);
  app::NoteWhatDoesNotAddUp(settlement);
  EXPECT_EQ(settlement.quality_notes.size(), 2u);
}

}  // namespace
}  // namespace recoup::testing
