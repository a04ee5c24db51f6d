// Which earlier decisions a document names, and what becomes of them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "adapters/court/extract.h"

namespace recoup::court {
namespace {

using ::testing::ElementsAre;

const RuleBook& BuiltInRules() {
  static const RuleBook* const rules = new RuleBook(RuleBook::BuiltIn().value());
  return *rules;
}

struct DecisionRow {
  const char* what;
  const char* title;   // 民事判决书
  const char* number;  // Of the document.
  const char* procedure;
  const char* ruling;
  std::optional<CaseOutcome> outcome;
  std::vector<EarlierCase> earlier;
};

std::string DecisionText(const DecisionRow& row) {
  return absl::StrCat(
      "青川省柳岸市中级人民法院\n", row.title, "\n", row.number,
      "\n上诉人（原审被告）：鲁大川，男，1979年9月3日出生，汉族，住云浦县石桥镇。\n"
      "被上诉人（原审原告）：岑明远，男，1968年2月11日出生，汉族，住云浦县石桥镇。\n",
      row.procedure,
      "\n鲁大川上诉请求：改判不承担责任。\n"
      "经审理查明，2022年12月1日19时许，鲁大川殴打岑明远，致其受伤。\n"
      "本院认为，原审法院认定事实如前。依照《中华人民共和国民事诉讼法》的规定，",
      row.ruling, "\n审判长　温若水\n二〇二三年九月十日\n书记员　于佳\n");
}

constexpr char kAppeal[] =
    "上诉人鲁大川因与被上诉人岑明远健康权纠纷一案，不服青川省云浦县人民法院（2023）青0721民初80771"
    "号"
    "民事判决，向本院提起上诉。本院于2023年6月1日立案后，依法组成合议庭进行了审理。";

const std::vector<DecisionRow>& DecisionRows() {
  const EarlierCase first{"青川省云浦县人民法院", "(2023)青0721民初80771号"};
  static const auto& rows = *new std::vector<DecisionRow>{
      {"upheld",
       "民事判决书",
       "（2023）青07民终70007号",
       kAppeal,
       "判决如下：\n驳回上诉，维持原判。",
       CaseOutcome::kUpheld,
       {first}},
      {"changed",
       "民事判决书",
       "（2023）青07民终70007号",
       kAppeal,
       "判决如下：\n一、维持青川省云浦县人民法院（2023）青0721民初80771号民事判决第二项；\n"
       "二、变更青川省云浦县人民法院（2023）青0721民初80771号民事判决第一项为：鲁大川于本判决生效后"
       "十日内赔偿岑明远33000元。",
       CaseOutcome::kChanged,
       {first}},
      {"remanded",
       "民事裁定书",
       "（2023）青07民终70007号",
       kAppeal,
       "裁定如下：\n一、撤销青川省云浦县人民法院（2023）青0721民初80771号民事判决；\n"
       "二、本案发回青川省云浦县人民法院重审。",
       CaseOutcome::kRemanded,
       {first}},
      {"suit withdrawn on appeal",
       "民事裁定书",
       "（2023）青07民终70007号",
       kAppeal,
       "裁定如下：\n一、撤销青川省云浦县人民法院（2023）青0721民初80771号民事判决；\n"
       "二、准许岑明远撤回起诉。",
       CaseOutcome::kSuitWithdrawn,
       {first}},
      {"appeal withdrawn",
       "民事裁定书",
       "（2023）青07民终70007号",
       kAppeal,
       "裁定如下：\n准许鲁大川撤回上诉。一审判决自本裁定书送达之日起发生法律效力。",
       CaseOutcome::kAppealWithdrawn,
       {first}},
      {"retrial names both instances",
       "民事判决书",
       "（2024）青民再15号",
       "再审申请人鲁大川因与被申请人岑明远健康权纠纷一案，不服青川省柳岸市中级人民法院（2023）青07"
       "民终"
       "70007号民事判决，向本院申请再审。岑明远一审由青川省云浦县人民法院于2023年4月10日作出（2023"
       "）青0721"
       "民初80771号民事判决。",
       "判决如下：\n撤销青川省柳岸市中级人民法院（2023）青07民终70007号民事判决和青川省云浦县人民法"
       "院"
       "（2023）青0721民初80771号民事判决。",
       CaseOutcome::kChanged,
       {{"青川省柳岸市中级人民法院", "(2023)青07民终70007号"}, first}},
      {"sent back and tried again",
       "民事判决书",
       "（2024）青0721民初80900号",
       "原告岑明远与被告鲁大川健康权纠纷一案，本院于2023年4月10日作出（2023）青0721民初80771号民事"
       "判决，"
       "鲁大川不服提起上诉，青川省柳岸市中级人民法院于2023年9月10日作出（2023）青07民终70007号民事"
       "裁定，"
       "撤销原判，发回本院重审。本院另行组成合议庭进行了审理。",
       "判决如下：\n一、被告鲁大川赔偿原告岑明远33000元。",
       std::nullopt,
       {{"青川省柳岸市中级人民法院", "(2023)青0721民初80771号"},
        {"青川省柳岸市中级人民法院", "(2023)青07民终70007号"}}},
      // Another dispute, named in a first judgment.
      {"first instance with a related case",
       "民事判决书",
       "（2023）青0721民初80771号",
       "原告岑明远与被告鲁大川健康权纠纷一案，本院立案后进行了审理。同一事故的另一伤者已由青川省云"
       "浦县人民"
       "法院（2022）青0721民初80001号民事判决处理。",
       "判决如下：\n一、被告鲁大川赔偿原告岑明远33000元。",
       std::nullopt,
       {}},
      {"correction of itself",
       "民事裁定书",
       "（2023）青0721民初80771号",
       "本院于2023年4月10日对原告岑明远与被告鲁大川健康权纠纷一案作出的（2023）青0721民初80771号民"
       "事判决书"
       "中存在笔误。",
       "裁定如下：\n（2023）青0721民初80771号民事判决书第三页“33000元”补正为“33300元”。",
       CaseOutcome::kCorrected,
       {}},
  };
  return rows;
}

TEST(EarlierCasesTest, WhatEachKindOfDecisionNames) {
  for (const DecisionRow& row : DecisionRows()) {
    SCOPED_TRACE(row.what);
    const auto found = ReadPlainText(DecisionText(row), BuiltInRules());
    ASSERT_TRUE(found.ok()) << found.status();
    EXPECT_EQ(found->earlier_cases, row.earlier);
    EXPECT_EQ(found->outcome, row.outcome);
  }
}

TEST(EarlierCasesTest, EachIsShownByItsSentence) {
  const auto found = ReadPlainText(DecisionText(DecisionRows().front()), BuiltInRules());
  ASSERT_TRUE(found.ok());
  std::vector<std::string> fields;
  for (const Evidence& evidence : found->evidence) {
    if (evidence.field.starts_with("earlier_cases") || evidence.field == "outcome") {
      fields.push_back(evidence.field);
      EXPECT_FALSE(evidence.sentence.empty());
    }
  }
  EXPECT_THAT(fields, ElementsAre("earlier_cases[0]", "outcome"));
}

}  // namespace
}  // namespace recoup::court
