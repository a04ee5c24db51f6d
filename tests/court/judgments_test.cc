// The invented judgments of tests/court/data/judgments, every value compared with its label.
//
// What is known to be read wrongly stands here by name, so that neither a loss nor a gain passes
// unseen.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "adapters/court/extract.h"
#include "adapters/court/labels/labels.h"

namespace recoup::court {
namespace {

constexpr const char* kKnownDeviations[] = {
    // The sum insured of an accident policy is no limit of liability.
    "038_contract_insurance_negative policies missed "
    "康宁人寿保险股份有限公司临江支公司|COMMERCIAL|1000000|-",
    // Both fought; the second one was hurt without a stay in hospital.
    "063_counterclaim injured_persons missed 蓝田玉|-",
    // An order that permits a withdrawal names the patient without saying that anybody was hurt.
    "146_fund_withdraws_after_repayment injured_persons missed 龙建军|-",
    "161_withdraw_after_payment_repaid injured_persons missed 宫美玲|-",
    // What the police found about somebody who is no party, in a suit about the money alone.
    "154_unjust_enrichment_injured liability wrong 邢峰|10000",
    // The work-injury fund paid what the court left out of the award.
    "166_work_injury_and_third_party medical_expense_awarded_fen missed 434000",
    "166_work_injury_and_third_party medical_expense_awarded_fen wrong 7965000",
    // "超出工伤目录的6230元由…自行支付" is not called medical expense.
    "169_labour_dispute_negative medical_expense_total_fen missed 3433000",
    "169_labour_dispute_negative medical_expense_total_fen wrong 623000",
    "169_labour_dispute_negative self_paid_fen missed 3433000",
    "169_labour_dispute_negative self_paid_fen wrong 623000",
    // The bill is told by a table of who paid it, none of them a fund, without the sign 元.
    "437_traffic_work_injury_fund_tianjin medical_expense_total_fen missed 7990516",
    "437_traffic_work_injury_fund_tianjin medical_expense_total_fen wrong 3537752",
    "437_traffic_work_injury_fund_tianjin self_paid_fen missed 7990516",
    "437_traffic_work_injury_fund_tianjin self_paid_fen wrong 3537752",
    // Sport at an operator's place: the court speaks of sport (自甘冒险) to refuse it.
    "477_trampoline_net_medical_sublimit third_party_kind missed PREMISES",
    "477_trampoline_net_medical_sublimit third_party_kind wrong OTHER",
    // Both policies are one insurer's; the item that returns a prepayment names neither.
    "236_traffic_elements_form_tables obligations missed "
    "平宁财产保险股份有限公司佛山市顺德支公司|INSURER|陈某|650000|COMMERCIAL",
    "236_traffic_elements_form_tables obligations wrong "
    "平宁财产保险股份有限公司佛山市顺德支公司|INSURER|陈某|650000|-",
};

TEST(InventedJudgments, AreReadAsTheyAreLabelled) {
  const RuleBook rules = RuleBook::BuiltIn().value();
  const auto documents = labels::ReadLabelled(RECOUP_SOURCE_DIR "/tests/court/data/judgments");
  ASSERT_TRUE(documents.ok()) << documents.status();
  ASSERT_GE(documents->size(), 450u);
  std::vector<std::string> deviations;
  for (const labels::LabelledDocument& document : *documents) {
    const auto elements = ReadPlainText(document.bytes, rules);
    ASSERT_TRUE(elements.ok()) << document.name;
    labels::Values read = labels::WithoutConfidence(labels::ValuesOf(*elements));
    labels::Values truth = document.truth;
    for (const auto& [field, values] : document.truth) read[field];
    for (const auto& [field, values] : read) {
      const labels::Difference difference = labels::Compare(truth[field], values);
      const std::string where = absl::StrCat(document.name, " ", field);
      for (const auto& v : difference.missed) {
        deviations.push_back(absl::StrCat(where, " missed ", v));
      }
      for (const auto& v : difference.wrong)
        deviations.push_back(absl::StrCat(where, " wrong ", v));
    }
  }
  EXPECT_THAT(deviations, testing::UnorderedElementsAreArray(kKnownDeviations));
}

}  // namespace
}  // namespace recoup::court
