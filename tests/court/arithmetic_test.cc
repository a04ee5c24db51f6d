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
      // Sums and products in brackets and out of them.
      {"医疗费80,000元（50,000元+30,000元）。", false},
      {"医疗费80,000元（50,000元＋30,100元）。", true},
      {"医疗费80,000元（50000+30100）。", false},  // Without any unit it may be page numbers.
      {"由被告承担44,400元（62,000元×70%）。", true},
      {"由被告承担43,400元（62,000元×70%）。", false},
      {"由被告承担44,100元（（80,000元-17,000元）×70%）。", false},
      {"由被告承担45,100元（（80,000元-17,000元）×70%）。", true},
      {"50,000元+30,000元=80,000元。", false},
      {"50,000元+30,000元，合计81,000元。", true},
      {"误工费11034.6元（4000元/月÷21.75天×60天）。", false},
      {"残疾赔偿金192472元（48118元/年×20年×20%）。", false},
      {"残疾赔偿金192472元（48118元/年×20年×30%）。", true},
      {"医疗费1000元（2021-03-08）。", false},
      // Shares of what is left.
      {"超出部分62,000元，由其在商业三者险内按70%赔偿43,400元。", false},
      {"超出部分62,000元，由其在商业三者险内按70%赔偿44,400元。", true},
      {"超出部分62,000元，由甲按70%赔偿43,400元，由乙按30%赔偿18,600元。", false},
      {"超出部分62,000元，由甲按70%赔偿43,400元，由乙按30%赔偿28,600元。", true},
      {"超出部分62,000元，扣除已付10,000元，按70%赔偿36,400元。", false},
      // Lists over several sentences.
      {"医疗费80,000元。护理费3,600元。以上合计83,600元。", false},
      {"医疗费80,000元。护理费3,600元。以上合计84,600元。", true},
      {"医疗费80,000元。护理费3,600元，以上合计84,600元。", true},
      {"已付500元。医疗费80,000元。护理费3,600元。以上合计84,600元。", false},
      // One sum in two writings.
      {"医疗费叁万元整（￥30,000.00）。", false},
      {"医疗费叁万元整（￥30,100.00）。", true},
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
