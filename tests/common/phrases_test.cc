#include "adapters/common/phrases.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "re2/re2.h"
#include "tests/architecture/source_tree.h"

namespace recoup::adapters {
namespace {

using ::testing::IsEmpty;

TEST(PhrasesTest, SentencesAreKnownWholeOrWithHoles) {
  struct Row {
    const char* english;
    const char* chinese;
  };
  for (const Row& row : {
           Row{"missing", "缺失"},
           {"9999.00 yuan is more than the 1765.44 yuan that are open",
            "9999.00 元超过未结的 1765.44 元"},
           {"300.00 yuan is more than the 200.00 yuan claimed for pools/1/advances/2",
            "300.00 元超过就 pools/1/advances/2 主张的 200.00 元"},
           {"line 7, :62F:", "第 7 行，:62F:"},
           {"line 6, 余额", "第 6 行，余额"},
           {"not an amount: a character that is no digit", "不是金额：含有非数字字符"},
           {"flag.patient.name: missing (and 2 more faults)",
            "flag.patient.name：缺失（另有 2 处）"},
           {"the closing account: in the future", "the closing account：日期在将来"},
           {"nobody ever said this", "nobody ever said this"},
           {"nobody: ever said", "nobody: ever said"},
           {"", ""},
           {"yuan is more than the  yuan that are open",
            "yuan is more than the  yuan that are open"},
           {"must be a duration such as 500ms, 30s, 5m or 2h", "须为时长，如 500ms、30s、5m 或 2h"},
           {"The following arguments were not expected: 3 --dya; see recoup-hospital flags --help",
            "没有这些命令或选项：3 --dya；参见 recoup-hospital flags --help"},
           {"VISIT is required; see recoup-hospital show --help",
            "缺少 VISIT；参见 recoup-hospital show --help"},
           {"--reason: 1 required TEXT missing; see recoup-hospital answer --help",
            "--reason 缺少取值；参见 recoup-hospital answer --help"},
           {"Could not convert: ID = x; see recoup-hospital answer --help",
            "ID 不能是 x；参见 recoup-hospital answer --help"},
           {"金额有误", "金额有误"},
       }) {
    EXPECT_EQ(InChinese(row.english), row.chinese);
  }
}

TEST(PhrasesTest, WhatSaysMostIsTakenFirst) {
  EXPECT_EQ(InChinese("missing: a demand or a reference"), "缺失：须填追偿要求或付款参考号");
  EXPECT_EQ(InChinese("more than the obligation"), "超过该给付义务的金额");
  EXPECT_EQ(InChinese("more than 1000"), "超过 1000");
}

TEST(PhrasesTest, EveryLineHasChineseAndItsHoles) {
  for (const absl::string_view line : absl::StrSplit(std::string(PhraseText()), '\n')) {
    if (line.empty() || line[0] == '#') continue;
    const std::vector<std::string> halves = absl::StrSplit(line, absl::MaxSplits(" => ", 1));
    ASSERT_EQ(halves.size(), 2u) << line;
    int holes = 0;
    for (std::size_t at = 0; (at = halves[0].find("{}", at)) != std::string::npos; at += 2) ++holes;
    for (int i = 1; i <= 9; ++i) {
      const bool used = absl::StrContains(halves[1], "{" + std::to_string(i) + "}");
      EXPECT_TRUE(!used || i <= holes) << line;
    }
    EXPECT_FALSE(halves[1].empty()) << line;
  }
}

// What never reaches a person: commands as text, bytes that are signed, faults of the program
// itself (ledger laws, codecs, proofs), which the log and the operator see.
bool IsForTheOperator(const std::string& path, const std::string& text) {
  static const std::set<std::string> files{"hub/app/worklist.cc",
                                           "hub/app/self_check.cc",
                                           "hub/app/settlement_pages.cc",
                                           "hub/app/ageing.cc",
                                           "hub/app/funnel.cc",
                                           "hub/app/letters.cc",
                                           "hub/app/debtor_account.cc",
                                           "hub/app/match_certificate.cc",
                                           "hub/app/settlement_lines.cc",
                                           "hub/config/config.cc",
                                           "hub/config/hub_config.cc",
                                           "hub/config/schema.cc",
                                           "hub/domain/wire.h",
                                           "hub/domain/states.cc",
                                           "hub/domain/states.h",
                                           "hub/domain/policy_data.cc",
                                           "hub/domain/stage.cc",
                                           "hub/rpc/journal_export.cc",
                                           "hub/rpc/stream.h"};
  static const std::set<std::string> texts{
      "a ratio needs a non-negative numerator and a positive denominator",
      "an advance of this demand is gone",
      "an answer is malformed",
      "an approval has no offer",
      "an approval has no subject",
      "a piece of a document is gone",
      "a transfer of an advance is gone",
      "a tree head is malformed",
      "a leaf hash is malformed",
      "a record of no known kind",
      "call refused",
      "has no type",
      "cannot split a negative amount",
      "cannot split by a negative weight",
      "cannot split: all weights are zero",
      "the basis was not checked",
      "the break of an unmatched entry is missing",
      "the event of a remembered request is gone",
      "the header of an event is malformed",
      "the log is shorter than its head says",
      "old size",
      "no memory for the zip file",
      "the elements cannot be serialized",
      "<!doctype html",
      "SQLite format 3"};
  return files.contains(path) || texts.contains(text) || absl::StartsWith(text, "recoup ") ||
         absl::StartsWith(text, "recoupctl ");
}

// Sentences are put together from literals, so each literal of two words must stand in the
// catalogue.
TEST(PhrasesTest, WhatTheHubAndReadersSayToPeopleIsInTheCatalogue) {
  static const RE2 kLiteral(R"re("((?:[^"\\\n]|\\.)*)")re");
  static const RE2 kWords("[a-z]{2,} [a-z]");
  // What a command does, its examples, what a setting means: told in both languages where it
  // stands.
  static const RE2 kHelp("^([A-Z`]|recoup|pools/|--party)|\\.$");
  static const RE2 kAdjacent(R"re("\s*\n\s*")re");
  std::set<std::string> unknown;
  for (const architecture::SourceFile& file : architecture::FilesBelow(
           {"hub/app", "hub/config", "hub/domain", "hub/rpc", "hub/engine", "adapters/insurer/bank",
            "adapters/insurer/mapping", "adapters/insurer/payment", "adapters/court/sources",
            "adapters/court/mapping", "adapters/common/archive", "adapters/common/pages",
            "adapters/insurer/program", "ctl"})) {
    if (!architecture::IsIncluder(file.path)) continue;
    const bool is_program =
        absl::StrContains(file.path, "/program/") || absl::StartsWith(file.path, "ctl/");
    std::string code = file.text;
    RE2::GlobalReplace(&code, R"re(//[^\n]*)re", "");
    RE2::GlobalReplace(&code, kAdjacent, "");
    re2::StringPiece rest(code);
    std::string text;
    while (RE2::FindAndConsume(&rest, kLiteral, &text)) {
      if (!RE2::PartialMatch(text, kWords) || RE2::PartialMatch(text, "\\p{Han}")) continue;
      const std::string words =
          absl::StrReplaceAll(absl::StripAsciiWhitespace(text), {{"\\\"", "\""}});
      if (IsForTheOperator(file.path, words) || InChinese(words) != words) continue;
      if (is_program && RE2::PartialMatch(words, kHelp)) continue;
      if (!absl::StrContains(std::string(PhraseText()), words)) {
        unknown.insert(file.path + ": " + words);
      }
    }
  }
  EXPECT_THAT(unknown, IsEmpty());
}

}  // namespace
}  // namespace recoup::adapters
