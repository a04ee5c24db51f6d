// What clerks are told is Chinese: every text that the readers, the rules and the mapping may
// write, found in their sources, and what they do write of messages that have everything wrong.
#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "adapters/hospital/charset.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "hub/base/error.h"
#include "tests/hospital/reading.h"

namespace recoup::hospital {
namespace {

namespace fs = std::filesystem;

struct Literal {
  std::string text;
  std::size_t at = 0;  // Of its first quote.
};

// The string literals of C++ code, without comments; escapes as they are written.
std::vector<Literal> LiteralsOf(const std::string& code) {
  std::vector<Literal> literals;
  for (std::size_t i = 0; i < code.size(); ++i) {
    if (code.compare(i, 2, "//") == 0) {
      i = std::min(code.find('\n', i), code.size());
    } else if (code[i] == '\'') {
      i += code[i + 1] == '\\' ? 3u : 2u;
    } else if (code[i] == '"') {
      const std::size_t start = i++;
      std::string text;
      for (; i < code.size() && code[i] != '"'; ++i) {
        text.push_back(code[i]);
        if (code[i] == '\\') text.push_back(code[++i]);
      }
      literals.push_back({std::move(text), start});
    }
  }
  return literals;
}

// Two words of lower-case letters after one another: no name and no code.
bool IsEnglish(std::string_view text) {
  int words = 0;
  std::size_t letters = 0;
  for (const char c : absl::StrCat(std::string(text), " ")) {
    if (std::islower(static_cast<unsigned char>(c)) != 0) {
      ++letters;
    } else if (c == ' ' && letters >= 2) {
      if (++words == 2) return !HasHan(text);
      letters = 0;
    } else {
      words = c == ' ' ? words : 0;
      letters = 0;
    }
  }
  return false;
}

std::vector<std::pair<std::string, std::string>> SourcesUnder(const std::string& folder) {
  const fs::path root = fs::path(RECOUP_SOURCE_DIR) / "adapters/hospital";
  std::vector<std::pair<std::string, std::string>> sources;
  for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
    if (entry.path().extension() != ".cc" && entry.path().extension() != ".h") continue;
    std::ostringstream text;
    text << std::ifstream(entry.path(), std::ios::binary).rdbuf();
    sources.emplace_back(fs::relative(entry.path(), root).string(), text.str());
  }
  return sources;
}

TEST(ToldInChineseTest, EnglishIsRecognised) {
  EXPECT_TRUE(IsEnglish("is required: it names the visit"));
  EXPECT_TRUE(IsEnglish(" bytes; at most "));
  for (const char* const other :
       {"insuplc_admdvs", "FHIR R4 JSON", "缺少 setl id of", "MSH-9[1].2"}) {
    EXPECT_FALSE(IsEnglish(other)) << other;
  }
  EXPECT_EQ(LiteralsOf("a(\"x\\\"y\"); // \"no\"\n'\"' \"z\"").size(), 2u);
}

// Words of other systems: HL7 table 0357, FHIR's incident codes, and names of formats.
constexpr std::array<std::string_view, 14> kNotForClerks = {
    "Segment sequence error",   "Required field missing",     "Data type error",
    "Unsupported message type", "Unsupported event code",     "Unsupported version id",
    "Duplicate key identifier", "Application internal error", "Motor vehicle accident",
    "School Accident",          "Sporting Accident",          "Workplace accident",
    "national interface JSON",  "a transaction of no kind"};

TEST(ToldInChineseTest, WhatReadersRulesAndMappingMayWrite) {
  for (const char* const folder : {"fhir", "hl7", "invoice", "mapping", "national", "triage"}) {
    for (const auto& [name, code] : SourcesUnder(folder)) {
      for (const Literal& literal : LiteralsOf(code)) {
        const bool known = std::find(kNotForClerks.begin(), kNotForClerks.end(), literal.text) !=
                           kNotForClerks.end();
        EXPECT_TRUE(known || !IsEnglish(literal.text)) << name << ": " << literal.text;
      }
    }
  }
}

// Programs also write SQL, help and logs; what they refuse with is for clerks.
TEST(ToldInChineseTest, WhatTheProgramRefusesWith) {
  for (const auto& [name, code] : SourcesUnder("program")) {
    const std::vector<Literal> literals = LiteralsOf(code);
    for (const char* const call : {"MakeError(", "faults.Add(", "RefuseAsMessage("}) {
      for (std::size_t at = code.find(call); at != std::string::npos;
           at = code.find(call, at + 1)) {
        const std::size_t end = code.find(';', at);
        for (const Literal& literal : literals) {
          if (literal.at < at || literal.at > end) continue;
          EXPECT_FALSE(IsEnglish(literal.text)) << name << ": " << literal.text;
        }
      }
    }
  }
}

std::string Everything(const absl::StatusOr<Document>& read) {
  std::string told;
  if (!read.ok()) {
    for (const FieldFault& fault : DetailOf(read.status()).faults) {
      absl::StrAppend(&told, fault.field, "\t", fault.description, "\n");
    }
    return told.empty() ? absl::StrCat("\t", std::string(read.status().message()), "\n") : told;
  }
  const auto& notes = std::visit(
      [](const auto& document) -> const std::vector<QualityNote>& { return document.notes; },
      *read);
  for (const QualityNote& note : notes) absl::StrAppend(&told, note.path, "\t", note.text, "\n");
  return told;
}

TEST(ToldInChineseTest, FaultsAndNotesOfMessagesThatHaveManyOfThem) {
  struct Row {
    std::string what, message, says;
  };
  const Row rows[] = {
      {"HL7 without a visit", "MSH|^~\\&|HIS|D|HUB|F|||ADT^A01|I1|P|2.5\rPID|1||7\r",
       "PV1\t缺少就诊号：无法确定是哪次就诊\n"},
      {"HL7 with gaps",
       "MSH|^~&|HIS|D|HUB|F|||ADT^A01|I1|T|2.5\rPID|1||7\rPV1|1|I|||||||||||||||||V1\r",
       "MSH-11\t不是 P，发送方称其为测试消息\n"},
      {"half a fen",
       R"({"request":{"infno":"2304","msgid":"H1","input":{}},"response":{"infcode":0,"output":{
          "setlinfo":{"setl_id":"S1","psn_part_amt":1.005,"medfee_sumamt":[]}}}})",
       "/response/output/setlinfo/"
       "psn_part_amt\t个人负担总金额：不是以元为单位的金额：小数超过两位\n"},
      {"an admission without anything", R"({"infno":"2401","input":{"mdtrtinfo":{"x":1}}})",
       "/input/mdtrtinfo/psn_no\t人员编号：缺少\n"},
      {"FHIR without anything", R"({"resourceType":"Encounter","id":"e"})",
       "/status\t缺少就诊状态\n"},
      {"no message", "hello", "\t既不是医保接口 JSON、FHIR R4 JSON，也不是 HL7 v2 消息\n"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    const std::string told = Everything(ReadForTest(row.message));
    EXPECT_THAT(told, ::testing::HasSubstr(row.says));
    std::istringstream lines(told);
    for (std::string line; std::getline(lines, line);) {
      EXPECT_TRUE(HasHan(line.substr(line.find('\t') + 1))) << line;
    }
  }
}

}  // namespace
}  // namespace recoup::hospital
