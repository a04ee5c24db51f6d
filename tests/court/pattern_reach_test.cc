// How far a pattern can match is never told too short.
#include "adapters/court/pattern_reach.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "adapters/court/rule_book.h"

namespace recoup::court {
namespace {

TEST(PatternReach, CountsTheBytesOfTheLongestMatch) {
  struct Case {
    const char* pattern;
    std::optional<std::size_t> bytes;
  };
  const Case cases[] = {
      {"医保", 6},
      {"医保|新农合", 9},
      {"(?:医保|统筹)?支付(?:了|过)", 15},
      {R"(\d{1,3}(?:\.\d{2})?元)", 9},
      {R"([\p{Han}]{2,4}?)", 16},
      {"[^，。]{0,2}x", 9},
      {"[×·A-Z]{3}", 6},
      {"^$", 0},
      {R"(\(甲\))", 5},
      {"甲{2}乙{0,1}", 9},
      {"(?:甲{2}){3}", 18},
      {".", 4},
      {"", 0},
      {R"(\d+)", std::nullopt},
      {"甲*", std::nullopt},
      {"甲{2,}", std::nullopt},
      {"[^。]*?元", std::nullopt},
      {"(?:甲{9999}){9999}", std::size_t{3} * 9999 * 9999},
      {"(?:甲{9999}){9999}{9}", std::nullopt},
  };
  for (const auto& [pattern, bytes] : cases) {
    EXPECT_EQ(ReachOf(pattern).bytes_max, bytes) << pattern;
  }
}

TEST(PatternReach, KnowsWhatCannotMatchALineBreak) {
  for (const char* stays : {"医保支付", R"(\d+\.\d{2}元)", "[^，。\n]{2,8}", R"([^\s]+)",
                            R"(^(?:甲|乙)\p{Han}+?$)", "a.c", R"([\d,(]+\))"}) {
    EXPECT_FALSE(ReachOf(stays).crosses_line) << stays;
  }
  for (const char* leaves : {"[^，。]{2,8}", "甲\n乙", R"(甲\n乙)", R"(\s)", R"(\D)", R"(\W)",
                             R"(\PN)", R"([\s，])", "(?s)a.c", "[[:^alpha:]]", R"(\x0a)", "[]\n]",
                             "[", "\\", "[\x01-a]", "(甲", "甲)", "甲**", "\xE7"}) {
    EXPECT_TRUE(ReachOf(leaves).crosses_line) << leaves;
  }
}

TEST(PatternReach, KnowsWhatCannotMatchAFullStop) {
  for (const char* stays : {"医保，支付；", R"([^。\n]*元)", R"((?:[\d,]+(?:\.\d+)?元)+)",
                            R"([^\n，。；]{0,9})", "[、]", R"(甲\n乙)", "[^，。]*"}) {
    EXPECT_FALSE(ReachOf(stays).crosses_stop) << stays;
  }
  for (const char* leaves : {"医保。", "[^，\n]", ".", "[。；]", R"([^\s])", "[、-〇]", R"(\。)"}) {
    EXPECT_TRUE(ReachOf(leaves).crosses_stop) << leaves;
  }
}

std::string CuesOf(const char* pattern) {
  std::string all;
  for (const Cue& cue : ReachOf(pattern).cues) {
    absl::StrAppend(&all, all.empty() ? "" : " ", absl::StrJoin(cue.literals, "|"), "@",
                    cue.begin_max);
  }
  return all;
}

TEST(PatternReach, KnowsTheWordsOfEveryMatchInTheirOrder) {
  EXPECT_EQ(CuesOf("(?:医保|新农合)[^。]{0,2}支付"), "医保|新农合@0 支付@17");
  EXPECT_EQ(CuesOf("未投保X?"), "未投保@0");
  EXPECT_EQ(CuesOf("[已未](?:投保)?付A"), "已付a|未付a|已投保付a|未投保付a@0");
  EXPECT_EQ(CuesOf("(?:未|没有)?投保"), "投保@6");
  EXPECT_EQ(CuesOf("(?:甲乙)+丙丁"), "甲乙@0 丙丁@4294967295");
  EXPECT_EQ(CuesOf("(?:甲乙)*丙丁"), "丙丁@4294967295");
  EXPECT_EQ(CuesOf("甲乙\\d丙丁|戊己[^。]庚辛"), "戊己|甲乙@0 丙丁|庚辛@10");
  EXPECT_EQ(CuesOf("甲乙\\d丙丁|戊己"), "戊己|甲乙@0");
  EXPECT_EQ(CuesOf("\\d{4}年"), "年@4");
}

TEST(PatternReach, KnowsWhichWordsAreNone) {
  for (const char* none :
       {R"(\d+)", "医保|[^。]+", "(?:医保)?", "(?:医保){0}", "[^医]", "(broken", "", "(?i)abc"}) {
    EXPECT_EQ(CuesOf(none), "") << none;
  }
}

// A rule whose pattern is not understood is searched for everywhere, which costs time.
TEST(PatternReach, UnderstandsTheBuiltInRules) {
  const RuleBook rules = RuleBook::BuiltIn().value();
  std::size_t far = 0;
  std::size_t all = 0;
  for (const auto& [name, group] : rules.groups()) {
    for (const Rule& rule : group.rules) {
      ++all;
      const bool everywhere =
          !rule.reach.bytes_max.has_value() && rule.reach.crosses_line && rule.reach.crosses_stop;
      far += everywhere ? 1u : 0u;
    }
  }
  EXPECT_LT(far * 20, all);
}

}  // namespace
}  // namespace recoup::court
