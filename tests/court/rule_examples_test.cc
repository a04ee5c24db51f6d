// Every rule of rules.toml finds its examples and leaves its counterexamples alone.
#include <gtest/gtest.h>

#include "adapters/court/rule_book.h"

namespace recoup::court {
namespace {

bool Finds(const Rule& rule, const std::string& text) {
  return FindIn(*rule.pattern, text, Span{0, text.size()}).has_value();
}

TEST(RuleExamples, EveryRuleFindsItsExamplesAndLeavesItsCounterexamplesAlone) {
  const RuleBook rules = RuleBook::BuiltIn().value();
  for (const auto& [name, group] : rules.groups()) {
    for (const Rule& rule : group.rules) {
      EXPECT_FALSE(rule.examples.empty()) << rule.name;
      EXPECT_FALSE(rule.counterexamples.empty()) << rule.name;
      for (const std::string& text : rule.examples) {
        EXPECT_TRUE(Finds(rule, text)) << rule.name << ": " << text;
      }
      for (const std::string& text : rule.counterexamples) {
        EXPECT_FALSE(Finds(rule, text)) << rule.name << ": " << text;
      }
    }
  }
}

}  // namespace
}  // namespace recoup::court
