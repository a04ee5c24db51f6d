#include "hub/domain/identity.h"

#include <gtest/gtest.h>

#include "hub/domain/text_width.h"

namespace recoup::domain {
namespace {

TEST(ResidentIdTest, ReadsEveryWayPeopleWriteIt) {
  for (const char* text : {"110101194912310024", " 1101 0119 4912 3100 24 ", "110101-19491231-0024",
                           "１１０１０１１９４９１２３１００２４", "110101　194912310024"}) {
    const auto id = ResidentId::Parse(text);
    ASSERT_TRUE(id.ok()) << text;
    EXPECT_EQ(id->number(), "110101194912310024");
    EXPECT_EQ(id->birth_date(), absl::CivilDay(1949, 12, 31));
    EXPECT_EQ(id->Masked(), "110***********0024");
  }
}

TEST(ResidentIdTest, CheckCharacterXInAnyForm) {
  // 11010519491231002X is the example of GB 11643 itself.
  for (const char* text :
       {"11010519491231002X", "11010519491231002x", "11010519491231002Ｘ", "11010519491231002ｘ"}) {
    const auto id = ResidentId::Parse(text);
    ASSERT_TRUE(id.ok()) << text;
    EXPECT_EQ(id->number(), "11010519491231002X");
  }
}

TEST(ResidentIdTest, OldFormIsUpgraded) {
  const auto id = ResidentId::Parse("110105491231002");
  ASSERT_TRUE(id.ok());
  EXPECT_EQ(id->number(), "11010519491231002X");
  EXPECT_FALSE(ResidentId::Parse("110105490231002").ok()) << "31 February";
}

TEST(ResidentIdTest, RefusesWhatIsNoIdentityNumber) {
  for (const char* text :
       {"", "1", "11010519491231002", "110105194912310021", "1101051949123100211",
        "11010519491331002X", "11010519490230002X", "11010500001231002X", "1101051949123100X2",
        "一一〇一〇五一九四九", "11010519491231002\xEF", "11010549123100X", "****************24"}) {
    const auto id = ResidentId::Parse(text);
    ASSERT_FALSE(id.ok()) << text;
    if (std::string_view(text).size() > 4) {
      EXPECT_EQ(std::string(id.status().message()).find(text), std::string::npos)
          << "the refusal repeats the number";
    }
  }
}

TEST(ResidentIdTest, EveryWrongDigitIsFound) {
  const std::string valid = "310106198802291237";
  ASSERT_TRUE(ResidentId::Parse(valid).ok());
  for (std::size_t i = 0; i < valid.size(); ++i) {
    for (char c = '0'; c <= '9'; ++c) {
      if (c == valid[i]) continue;
      std::string wrong = valid;
      wrong[i] = c;
      EXPECT_FALSE(ResidentId::Parse(wrong).ok()) << wrong;
    }
  }
}

TEST(ResidentIdTest, LeapDayNeedsALeapYear) {
  EXPECT_TRUE(ResidentId::Parse("310106198802291237").ok());
  EXPECT_FALSE(ResidentId::Parse("310106890229123").ok());
}

TEST(SocialCreditCodeTest, ChecksGb32100) {
  // The example of GB 32100.
  EXPECT_TRUE(SocialCreditCode::Parse("91350100M000100Y43").ok());
  EXPECT_EQ(SocialCreditCode::Parse("９１３５０１００m000100y43")->code(), "91350100M000100Y43");
  for (const char* text : {"", "91350100M000100Y44", "91350100M000100Y4", "91350100M000100Y433",
                           "91350100I000100Y43", "91350100M000100O43", "91350100M000010Y43"}) {
    EXPECT_FALSE(SocialCreditCode::Parse(text).ok()) << text;
  }
}

TEST(MaskTest, ShowsOnlyTheEnds) {
  EXPECT_EQ(MaskIdentityNumber("310106198802291237"), "310***********1237");
  EXPECT_EQ(MaskIdentityNumber("123456789"), "123**6789");
  EXPECT_EQ(MaskIdentityNumber("12345678"), "********");
  EXPECT_EQ(MaskIdentityNumber(""), "");
}

TEST(PersonNameTest, SpellingsOfOneNameAreEqual) {
  struct Case {
    const char* name;
    const char* normal;
  };
  for (const Case& c : {Case{"甄测试", "甄测试"},
                        {" 甄 测　试 ", "甄测试"},
                        {"甄\u00A0测试", "甄测试"},
                        {"古丽•试验", "古丽·试验"},
                        {"古丽 ・ 试验", "古丽·试验"},
                        {"古丽．试验", "古丽·试验"},
                        {"Ｊｏｈｎ　 test", "JOHN TEST"},
                        {"john\ttest", "JOHN TEST"},
                        {"", ""},
                        {"   ", ""}}) {
    EXPECT_EQ(NormalisePersonName(c.name), c.normal) << c.name;
    EXPECT_EQ(NormalisePersonName(c.normal), c.normal) << "normalising twice changes nothing";
  }
  EXPECT_NE(NormalisePersonName("甄测试"), NormalisePersonName("甄测式"));
  // A cut-off character at the end is kept, not read beyond.
  EXPECT_EQ(NormalisePersonName("甄\xE6"), "甄\xE6");
}

TEST(FoldWidthTest, FoldsTheWholeRangeAndNothingElse) {
  EXPECT_EQ(FoldWidth("！～＠｀（０９）　％"), "!~@`(09) %");
  EXPECT_EQ(FoldWidth("，、。甄\xEF\xBC"), ",、。甄\xEF\xBC");
  EXPECT_EQ(FoldWidth("｟"), "｟");  // U+FF5F follows the last folded one.
}

}  // namespace
}  // namespace recoup::domain
