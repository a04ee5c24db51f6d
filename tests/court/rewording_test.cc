// What a document says does not depend on which of several words for one thing it uses, nor on how
// it is written: every invented judgment is read again with each line of tests/court/data/
// synonyms.txt, and must be read as before.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <re2/re2.h>

#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "adapters/court/extract.h"
#include "adapters/court/labels/labels.h"
#include "adapters/court/source.h"

namespace recoup::court {
namespace {

struct Rewording {
  std::string pattern;
  std::string rewrite;  // With \n and the like spelt out.
};

std::vector<Rewording> Rewordings() {
  std::ifstream in(RECOUP_SOURCE_DIR "/tests/court/data/synonyms.txt");
  std::vector<Rewording> found;
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line.front() == '#') continue;
    const std::size_t sign = line.rfind('|');
    std::string rewrite = line.substr(sign + 1);
    re2::RE2::GlobalReplace(&rewrite, "\\\\n", "\n");
    re2::RE2::GlobalReplace(&rewrite, "\\\\r", "\r");
    found.push_back({line.substr(0, sign), std::move(rewrite)});
  }
  return found;
}

// A document as text, in the part that names the parties and the one behind it.
struct Text {
  std::string name;
  std::string caption;
  std::string body;
  labels::Values read;
};

labels::Values Read(const std::string& text, const RuleBook& rules) {
  const auto elements = ReadPlainText(text, rules);
  return elements.ok() ? labels::WithoutConfidence(labels::ValuesOf(*elements)) : labels::Values();
}

std::vector<Text> Documents(const RuleBook& rules) {
  std::vector<Text> texts;
  const auto documents = labels::ReadLabelled(RECOUP_SOURCE_DIR "/tests/court/data/judgments");
  for (const labels::LabelledDocument& document : documents.value()) {
    const auto decoded = DecodeText(document.bytes);
    const std::string text = EncodeUtf8(decoded.value());
    const std::size_t body = std::min(text.find("一案"), text.size());
    texts.push_back({document.name, text.substr(0, body), text.substr(body), Read(text, rules)});
  }
  return texts;
}

TEST(Rewording, ChangesNothingThatIsRead) {
  const RuleBook rules = RuleBook::BuiltIn().value();
  const std::vector<Text> texts = Documents(rules);
  ASSERT_GE(texts.size(), 400u);
  std::vector<std::string> deviations;
  for (const Rewording& rewording : Rewordings()) {
    const re2::RE2 pattern(rewording.pattern);
    ASSERT_TRUE(pattern.ok()) << rewording.pattern;
    int reworded = 0;
    for (const Text& text : texts) {
      std::string body = text.body;
      if (re2::RE2::GlobalReplace(&body, pattern, rewording.rewrite) == 0) continue;
      ++reworded;
      const labels::Values read = Read(text.caption + body, rules);
      for (const auto& [field, values] : text.read) {
        const auto again = read.find(field);
        if (again != read.end() && again->second == values) continue;
        deviations.push_back(
            absl::StrCat(rewording.pattern, "|", rewording.rewrite, " ", text.name, " ", field));
      }
    }
    EXPECT_GT(reworded, 0) << rewording.pattern;
  }
  EXPECT_THAT(deviations, testing::IsEmpty());
}

// "A、B" of each person the elements name, in Chinese signs.
std::set<std::string> PersonsOf(const JudgmentElements& elements) {
  std::set<std::string> names;
  const auto add = [&](const std::string& joined) {
    for (const absl::string_view name : absl::StrSplit(joined, "、")) {
      static const re2::RE2 person("\\p{Han}{2,4}");
      static const re2::RE2 other("某|公司|局|中心|院|校|店|厂|社|村|队|处|所|行|部|会");
      const std::string text(name);
      if (re2::RE2::FullMatch(text, person) && !re2::RE2::PartialMatch(text, other)) {
        names.insert(text);
      }
    }
  };
  for (const InjuredPerson& person : elements.injured_persons) add(person.name);
  for (const LiabilityShare& share : elements.liability) add(share.party);
  for (const Obligation& obligation : elements.obligations) {
    add(obligation.debtor);
    add(obligation.creditor);
  }
  return names;
}

// Published judgments cover names: 王某某, 王××.
TEST(Rewording, ADocumentWithCoveredNamesSaysTheSame) {
  constexpr std::size_t kSurnameBytes = 3;
  const RuleBook rules = RuleBook::BuiltIn().value();
  std::vector<std::string> deviations;
  int covered = 0;
  for (const Text& text : Documents(rules)) {
    const std::string whole = absl::StrCat(text.caption, text.body);
    const auto elements = ReadPlainText(whole, rules);
    const std::set<std::string> names = PersonsOf(elements.value());
    std::set<std::string> surnames;
    for (const std::string& name : names) surnames.insert(name.substr(0, kSurnameBytes));
    if (names.empty() || surnames.size() < names.size()) continue;
    ++covered;
    for (const char* cover : {"某某", "××"}) {
      const auto hide = [&](std::string said) {
        for (const std::string& name : names) {
          std::string pattern = name;  // Recognised print may have spaces: "仝 小军".
          re2::RE2::GlobalReplace(&pattern, "(\\p{Han})", "\\1 ?");
          re2::RE2::GlobalReplace(&said, pattern, name.substr(0, kSurnameBytes) + cover);
        }
        return said;
      };
      const labels::Values read = Read(hide(whole), rules);
      for (const auto& [field, values] : text.read) {
        std::multiset<std::string> expected;
        for (const std::string& value : values) expected.insert(hide(value));
        const auto again = read.find(field);
        if (again != read.end() && again->second == expected) continue;
        deviations.push_back(absl::StrCat(text.name, " ", field, " ", cover));
      }
    }
  }
  EXPECT_GE(covered, 350);
  EXPECT_THAT(deviations, testing::IsEmpty());
}

// "本院认为，…。\n": no table, form or list, whose lines nothing else parts.
bool IsInSentences(std::string_view body) {
  static const re2::RE2 tail("\\n[ 　]*(?:代理)?审[ 　]*判[ 　]*[长员]");
  static const re2::RE2 open_end("[^。；：;:.”）) 　\\r\\n][ 　\\r]*\\n");
  const re2::StringPiece all(body.data(), body.size());
  re2::StringPiece signature;
  if (!tail.Match(all, 0, all.size(), re2::RE2::UNANCHORED, &signature, 1)) return false;
  const auto size = static_cast<std::size_t>(signature.data() - all.data());
  return !re2::RE2::PartialMatch(all.substr(0, size), open_end);
}

TEST(Rewording, ADocumentWithoutLineBreaksSaysTheSame) {
  const RuleBook rules = RuleBook::BuiltIn().value();
  std::vector<std::string> deviations;
  int joined = 0;
  for (const Text& text : Documents(rules)) {
    if (text.body.empty() || !IsInSentences(text.body)) continue;
    ++joined;
    std::string line = absl::StrCat(text.caption, text.body);
    re2::RE2::GlobalReplace(&line, "[\\r\\n]+", "");
    const labels::Values read = Read(line, rules);
    for (const auto& [field, values] : text.read) {
      const auto again = read.find(field);
      if (again != read.end() && again->second == values) continue;
      deviations.push_back(absl::StrCat(text.name, " ", field));
    }
  }
  EXPECT_GE(joined, 350);
  EXPECT_THAT(deviations, testing::IsEmpty());
}

}  // namespace
}  // namespace recoup::court
