#include "hub/domain/creditor_reference.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace recoup::domain {
namespace {

std::vector<std::string> Found(std::string_view text) {
  std::vector<std::string> texts;
  for (const CreditorReference& reference : FindCreditorReferences(text)) {
    texts.push_back(reference.text());
  }
  return texts;
}

TEST(CreditorReferenceTest, ComputesCheckDigits) {
  EXPECT_EQ(CreditorReference::Make("539007547034")->text(), "RF18539007547034");
  EXPECT_EQ(CreditorReference::Make("fund2025000123")->text(), "RF13FUND2025000123");
  EXPECT_EQ(CreditorReference::Make("A")->text(), "RF25A");
  EXPECT_EQ(CreditorReference::Make(std::string(21, 'Z'))->text(), "RF09" + std::string(21, 'Z'));
  EXPECT_FALSE(CreditorReference::Make("").ok());
  EXPECT_FALSE(CreditorReference::Make(std::string(22, 'Z')).ok());
  EXPECT_FALSE(CreditorReference::Make("FUND-1").ok());
  EXPECT_FALSE(CreditorReference::Make("医保1").ok());
}

TEST(CreditorReferenceTest, PrintsInFours) {
  EXPECT_EQ(CreditorReference::Make("539007547034")->Spaced(), "RF18 5390 0754 7034");
  EXPECT_EQ(CreditorReference::Make("FUND2025000123")->Spaced(), "RF13 FUND 2025 0001 23");
  EXPECT_EQ(CreditorReference::Make("A")->body(), "A");
}

TEST(CreditorReferenceTest, ReadsEveryWayPayersWriteIt) {
  for (const char* text : {"RF18539007547034", "RF18 5390 0754 7034", "rf18 5390 0754 7034",
                           "ＲＦ１８　５３９０　０７５４　７０３４", "RF18-5390-0754-7034"}) {
    const auto reference = CreditorReference::Parse(text);
    ASSERT_TRUE(reference.ok()) << text;
    EXPECT_EQ(reference->text(), "RF18539007547034");
  }
  for (const char* text :
       {"", "RF", "RF18", "RF19539007547034", "RF18539007547035", "XF18539007547034",
        "RFA8539007547034", "RF18539007547034!", "RF09ZZZZZZZZZZZZZZZZZZZZZZ"}) {
    EXPECT_FALSE(CreditorReference::Parse(text).ok()) << text;
  }
}

TEST(CreditorReferenceTest, EveryWrongDigitIsFound) {
  const std::string valid = "RF18539007547034";
  for (std::size_t i = 2; i < valid.size(); ++i) {
    for (char c = '0'; c <= '9'; ++c) {
      if (c == valid[i]) continue;
      std::string wrong = valid;
      wrong[i] = c;
      EXPECT_FALSE(CreditorReference::Parse(wrong).ok()) << wrong;
    }
  }
}

TEST(FindCreditorReferencesTest, InFreeText) {
  using ::testing::Contains;
  using ::testing::ElementsAre;
  using ::testing::IsEmpty;
  EXPECT_THAT(Found("追偿款RF18539007547034，谢谢"), ElementsAre("RF18539007547034"));
  EXPECT_THAT(Found("附言：rf18 5390 0754 7034 张"), ElementsAre("RF18539007547034"));
  EXPECT_THAT(Found("ＲＦ１８５３９００７５４７０３４"), ElementsAre("RF18539007547034"));
  EXPECT_THAT(
      Found("/INV/RF18539007547034/RF13FUND2025000123/RF18539007547034"),
      // The last is a shorter reading that happens to divide; it is a candidate like the others.
      ElementsAre("RF18539007547034", "RF13FUND2025000123", "RF13FUND202500012"));
  // What follows without a sign between may belong to it or not: the true one is a candidate.
  EXPECT_THAT(Found("RF18539007547034 20261121"), Contains("RF18539007547034"));
  EXPECT_THAT(Found("RFRF18539007547034"), Contains("RF18539007547034"));
  EXPECT_THAT(Found("RF25A"), ElementsAre("RF25A"));
  EXPECT_THAT(Found(""), IsEmpty());
  EXPECT_THAT(Found("RF"), IsEmpty());
  EXPECT_THAT(Found("RF18 and nothing"), IsEmpty());
  EXPECT_THAT(Found("医保基金追偿 (2025)沪0115民初12345号"), IsEmpty());
}

}  // namespace
}  // namespace recoup::domain
