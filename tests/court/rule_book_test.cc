#include "adapters/court/rule_book.h"

#include <gtest/gtest.h>

#include "hub/base/error.h"

namespace recoup::court {
namespace {

TEST(RuleBook, BuiltInRulesAreValid) {
  const auto rules = RuleBook::BuiltIn();
  ASSERT_TRUE(rules.ok()) << rules.status();
  EXPECT_TRUE(rules->Fits("party.fund", "某市医疗保险服务中心"));
  EXPECT_TRUE(rules->Fits("party.insurer", "某某财产保险股份有限公司某支公司"));
  EXPECT_FALSE(rules->Fits("party.fund", "某某财产保险股份有限公司某支公司"));
}

TEST(RuleBook, RefusesWithEveryFault) {
  const auto rules = RuleBook::FromToml(R"(
word = []
[[rule]]
name = "a"
group = "g"
pattern = '('
[[rule]]
name = "a"
group = "g"
pattern = 'x'
)");
  ASSERT_FALSE(rules.ok());
  EXPECT_EQ(DetailOf(rules.status()).faults.size(), 2u);
  EXPECT_FALSE(RuleBook::FromToml("= nonsense").ok());
  EXPECT_FALSE(RuleBook::FromToml("word = []").ok());
}

// A rule file saved by an editor that writes GBK says so, instead of hitting nothing.
TEST(RuleBook, AFileThatIsNotUtf8IsRefusedByName) {
  const std::string gbk = "# \xB9\xE6\xD4\xF2\nword = []\n";
  const auto rules = RuleBook::FromToml(gbk);
  ASSERT_FALSE(rules.ok());
  EXPECT_NE(rules.status().message().find("UTF-8"), std::string::npos) << rules.status();
  EXPECT_NE(rules.status().message().find("rules.toml:1"), std::string::npos) << rules.status();
}

TEST(RuleBook, AnchorsAreTheBordersOfThePart) {
  const auto rules = RuleBook::FromToml(R"(
[[word]]
name = "数"
pattern = '\d+'
[[rule]]
name = "end"
group = "g"
pattern = '^{数}$'
)");
  ASSERT_TRUE(rules.ok()) << rules.status();
  EXPECT_TRUE(rules->Has("g", "ab12cd", {2, 4}));
  EXPECT_FALSE(rules->Has("g", "ab12cd", {0, 4}));
  EXPECT_EQ(rules->All("g", "1234", {0, 4}).size(), 1u);
}

}  // namespace
}  // namespace recoup::court
