// Schedules of payments, disputed lines, source keys.
#include "adapters/insurer/mapping/answers.h"
#include "adapters/insurer/mapping/demand_changes.h"
#include "adapters/insurer/mapping/names.h"
#include "adapters/insurer/mapping/remittance.h"
#include "gmock/gmock.h"
#include "hub/base/error.h"
#include "recoup/v1/insurer_service.pb.h"

namespace recoup::insurer::mapping {
namespace {

using domain::Money;

constexpr char kA[] = "pools/310115-310/demands/a";
constexpr char kB[] = "pools/310115-310/demands/b";

PaymentFacts Facts(const char* number, const char* paid_on) {
  PaymentFacts facts;
  facts.number = number;
  facts.paid_on = paid_on;
  return facts;
}

TEST(Schedule, CsvIsReadWithEitherHeading) {
  for (const char* csv :
       {"demand,amount\npools/310115-310/demands/a,6800.00\nRF18539007547034,\"1,200.50\"\n",
        "\xEF\xBB\xBF序号,付款编号,金额（元）\r\n1,pools/310115-310/demands/a,6800\r\n"
        "2,RF18539007547034,１200.5\r\n"}) {
    SCOPED_TRACE(csv);
    const auto schedule = ScheduleFromCsv(csv);
    ASSERT_TRUE(schedule.ok()) << schedule.status();
    ASSERT_EQ(schedule->size(), 2u);
    EXPECT_EQ((*schedule)[0].demand, kA);
    EXPECT_EQ((*schedule)[0].amount, Money::Fen(680'000));
    EXPECT_EQ((*schedule)[1].demand, "RF18539007547034");
    EXPECT_EQ((*schedule)[1].amount, Money::Fen(120'050));
  }
}

TEST(Schedule, BadCsvIsRefusedWithAllFaults) {
  const std::vector<std::pair<std::string, std::size_t>> table = {
      {"a,b\n1,2\n", 2},
      {"demand,amount\n,6800\nx,-1\ny,0\nz,1.234\nw\n", 8},
      {"demand,amount\nRF00FUND2025000123,1\n", 1},
  };
  for (const auto& [csv, faults] : table) {
    SCOPED_TRACE(csv);
    EXPECT_EQ(DetailOf(ScheduleFromCsv(csv).status()).faults.size(), faults);
  }
  EXPECT_FALSE(ScheduleFromCsv("").ok());
  EXPECT_FALSE(ScheduleFromCsv("demand,\"amount\n").ok());
}

TEST(Schedule, ARepeatedDemandIsToldBesideOtherFaults) {
  const auto schedule =
      ScheduleFromCsv(absl::StrCat("demand,amount\n", kA, ",1\n", kB, ",x\n", kA, ",2\n"));
  const std::vector<FieldFault> faults = DetailOf(schedule.status()).faults;
  ASSERT_EQ(faults.size(), 2u);
  EXPECT_EQ(faults[0].field, "line 3");
  EXPECT_EQ(faults[1].field, absl::StrCat("line 4, ", kA));
}

// The hub counts the lines of the advice, the clerk those of the file.
TEST(Schedule, ARefusalNamesThePlacesOfTheSchedule) {
  const auto of_file = ScheduleFromCsv(absl::StrCat("demand,amount\n", kA, ",1\n\n", kB, ",2\n"));
  ASSERT_TRUE(of_file.ok()) << of_file.status();
  Faults refused;
  refused.Add("remittance_advice.lines[1]", "no such demand");
  refused.Add("remittance_advice.lines[0].reference", "is not the reference of the demand");
  refused.Add("remittance_advice.lines[2]", "no such demand");
  refused.Add("remittance_advice.paid_on", "in the future");
  const ErrorDetail detail =
      DetailOf(AtScheduleLines(refused.ToStatus(Reason::kNotFound), *of_file));
  EXPECT_EQ(detail.reason, Reason::kNotFound);
  ASSERT_EQ(detail.faults.size(), 4u);
  EXPECT_EQ(detail.faults[0].field, absl::StrCat("line 4, ", kB));
  EXPECT_EQ(detail.faults[1].field, absl::StrCat("line 2, ", kA));
  EXPECT_EQ(detail.faults[2].field, "remittance_advice.lines[2]");
  EXPECT_EQ(detail.faults[3].field, "remittance_advice.paid_on");
  const auto of_texts = ScheduleFromTexts({std::string(kA) + "=1", std::string(kB) + "=2"});
  EXPECT_EQ(DetailOf(AtScheduleLines(refused.ToStatus(), *of_texts)).faults[0].field,
            absl::StrCat("--demands ", kB));
  EXPECT_EQ(AtScheduleLines(absl::UnavailableError("away"), *of_file),
            absl::UnavailableError("away"));
}

TEST(Schedule, TextsMayOmitTheAmount) {
  const auto schedule = ScheduleFromTexts({kA, std::string(kB) + "=12.30"});
  ASSERT_TRUE(schedule.ok());
  EXPECT_FALSE((*schedule)[0].amount.has_value());
  EXPECT_EQ((*schedule)[1].amount, Money::Fen(1230));
  EXPECT_EQ(DetailOf(ScheduleFromTexts({"=1", "x=0"}).status()).faults.size(), 2u);
}

TEST(RemittanceAdvice, SumsItsLinesAndTakesThePoolOfTheDemands) {
  const auto advice =
      ToRemittanceAdvice(Facts("FK-1", "2025-09-17"),
                         {{kA, Money::Fen(680'000)}, {"RF18539007547034", Money::Fen(1)}});
  ASSERT_TRUE(advice.ok()) << advice.status();
  EXPECT_EQ(advice->pool(), "pools/310115-310");
  EXPECT_EQ(advice->amount_fen(), 680'001);
  EXPECT_EQ(advice->bank_reference(), "FK-1");
  EXPECT_EQ(advice->lines(0).demand(), kA);
  EXPECT_EQ(advice->lines(0).reference(), "");
  EXPECT_EQ(advice->lines(1).reference(), "RF18539007547034");
}

TEST(RemittanceAdvice, IsRefusedWithAllFaults) {
  const PaymentFacts good = Facts("FK-1", "2025-09-17");
  struct Case {
    const char* what;
    PaymentFacts facts;
    std::vector<ScheduleLine> schedule;
    std::size_t faults;
  };
  const std::vector<Case> table = {
      {"nothing", {}, {}, 4},
      {"no amount", good, {{kA, std::nullopt}}, 1},
      {"twice", good, {{kA, Money::Fen(1)}, {kA, Money::Fen(1)}}, 1},
      {"two pools", good, {{kA, Money::Fen(1)}, {"pools/320100-310/demands/c", Money::Fen(1)}}, 1},
      {"no pool", good, {{"RF18539007547034", Money::Fen(1)}}, 1},
      {"no such day", Facts("1", "2025-02-30"), {{kA, Money::Fen(1)}}, 1},
      {"range", good, {{kA, Money::Fen(Money::kFenMax)}, {kB, Money::Fen(1)}}, 1},
  };
  for (const Case& row : table) {
    SCOPED_TRACE(row.what);
    const auto advice = ToRemittanceAdvice(row.facts, row.schedule);
    EXPECT_EQ(DetailOf(advice.status()).faults.size(), row.faults) << advice.status();
  }
}

TEST(DisputedLines, AreReadOrRefused) {
  const auto lines = DisputedLinesFrom({"pools/p/advances/y=1200.00=limit-exhausted"});
  ASSERT_TRUE(lines.ok()) << lines.status();
  EXPECT_EQ((*lines)[0].advance(), "pools/p/advances/y");
  EXPECT_EQ((*lines)[0].disputed_fen(), 120'000);
  EXPECT_EQ((*lines)[0].reason(), v1::DISPUTE_REASON_LIMIT_EXHAUSTED);
  EXPECT_EQ(DetailOf(DisputedLinesFrom({"a", "a=0=other", "a=1=whim"}).status()).faults.size(), 3u);
}

TEST(Names, AreUnderstoodInEitherCase) {
  EXPECT_EQ(DemandStateFrom("Issued"), v1::DEMAND_STATE_ISSUED);
  EXPECT_EQ(DisputeReasonFrom("NOT_COVERED"), v1::DISPUTE_REASON_NOT_COVERED);
  EXPECT_EQ(PolicyKindFrom("ctp"), v1::POLICY_KIND_CTP);
  EXPECT_EQ(PolicyKindFrom("unspecified"), std::nullopt);
  EXPECT_EQ(PoolOfDemand(kA), "pools/310115-310");
  for (const char* text :
       {"RF18539007547034", "pools//demands/x", "pools/p/demands/", "pools/p/advances/x"}) {
    EXPECT_EQ(PoolOfDemand(text), std::nullopt) << text;
  }
}

TEST(Names, EveryValueHasAChineseName) {
  for (int i = 1; i < v1::DemandState_ARRAYSIZE; ++i) {
    EXPECT_NE(InChinese(static_cast<v1::DemandState>(i)), "") << i;
  }
  for (int i = 1; i < v1::DisputeReason_ARRAYSIZE; ++i) {
    EXPECT_NE(InChinese(static_cast<v1::DisputeReason>(i)), "") << i;
  }
  for (int i = 1; i < v1::RemittanceAdviceState_ARRAYSIZE; ++i) {
    EXPECT_NE(InChinese(static_cast<v1::RemittanceAdviceState>(i)), "") << i;
  }
}

TEST(SourceKey, NamesWhatIsSaid) {
  v1::AcceptDemandRequest whole;
  whole.set_name(kA);
  v1::AcceptDemandRequest part = whole;
  part.set_amount_fen(1);
  EXPECT_EQ(SourceKeyOf("accept", kA, whole), SourceKeyOf("accept", kA, whole));
  EXPECT_NE(SourceKeyOf("accept", kA, whole), SourceKeyOf("accept", kA, part));
}

TEST(ChangeInChinese, NamesWhatTheHubTellsAndKeepsWhatItDoesNotKnow) {
  EXPECT_EQ(ChangeInChinese("demand.issued"), "发出");
  EXPECT_EQ(ChangeInChinese("demand.reminder.decide.soon"), "提醒：作出核定期限将满");
  EXPECT_EQ(ChangeInChinese("demand.reminder.undisputed_part.overdue"),
            "提醒：先付可确定部分期限已过");
  EXPECT_EQ(ChangeInChinese("demand.reminder.other.soon"), "demand.reminder.other.soon");
  EXPECT_EQ(ChangeInChinese("demand.from_a_later_hub"), "demand.from_a_later_hub");
}

}  // namespace
}  // namespace recoup::insurer::mapping
