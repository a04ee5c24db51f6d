#include "adapters/court/normalise.h"

#include <gtest/gtest.h>

namespace recoup::court {
namespace {

TEST(Normalise, WritesOneSpelling) {
  struct Case {
    const char32_t* original;
    const char* expected;
  };
  const Case cases[] = {
      {U"民 事　判 决 书", "民事判决书"},
      {U"（２０２１）冀０２８３民初９号", "(2021)冀0283民初9号"},
      {U"38,762.40元,共", "38,762.40元，共"},
      {U"６２，０００．００元", "62,000.00元"},
      {U"2013年,2014年;是:否", "2013年，2014年；是：否"},
      {U"住长春市.上诉.", "住长春市。上诉。"},
      {U"70％", "70%"},
      {U"二○一九年", "二〇一九年"},
      {U"医疗费   96318.42    55547.36   凭票", "医疗费96318.42│55547.36│凭票"},
      {U"2023  年  8  月  9  日", "2023年8月9日"},
      // Thousands, however they are parted; what is no grouping stays a list.
      {U"支付30，000元", "支付30,000元"},
      {U"支付1，234，567.89元", "支付1,234,567.89元"},
      {U"支付1，234,567元", "支付1,234,567元"},
      {U"支付12’345．60元", "支付12,345.60元"},
      {U"支付30，000万元", "支付30,000万元"},
      {U"共30，000.00、", "共30,000.00、"},
      {U"住院16天，500元", "住院16天，500元"},
      {U"2013，2014年", "2013，2014年"},
      {U"第1234，567元", "第1234，567元"},
      {U"第5，60元", "第5，60元"},
      // Currency signs and old characters.
      {U"支付￥30,000，自付¥500。", "支付30,000元，自付500元。"},
      {U"支付RMB30,000元", "支付30,000元"},
      {U"支付人民币30000，", "支付30000元，"},
      {U"壹萬贰仟圆", "壹万贰仟元"},
      {U"貳仟參佰圓整", "贰仟叁佰元"},
      {U"圆通速递，参与诉讼，陸某", "圆通速递，参与诉讼，陸某"},
      {U"限额人民币18000元整，其中，医疗费10000元", "限额18000元，其中医疗费10000元"},
      {U"付清8000元整改费", "付清8000元整改费"},
      // Sums without their unit beside others, and numbers that are none.
      {U"支付30000.00，自付500元", "支付30000.00元，自付500元"},
      {U"支付30000，自付500元", "支付30000元，自付500元"},
      {U"医疗费1600.50、护理费90元", "医疗费1600.50元、护理费90元"},
      {U"病历号30000，自付500元", "病历号30000，自付500元"},
      {U"手术费21480.00", "手术费21480.00"},
      // Shares and days.
      {U"承担7成，十分之七的，3分之2。", "承担70%，70%的，66.67%。"},
      {U"承担七成五的责任", "承担75%的责任"},
      {U"百分之七十点五，百分之70，70个百分点", "70.5%，70%，70%"},
      {U"七成三责险，由3成员，日万分之五", "七成三责险，由3成员，日万分之五"},
      {U"七成，七成半，百分之七十，二分之一", "七成，七成半，百分之七十，二分之一"},
      {U"2025年元月15号，3月5号", "2025年1月15日，3月5日"},
      {U"【2025】沪0115民初9号【诉请】", "(2025)沪0115民初9号【诉请】"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(Normalise(c.original).text, c.expected);
  }
}

TEST(Normalise, JoinsHardLineBreaksInsideAmounts) {
  std::u32string text = U"某某市人民法院\r\n";
  for (int i = 0; i < 6; ++i) text += U"原告因本次交通事故受伤后在医院住院治疗共计花费了\r\n";
  text += U"医疗费二十日内支付保险公司在限额内赔偿原告3471\r\n.6元\r\n二〇二〇年八月十九日\r\n";
  const std::string normalised = Normalise(text).text;
  EXPECT_NE(normalised.find("3471.6元\n二〇二〇年"), std::string::npos) << normalised;
  EXPECT_NE(normalised.find("花费了原告"), std::string::npos);
  EXPECT_EQ(normalised.find("人民法院\n"), normalised.find("人民法院"));
}

TEST(Normalise, MarksAUnitThatItSuppliesAndIsNotCertainOf) {
  EXPECT_EQ(Normalise(U"支付30000，自付500元").supplied, (std::vector<Span>{{11, 14}}));
  EXPECT_TRUE(Normalise(U"支付30000.00，自付500元").supplied.empty());
  EXPECT_TRUE(Normalise(U"支付¥30000，自付500元").supplied.empty());
}

TEST(Normalise, JoinsADateAndANumberOfTwoLines) {
  // A document of long paragraphs, so that no width is taken for that of its lines.
  const std::u32string paragraph(200, U'述');
  const auto joined = [&](const char32_t* lines) {
    const std::string text = Normalise(paragraph + U'\n' + lines).text;
    return text.substr(text.find('\n') + 1);
  };
  EXPECT_EQ(joined(U"二〇二五年\n十月二十日\n书记员"), "二〇二五年十月二十日\n书记员");
  EXPECT_EQ(joined(U"（2025）沪\n0115民初70001号\n原告"), "(2025)沪0115民初70001号\n原告");
  EXPECT_EQ(joined(U"治疗多年\n十日后出院"), "治疗多年\n十日后出院");
}

TEST(Normalise, PartsADocumentOfOneParagraph) {
  const std::u32string document =
      U"某某市人民法院民　事　判　决　书（2024）某01民终8号之一上诉人（原审被告）：甲，男，住某某"
      U"市，公民身份号码110101196001019999.被上诉人:乙公司。负责人:丙。当日到庭。案由：健康权纠纷"
      U"乙诉甲一案。一审判决：一、甲赔偿乙10元；二、驳回其余请求。甲称：“不服。”本院认为（有两点。"
      U"）"
      U"一审无误，判决如下：一、维持；二、甲给付乙1.5万元。（自次日起算。）三、驳回。审　判　员　丁"
      U"二〇二〇年二月二日书记员戊";
  EXPECT_EQ(Normalise(document).text,
            "某某市人民法院\n民事判决书\n(2024)某01民终8号之一\n"
            "上诉人(原审被告)：甲，男，住某某市，公民身份号码110101196001019999。\n"
            "被上诉人：乙公司。\n负责人：丙。当日到庭。\n案由：健康权纠纷\n乙诉甲一案。\n"
            "一审判决：一、甲赔偿乙10元；二、驳回其余请求。\n甲称：“不服。”\n"
            "本院认为(有两点。)\n一审无误，判决如下：\n一、维持；\n二、甲给付乙1.5万元。\n"
            "(自次日起算。)\n三、驳回。\n审判员丁\n二〇二〇年二月二日\n书记员戊");
  // In a document that has lines each is a paragraph, however long.
  const std::u32string lines = U"述。\n述。\n述。\n述。\n述。\n";
  EXPECT_EQ(Normalise(lines + document).text.find("人民法院\n"), std::string::npos);
}

TEST(Normalise, ARespelledFigureStandsWhereItWasWritten) {
  const NormalisedText text = Normalise(U"由甲承担七成五的责任");
  const std::size_t at = text.text.find("75%");
  ASSERT_NE(at, std::string::npos);
  EXPECT_EQ(text.InOriginal({at, at + 3}), (Span{4, 7}));
  const NormalisedText sum = Normalise(U"支付￥30,000。");
  const std::size_t digits = sum.text.find("30,000元");
  ASSERT_NE(digits, std::string::npos);
  EXPECT_EQ(sum.InOriginal({digits, digits + 9}), (Span{3, 9}));
}

TEST(Normalise, KnowsWhereEachByteStood) {
  const NormalisedText text = Normalise(U"共 １２元");
  ASSERT_EQ(text.text, "共12元");
  EXPECT_EQ(text.InOriginal({3, 5}), (Span{2, 4}));
  EXPECT_EQ(text.InOriginal({0, text.text.size()}), (Span{0, 5}));
  EXPECT_EQ(text.InOriginal({0, 0}), Span{});
  EXPECT_EQ(text.origin.size(), text.text.size());
}

}  // namespace
}  // namespace recoup::court
