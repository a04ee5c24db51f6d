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
      {U"民 事　判 决 书", "民事\n判决书"},  // One line: the wide space parts paragraphs.
      {U"（２０２１）冀０２８３民初９号", "(2021)冀0283民初9号"},
      {U"38,762.40元,共", "38,762.40元，共"},
      {U"６２，０００．００元", "62,000.00元"},
      {U"2013年,2014年;是:否", "2013年，2014年；是：否"},
      {U"住长春市.上诉.", "住长春市。上诉。"},
      {U"70％", "70%"},
      {U"二○一九年", "二〇一九年"},
      {U"医疗费   96318.42    55547.36   凭票", "医疗费96318.42│55547.36│凭票"},
      {U"2023  年  8  月  9  日", "2023年8月9日"},
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
