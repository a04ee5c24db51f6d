#include "hub/reconcile/reference_scan.h"

#include <gtest/gtest.h>

namespace recoup::reconcile {
namespace {

using Found = std::vector<std::string>;

TEST(ReferenceScanTest, FindsReferences) {
  struct Case {
    const char* text;
    Found found;
  };
  for (const Case& c :
       {Case{"RF18539007547034", {"RF18539007547034"}},
        Case{"rf18 5390 0754 7034", {"RF18539007547034"}},
        Case{"附言RF18539007547034赔款", {"RF18539007547034"}},
        Case{"ＲＦ１８５３９００７５４７０３４", {"RF18539007547034"}},
        Case{"RF18539007547034 thanks", {"RF18539007547034"}},
        Case{"RF13FUND2025000123,RF18539007547034", {"RF13FUND2025000123", "RF18539007547034"}},
        Case{"RF18539007547035", {}},   // Wrong check digits.
        Case{"XRF18539007547034", {}},  // Part of another word.
        Case{"RF185390075470341", {}},  // Longer than the reference.
        Case{"RF18", {}}, Case{"RF", {}}, Case{"", {}}}) {
    EXPECT_EQ(FindReferences(c.text), c.found) << c.text;
  }
}

TEST(ReferenceScanTest, FindsCaseNumbersHoweverTheyAreWritten) {
  struct Case {
    const char* text;
    Found found;
  };
  for (const Case& c :
       {Case{"（2025）沪0115民初12345号", {"(2025)沪0115民初12345号"}},
        Case{"〔2025〕沪0115民初 12345 号赔款", {"(2025)沪0115民初12345号"}},
        Case{"[２０２５]沪0115民初１２３４５号", {"(2025)沪0115民初12345号"}},
        Case{"【2025】沪0115民初12345号", {"(2025)沪0115民初12345号"}},
        Case{"（2014）新民初字第161号", {"(2014)新民初字161号"}},
        Case{"(2014)新民初字161号", {"(2014)新民初字161号"}},
        Case{"(2025)沪0115执88号之一", {"(2025)沪0115执88号之一"}},
        Case{"(2025)沪01民终1号、(2025)沪02民终2号", {"(2025)沪01民终1号", "(2025)沪02民终2号"}},
        Case{"(2025)沪01民终", {}}, Case{"2025沪01民终1号", {}}, Case{"\xff\xfe(2025)\x80", {}}}) {
    EXPECT_EQ(FindCaseNumbers(c.text), c.found) << c.text;
  }
}

TEST(ReferenceScanTest, WordsAreWhole) {
  EXPECT_TRUE(ContainsWord("付R-2025-17款", "R-2025-17"));
  EXPECT_FALSE(ContainsWord("R-2025-171", "R-2025-17"));
  EXPECT_FALSE(ContainsWord("AR-2025-17", "R-2025-17"));
  EXPECT_TRUE(ContainsWord("R-2025-171 R-2025-17", "R-2025-17"));
  EXPECT_FALSE(ContainsWord("x", ""));
}

}  // namespace
}  // namespace recoup::reconcile
