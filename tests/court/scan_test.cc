// A page that is really recognised: what stands in a scan is read like the same words in a text
// file.
#include "tests/common/scan.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "adapters/common/pages/recognise.h"
#include "adapters/court/extract.h"
#include "adapters/court/source.h"
#include "adapters/court/sources/page_lines.h"
#include "adapters/court/sources/read_source.h"

namespace recoup::court {
namespace {

const std::vector<std::string> kHeadings = {"上海市青山区人民法院", "民 事 判 决 书",
                                            "（2025）沪0199民初80779号"};
const std::vector<std::string> kParagraphs = {
    "原告：李明远，男，1968年2月11日出生，汉族，住上海市青山区人民路12号。",
    "被告：王大川，男，1979年9月3日出生，汉族，住上海市青山区人民路。",
    "被告：东海财产保险股份有限公司上海分公司，住所地上海市青山区人民路一百二十号。",
    "原告李明远与被告王大川、东海财产保险股份有限公司上海分公司机动车交通事故责任纠纷一案，本院于20"
    "25"
    "年6月4日立案后，依法适用简易程序，公开开庭进行了审理。本案现已审理终结。",
    "经审理查明：2025年1月15日，被告王大川驾驶沪A12345小型轿车与骑电动自行车的原告相撞，致原告受伤"
    "。交"
    "警部门认定王大川负主要责任，原告负次要责任。原告住院治疗20天，共发生医疗费80,"
    "000元，其中医保统筹基"
    "金支付30,000元，个人支付50,"
    "000元。沪A12345小型轿车在被告东海财产保险股份有限公司上海分公司投保交强险"
    "及商业三者险（限额100万元），事故发生在保险期间内。",
    "本院认为，公民的健康权受法律保护。王大川负主要责任，由其承担70%"
    "的赔偿责任。关于医疗费，原告由医保统"
    "筹基金支付的部分不影响侵权人承担赔偿责任，保险公司要求扣减的意见不予采纳，本院确认医疗费为80,"
    "000元。",
    "依照《中华人民共和国民法典》第一千一百七十九条之规定，判决如下：",
    "一、被告东海财产保险股份有限公司上海分公司于本判决生效之日起十日内在交强险责任限额内赔偿原告李"
    "明远"
    "18,000元；",
    "二、被告东海财产保险股份有限公司上海分公司于本判决生效之日起十日内在商业三者险责任限额内赔偿原"
    "告岑明"
    "远43,400元；",
    "三、驳回原告李明远的其余诉讼请求。",
};

TEST(Scan, IsReadLikeText) {
  SourceReader reader(adapters::MakeTesseract());
  const auto documents = reader.Read(adapters::ScannedParagraphsPng(kHeadings, kParagraphs));
  if (!documents.ok() &&
      documents.status().message().find("install tesseract") != absl::string_view::npos) {
    GTEST_SKIP() << documents.status().message();
  }
  ASSERT_TRUE(documents.ok()) << documents.status();
  const RuleBook rules = RuleBook::BuiltIn().value();
  const JudgmentElements found = ExtractElements(documents->front().text, rules);
  SCOPED_TRACE(EncodeUtf8(documents->front().text));
  ASSERT_TRUE(found.fund_paid.has_value());
  EXPECT_EQ(found.fund_paid->ToYuan(), "30000.00");
  EXPECT_EQ(found.medical_expense_total->ToYuan(), "80000.00");
  EXPECT_EQ(found.grade, Grade::kAdvanceOutstanding);
  EXPECT_EQ(found.basis, Basis::kGross);
  ASSERT_EQ(found.injured_persons.size(), 1u);
  EXPECT_EQ(found.injured_persons[0].name, "李明远");
  EXPECT_EQ(found.accident_on, absl::CivilDay(2025, 1, 15));
  EXPECT_EQ(found.cause, "机动车交通事故责任纠纷");
  ASSERT_EQ(found.obligations.size(), 2u);
  EXPECT_EQ(found.obligations[0].amount.ToYuan(), "18000.00");
  EXPECT_EQ(found.obligations[1].amount.ToYuan(), "43400.00");
  ASSERT_EQ(found.liability.size(), 2u);
  EXPECT_EQ(found.liability[0].share_percent, Percent{7000});
}

// Lines of a page 400 points wide, its text from 50 to 350, in letters of 10.
PageLine LineAt(double left, double right, std::u32string text) {
  PageLine line;
  line.box = {left, 0, right, 10};
  line.text = std::move(text);
  return line;
}

std::string Breaks(std::vector<PageLine> lines) {
  MarkParagraphs(lines);
  std::string breaks;
  for (const PageLine& line : lines) breaks += line.ends_paragraph ? '|' : '-';
  return breaks;
}

TEST(MarkParagraphs, AnIndentBeginsAndAShortLineEndsAParagraph) {
  EXPECT_EQ(Breaks({LineAt(150, 250, U"判决书"), LineAt(70, 350, U"经查明原告与被告"),
                    LineAt(50, 350, U"医疗费三万元其中"), LineAt(50, 200, U"医保支付。"),
                    LineAt(70, 350, U"本院认为应当承担。"), LineAt(70, 345, U"判决如下被告应于"),
                    LineAt(51, 349, U"生效后十日内赔偿"), LineAt(50, 120, U"原告一万元")}),
            "|--||--|");
}

TEST(MarkParagraphs, WithoutIndentsASentenceThatEndsAtTheMarginEndsAParagraph) {
  EXPECT_EQ(Breaks({LineAt(50, 350, U"经查明原告与被告"), LineAt(50, 350, U"医疗费三万元。"),
                    LineAt(50, 350, U"本院认为应当承担"), LineAt(50, 200, U"赔偿责任。")}),
            "-|-|");
}

TEST(MarkParagraphs, TheRowsOfATableAndLinesOfAnyLengthStayLines) {
  std::vector<PageLine> table = {LineAt(50, 350, U"医疗费30000"), LineAt(50, 350, U"护理费3600"),
                                 LineAt(50, 350, U"合计33600"), LineAt(50, 350, U"统筹支付12000")};
  for (PageLine& row : table) row.has_gap = true;
  EXPECT_EQ(Breaks(table), "||||");
  EXPECT_EQ(Breaks({LineAt(50, 350, U"医疗费三万元"), LineAt(50, 150, U"护理费"),
                    LineAt(50, 200, U"误工费"), LineAt(50, 120, U"交通费"),
                    LineAt(50, 260, U"残疾赔偿金")}),
            "|||||");
}

}  // namespace
}  // namespace recoup::court
