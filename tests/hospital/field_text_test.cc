#include "adapters/hospital/field_text.h"

#include <optional>
#include <string>

#include "adapters/hospital/charset.h"
#include "gtest/gtest.h"
#include "hub/base/clock.h"

namespace recoup::hospital {
namespace {

TEST(FieldTextTest, AmountsAreExactAlsoWithExponents) {
  struct Row {
    std::string text;
    std::optional<std::int64_t> fen;
  };
  const Row rows[] = {
      {"0.1", 10},
      {"10103.92", 1010392},
      {"1E+2", 10000},
      {"0E-8", 0},
      {"1.05e1", 1050},
      {"12345E-2", 12345},
      {"-2.5E0", -250},
      {"1E-3", std::nullopt},
      {"1.005", std::nullopt},
      {"1E999", std::nullopt},
      {"1E", std::nullopt},
      {"E2", std::nullopt},
      {"", std::nullopt},
      {"abc", std::nullopt},
      {"1.00000", 100},
      {"1E+20", std::nullopt},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.text);
    const absl::StatusOr<domain::Money> amount = AmountFromText(row.text);
    EXPECT_EQ(amount.ok() ? std::optional(amount->fen()) : std::nullopt, row.fen);
  }
}

TEST(FieldTextTest, NamesLoseTheBlanksThatPadThem) {
  const std::pair<std::string, std::string> rows[] = {
      {" 蒋 雯 ", "蒋雯"},
      {"魏\xE3\x80\x80强", "魏强"},
      {"魏\xC2\xA0强", "魏强"},
      {"买买提·阿卜杜热依木", "买买提·阿卜杜热依木"},
      {"JANE DOE", "JANE DOE"},
      {"ZHAO 大民", "ZHAO 大民"},
      {"", ""}};
  for (const auto& [sent, name] : rows) EXPECT_EQ(PersonNameFromText(sent), name) << sent;
}

TEST(FieldTextTest, ADayAloneHasNoTimeOfDay) {
  for (const char* text : {"2026-03-05 00:00:00", "202603050810", "2026-03-05T08:10+08:00"}) {
    EXPECT_TRUE(HasTimeOfDay(text)) << text;
  }
  for (const char* text : {"2026-03-05", "20260305", "2026/3/5", "202603", "", "soon"}) {
    EXPECT_FALSE(HasTimeOfDay(text)) << text;
  }
}

TEST(FieldTextTest, YesAndNoInTheSendersWords) {
  for (const char* text : {"1", "Y", "YES", "True", "是", "有", " 涉及 "}) {
    EXPECT_EQ(TriStateFromText(text), TriState::kYes) << text;
  }
  for (const char* text : {"0", "n", "No", "false", "否", "无", "不涉及"}) {
    EXPECT_EQ(TriStateFromText(text), TriState::kNo) << text;
  }
  for (const char* text : {"", "2", "10", "涉", "none"}) {
    EXPECT_EQ(TriStateFromText(text), TriState::kUnknown) << text;
  }
}

TEST(FieldTextTest, TimesOfBothFormats) {
  const absl::Time noon = absl::FromCivil(absl::CivilSecond(2026, 3, 5, 12, 0, 0), ChinaTimeZone());
  struct Row {
    std::string text;
    std::optional<absl::Time> time;
  };
  const Row rows[] = {
      {"2026-03-05 12:00:00", noon},
      {"2026-03-05T12:00:00", noon},
      {"2026-03-05 12:00:00.123", noon},
      {"20260305120000", noon},
      {"20260305120000123", noon},
      {"202603051200", noon},
      {"20260305120000.5+0800", noon},
      {"20260305040000Z", noon},
      {"20260304230000-0500", noon},
      {"2026-03-05", noon - absl::Hours(12)},
      {"2026/03/05", noon - absl::Hours(12)},
      {"2026/3/5 12:00", noon},
      {"2026-3-5 12:0:0", noon},
      {"2026.03.05 12:00:00", noon},
      {"2026/3/5 0:5", noon - absl::Hours(12) + absl::Minutes(5)},
      // Without signs between them digits come in twos.
      {"20263", std::nullopt},
      {"2026/3/555", std::nullopt},
      {"2026-02-30", std::nullopt},
      {"2026-13-01", std::nullopt},
      {"20260305250000", std::nullopt},
      {"yesterday", std::nullopt},
      {"0000-00-00 00:00:00", std::nullopt},
      {"", std::nullopt},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.text);
    EXPECT_EQ(TimeFromText(row.text), row.time);
  }
}

TEST(FieldTextTest, CardNumbersNeedTheRightCheckCharacter) {
  EXPECT_TRUE(IsResidentCardNumber("11010519491231002X"));
  EXPECT_TRUE(IsResidentCardNumber("11010519491231002x"));
  EXPECT_FALSE(IsResidentCardNumber("110105194912310021"));
  EXPECT_FALSE(IsResidentCardNumber("11010519491231002"));
  EXPECT_FALSE(IsResidentCardNumber("1101051949123100二X"));
}

TEST(CharsetTest, Gb18030BecomesUtf8AndBrokenBytesDoNot) {
  EXPECT_EQ(Utf8FromGb18030("\xD6\xD0\xCE\xC4"), "中文");
  EXPECT_EQ(Utf8FromGb18030("plain"), "plain");
  EXPECT_EQ(Utf8FromGb18030("\xFF\xFF"), std::nullopt);
  EXPECT_TRUE(IsValidUtf8("中文"));
  EXPECT_FALSE(IsValidUtf8("\xD6\xD0"));
  EXPECT_TRUE(HasHan("a中"));
  EXPECT_FALSE(HasHan("abc，"));
  EXPECT_EQ(CharacterCount("中a文"), 3u);
}

TEST(FieldTextTest, TrimsFullWidthSpaces) {
  EXPECT_EQ(Trimmed(" \t　张三　\r\n"), "张三");
  EXPECT_EQ(Trimmed("　"), "");
}

}  // namespace
}  // namespace recoup::hospital
