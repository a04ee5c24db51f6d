#include "hub/reconcile/reference_scan.h"

#include <gtest/gtest.h>
#include <re2/re2.h>

#include <algorithm>
#include <array>

#include "hub/base/ids.h"
#include "hub/domain/creditor_reference.h"

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

// What the scanner of case numbers must find, said as an expression.
Found CaseNumbersByExpression(std::string_view text) {
  static const RE2* const kPattern = new RE2(
      R"(\((\d{4})\)([^号()]{2,30}?)第?(\d{1,10})号(之(?:[一二三四五六七八九十]+|\d{1,3}))?)",
      RE2::Quiet);
  Found found;
  const std::string compact = Compact(text);
  re2::StringPiece rest(compact);
  std::string year, court, number, part;
  while (RE2::FindAndConsume(&rest, *kPattern, &year, &court, &number, &part)) {
    found.push_back("(" + year + ")" + court + number + "号" + part);
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

TEST(ReferenceScanTest, CaseNumbersAreThoseOfTheExpression) {
  static constexpr std::array<std::string_view, 24> kParts = {
      "(2025)", "(",          ")",        "2",    "0115",         "123456", "沪",     "民初",
      "第",     "号",         "之",       "一",   "十二",         "号",     "第",     "7",
      "(202)",  "沪0115民初", "\xE5\x8F", "\xFF", "\xED\xA0\x80", "a",      "之1234", "  "};
  SeededRandom random(20261122);
  std::size_t found = 0;
  for (int round = 0; round < 50'000; ++round) {
    std::string text;
    for (std::uint64_t parts = 1 + random.Next() % 14; parts > 0; --parts) {
      // Mostly what begins and ends a number, so that many texts hold one.
      text += random.Next() % 3 == 0 ? (random.Next() % 2 == 0 ? "(2025)" : "号")
                                     : kParts[random.Next() % kParts.size()];
    }
    const Found expected = CaseNumbersByExpression(text);
    ASSERT_EQ(FindCaseNumbers(text), expected) << text;
    found += expected.size();
  }
  EXPECT_GT(found, 1'000U);
  const std::string court(3 * 31, 'x');
  for (std::size_t size = 0; size <= 45; ++size) {
    for (const char* end : {"1号", "第1号", "1234567890号", "第12345678901号", "号"}) {
      const std::string text = "(2025)" + court.substr(0, size) + end;
      EXPECT_EQ(FindCaseNumbers(text), CaseNumbersByExpression(text)) << text;
    }
  }
}

TEST(ReferenceScanTest, DamagedReferencesAreReadLikeTryingEverySlip) {
  constexpr std::string_view kAlphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  const auto try_all = [&](const std::string& word) {
    Found found;
    const auto consider = [&](const std::string& reading) {
      if (NormaliseReference(reading) == reading && !reading.empty()) found.push_back(reading);
    };
    for (std::size_t at = 0; at <= word.size(); ++at) {
      if (at < word.size()) consider(std::string(word).erase(at, 1));
      if (at + 1 < word.size()) {
        std::string reading = word;
        std::swap(reading[at], reading[at + 1]);
        consider(reading);
      }
      for (const char c : kAlphabet) {
        consider(std::string(word).insert(at, 1, c));
        if (at == word.size()) continue;
        std::string reading = word;
        reading[at] = c;
        consider(reading);
      }
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
  };
  SeededRandom random(7);
  for (int round = 0; round < 150; ++round) {
    std::string own;
    for (std::uint64_t size = 1 + random.Next() % 21; size > 0; --size) {
      own += kAlphabet[random.Next() % (round % 2 == 0 ? 10 : 36)];
    }
    const auto reference = domain::CreditorReference::Make(own);
    ASSERT_TRUE(reference.ok()) << own;
    std::string word(reference->text());
    const std::size_t at = random.Next() % word.size();
    switch (random.Next() % 3) {
      case 0:
        word[at] = kAlphabet[random.Next() % 36];
        break;
      case 1:
        word.erase(at, 1);
        break;
      default:
        word.insert(at, 1, kAlphabet[random.Next() % 36]);
    }
    const Found readings = ReadingsOfDamaged(word);
    ASSERT_EQ(readings, try_all(word)) << word;
    EXPECT_TRUE(std::find(readings.begin(), readings.end(), reference->text()) != readings.end());
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
