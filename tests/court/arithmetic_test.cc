// Sums that a document does itself, right and wrong.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "adapters/court/extract.h"

namespace recoup::court {
namespace {

struct Case {
  const char* says;
  bool contradicts;
};

JudgmentElements Read(const std::string& reasons) {
  static const RuleBook* const rules = new RuleBook(RuleBook::BuiltIn().value());
  return ReadPlainText(absl::StrCat("青川省云浦县人民法院\n民事判决书\n（2023）青0721民初80772号\n"
                                    "原告甲与被告乙健康权纠纷一案，本院立案后审理。\n"
                                    "经审理查明，2022年12月1日乙殴打甲，致甲受伤。\n本院认为，",
                                    reasons, "\n判决如下：\n一、乙赔偿甲100元。\n"),
                       *rules)
      .value();
}

TEST(Arithmetic, ContradictionsAreWarnedOf) {
  const Case cases[] = {
      {"超出部分11422.46元×50%，即5711.23元由被告承担。", false},
      {"超出部分11422.46元×50%，即6711.23元由被告承担。", true},
      {"住院伙食补助费950元（50元/天×19天）。", false},
      {"住院伙食补助费980元（50元/天×19天）。", true},
      {"医疗费1000元、护理费2000元、误工费3000元，合计6000元。", false},
      {"医疗费1000元、护理费2000元、误工费3000元，合计7000元。", true},
      {"医疗费1000元（其中自费300元）、护理费2000元、误工费3000元，合计6000元。", false},
      {"护理费2000元、误工费3000元，连同医疗费合计9000元。", false},
  };
  for (const Case& c : cases) {
    const JudgmentElements found = Read(c.says);
    const bool warned = std::ranges::any_of(found.warnings, [](const std::string& warning) {
      return warning.find("计算不一致") != std::string::npos;
    });
    EXPECT_EQ(warned, c.contradicts) << c.says;
  }
}

}  // namespace
}  // namespace recoup::court
