#include "adapters/hospital/triage/triage.h"

#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gtest/gtest.h"
#include "hub/base/error.h"
#include "tests/hospital/labelled_admissions.h"

namespace recoup::hospital::triage {
namespace {

const RuleBook& Book() {
  static const absl::StatusOr<RuleBook> book = BuiltInRuleBook();
  EXPECT_TRUE(book.ok()) << book.status();
  return *book;
}

struct Case {
  std::string text;
  std::vector<std::string> codes;
  Proposal proposal;
  ThirdPartyKind kind = ThirdPartyKind::kUnknown;
  std::string med_type = "21";
  TriState trauma = TriState::kUnknown;
  TriState third_party = TriState::kUnknown;
};

constexpr Proposal kF = Proposal::kFlag;
constexpr Proposal kA = Proposal::kAsk;
constexpr Proposal kN = Proposal::kNoFlag;
using K = ThirdPartyKind;
constexpr TriState kYes = TriState::kYes;
constexpr TriState kNo = TriState::kNo;
constexpr TriState kNotSaid = TriState::kUnknown;

const std::vector<Case>& Cases() {
  static const std::vector<Case> cases = {
      // Traffic.
      {"车祸致右下肢疼痛2小时", {"S82.1"}, kF, K::kTraffic},
      {"骑自行车者在与小汽车碰撞中的损伤", {"S42.0", "V13.4"}, kF, K::kTraffic},
      {"骑自行车摔倒", {"S42.0"}, kA},
      {"行走时被小轿车撞伤", {"S72.0"}, kF, K::kTraffic},
      {"骑电动车与货车相撞后头痛", {"S06.0"}, kF, K::kTraffic},
      {"乘坐公交追尾后颈痛", {"S13.4"}, kF, K::kTraffic},
      {"交通事故后胸痛", {}, kF, K::kTraffic},
      {"", {"S72.0", "V03.1"}, kF, K::kTraffic},
      {"", {"v89.2"}, kN},  // Readers write codes in upper case; the rules rely on it.
      {"被无证驾驶三轮车撞伤", {"S82.2"}, kF, K::kTraffic},
      {"被非机动车撞伤左腿", {"S82.2"}, kF, K::kTraffic},
      {"不慎被车撞倒", {"S42.0"}, kF, K::kTraffic},
      {"", {"V47.5"}, kA, K::kTraffic},
      {"驾车单方事故", {"S22.3"}, kN},
      {"骑车撞到电线杆", {"S42.0"}, kN},
      // Assault.
      {"被他人打伤头部1小时", {"S01.0"}, kF, K::kAssault},
      {"遭同事殴打", {"S00.1"}, kF, K::kAssault},
      {"与人打架后面部肿痛", {"S02.2"}, kF, K::kAssault},
      {"被邻居推倒", {"S52.5"}, kF, K::kAssault},
      {"", {"S01.0", "Y04.0"}, kF, K::kAssault},
      {"", {"X99.0"}, kF, K::kAssault},
      {"被人用刀刺伤", {"S31.1"}, kF, K::kAssault},
      // Animals.
      {"犬咬伤右小腿3小时", {"S81.8"}, kF, K::kAnimal},
      {"被邻居家狗咬伤", {"S81.8"}, kF, K::kAnimal},
      {"", {"W54.0"}, kF, K::kAnimal},
      {"被自家狗咬伤", {"S61.0"}, kN},
      {"遛自家狗时被邻居的狗咬伤", {"S61.0"}, kF, K::kAnimal},
      {"被一条大金毛扑倒", {"S72.0"}, kF, K::kAnimal},
      {"在马路边滑倒", {"S72.0"}, kA},
      {"被蜂蜇伤", {"L50.9"}, kN},
      {"被狗追赶不慎跌倒", {"S52.5"}, kA, K::kAnimal},
      {"毒蛇咬伤", {"T63.0"}, kA},
      // Work, premises, school, things.
      {"工地坠落伤", {"S32.0"}, kF, K::kWork},
      {"上班时被机器夹伤右手", {"S67.0"}, kF, K::kWork},
      {"在超市滑倒", {"S72.0"}, kA, K::kPremises},
      {"在商场不慎滑倒", {"S72.0"}, kA, K::kPremises},
      {"体育课摔伤", {"S52.5"}, kA, K::kSchool},
      {"被同学撞伤", {"S00.8"}, kF, K::kAssault},
      {"被高空坠物砸伤", {"S06.0"}, kF, K::kObject},
      {"", {"W20.8"}, kA, K::kObject},
      {"电动车电池爆炸烧伤", {"T30.0"}, kF, K::kProduct},
      {"燃放烟花炸伤右眼", {"T26.4"}, kA, K::kProduct},
      {"饭店聚餐后5人呕吐", {"T61.2"}, kA, K::kProduct},
      {"酒店浴室地滑跌倒", {"S82.6"}, kF, K::kPremises},
      {"家中浴室地滑跌倒", {"S82.6"}, kN},
      {"在雇主家中擦窗坠落", {"S32.0"}, kF, K::kWork},
      {"在家中被丈夫打伤", {"S00.5"}, kF, K::kAssault},
      {"课间被同学推倒", {"S42.4"}, kF, K::kSchool},
      {"幼儿园滑梯跌落", {"S42.4"}, kF, K::kSchool},
      {"职业性铅中毒", {"T56.0"}, kF, K::kWork},
      // A thing that lies still is nobody's deed; a person with a thing is.
      {"足底被钉子扎伤", {"S91.3"}, kA},
      {"手掌被刀划伤", {"S61.8"}, kA},
      {"被歹徒持刀划伤", {"S61.8"}, kF, K::kAssault},
      {"生气时自己用拳头砸墙", {"S60.2"}, kN},
      {"癫痫发作时摔倒", {"S06.5"}, kN},
      // What is only supposed is asked.
      {"可能被过路人碰倒", {"S52.5"}, kA, K::kAssault},
      {"疑似被车撞倒", {"S72.0"}, kA, K::kTraffic},
      {"被过路人碰倒", {"S52.5"}, kF, K::kAssault},
      // English abbreviations and words.
      {"MVA 2小时", {"S42.2"}, kF, K::kTraffic},
      {"Hit by bicycle on sidewalk", {"T14.9"}, kF, K::kTraffic},
      {"Chest pain, denies MVA", {"R07.4"}, kN},
      {"Assaulted outside a bar", {"S01.8"}, kF, K::kAssault},
      {"dog bite left leg", {"S81.8"}, kF, K::kAnimal},
      {"Fell off a ladder", {"S32.0"}, kA},
      // ICD-9-CM of older systems.
      {"", {"823.80", "E812.0"}, kF, K::kTraffic},
      {"", {"E906.0"}, kF, K::kAnimal},
      {"", {"E968.9"}, kF, K::kAssault},
      {"", {"823.80"}, kA},
      {"", {"E11.900"}, kN},
      {"", {"E888.9"}, kA},
      // Injuries without a word on others.
      {"右踝扭伤1天", {"S93.4"}, kA},
      {"", {"S72.0"}, kA},
      {"", {"T14.1"}, kA},
      {"", {"T07"}, kA},
      {"", {"T79.3"}, kA},
      {"外伤后腰痛", {}, kA},
      {"", {}, kA, K::kUnknown, "22"},
      {"", {}, kA, K::kUnknown, "19"},
      {"", {}, kA, K::kUnknown, "2201"},
      // Nobody else.
      {"自行跌倒致右腕疼痛", {"S52.5"}, kN},
      {"下楼不慎踩空", {"S93.4"}, kN},
      {"不慎滑倒，无第三方责任", {"S72.0"}, kN, K::kUnknown, "22"},
      {"切菜时不慎切伤手指", {"S61.0"}, kN},
      {"割腕自杀", {"S61.7", "X78.9"}, kN},
      {"摔伤，否认第三方责任", {"S72.0"}, kN},
      // Denied and named at once: a person has to look.
      {"车祸伤，患者称无第三方", {"S72.0"}, kA, K::kTraffic},
      // Negations and other subjects.
      {"无明显诱因出现腰痛，否认外伤史", {"M54.5"}, kN},
      {"否认高血压、糖尿病、外伤、车祸史", {"J18.9"}, kN},
      {"咳嗽3天，无外伤", {"J18.9"}, kN},
      {"目睹车祸后情绪激动", {"F43.0"}, kN},
      {"其父因车祸去世，情绪低落", {"F32.9"}, kN},
      {"其子因车祸在外院住院", {"J18.9"}, kN},
      {"坐丈夫车出车祸", {"S22.3"}, kF, K::kTraffic},
      {"既往10年前车祸史", {"J18.9"}, kN},
      {"1年前因车祸骨折，现来院取内固定", {"Z47.0"}, kA, K::kTraffic},
      {"并非被人打伤", {"K35.8"}, kN},
      {"无昏迷，被摩托车撞倒", {"S06.0"}, kF, K::kTraffic},
      // Codes that only look like injuries.
      {"", {"T81.4"}, kN},
      {"", {"T88.7"}, kN},
      {"", {"T93.1"}, kN},
      {"", {"Y83.1"}, kN},
      {"", {"Y40.0"}, kN},
      {"", {"O70.1"}, kN},
      {"", {"Z47.0"}, kN},
      {"", {"M80.0"}, kN},
      {"", {"J18.9"}, kN},
      {"", {}, kN},
      {"肺炎", {"J18.9", "T81.4"}, kN},
      {"", {"S72.0", "T81.4"}, kA},
      // Official flags.
      {"", {}, kF, K::kUnknown, "21", kYes, kYes},
      {"", {}, kF, K::kUnknown, "21", kNotSaid, kYes},
      {"", {}, kA, K::kUnknown, "21", kYes, kNotSaid},
      {"", {"S72.0"}, kN, K::kUnknown, "22", kYes, kNo},
      {"", {"S72.0"}, kA, K::kUnknown, "21", kNo, kNo},
      {"车祸", {"S72.0"}, kA, K::kTraffic, "22", kYes, kNo},
      {"自行跌倒", {"S72.0"}, kA, K::kUnknown, "22", kYes, kYes},
  };
  return cases;
}

TEST(TriageTest, EveryCaseIsDecidedAndExplained) {
  ASSERT_GE(Cases().size(), 60u);
  for (const Case& row : Cases()) {
    AdmissionDocument admission;
    admission.condition_text = row.text;
    admission.med_type = row.med_type;
    admission.trauma_flag = row.trauma;
    admission.third_party_flag = row.third_party;
    for (const std::string& code : row.codes) admission.diagnoses.push_back({code, "", false, {}});
    const TriageResult result = Triage(admission, Book());
    SCOPED_TRACE(row.text + " / " + (row.codes.empty() ? "" : row.codes.front()) + " → " +
                 result.summary);
    EXPECT_EQ(result.proposal, row.proposal);
    EXPECT_EQ(result.kind, row.kind);
    EXPECT_EQ(result.rules_version, Book().version);
    EXPECT_TRUE(result.proposal == Proposal::kNoFlag || !result.reasons.empty());
  }
}

TEST(TriageTest, AccidentsAndOccurrenceCodesSpeak) {
  struct Row {
    Accident accident;
    Proposal proposal;
    ThirdPartyKind kind;
  };
  Accident traffic, empty, job, tort, other;
  traffic.code = "MVA";
  job.job_related = TriState::kYes;
  tort.occurrence_codes = {"03"};
  other.occurrence_codes = {"18"};
  const Row rows[] = {{traffic, kF, K::kTraffic},
                      {job, kF, K::kWork},
                      {tort, kF, K::kUnknown},
                      {other, kA, K::kUnknown},
                      {empty, kA, K::kUnknown}};
  for (const Row& row : rows) {
    AdmissionDocument admission;
    admission.accident = row.accident;
    const TriageResult result = Triage(admission, Book());
    EXPECT_EQ(result.proposal, row.proposal) << result.summary;
    EXPECT_EQ(result.kind, row.kind) << result.summary;
  }
}

// The half that is held out is measured by bench/triage and asserted at the same targets.
class LabelledAdmissionsTest : public ::testing::TestWithParam<const char*> {};

TEST_P(LabelledAdmissionsTest, RecallAndPrecisionHold) {
  std::ifstream in(std::string(RECOUP_TRIAGE_ADMISSIONS) + "/" + GetParam());
  std::stringstream text;
  text << in.rdbuf();
  const auto admissions = LabelledAdmissionsFrom(text.str());
  ASSERT_TRUE(admissions.ok()) << admissions.status();
  ASSERT_GE(admissions->size(), 50u);
  const TriageCount count = CountTriage(*admissions, Book());
  const std::string errors = absl::StrJoin(count.errors, "\n");
  EXPECT_GE(count.RecallPerMyriad(), 9'800) << errors;
  EXPECT_GE(count.PrecisionPerMyriad(), 9'000) << errors;
}

INSTANTIATE_TEST_SUITE_P(Halves, LabelledAdmissionsTest,
                         ::testing::Values("admissions_tuning.txt", "admissions_held_out.txt",
                                           "admissions_fresh.txt", "admissions_wider.txt",
                                           "admissions_later.txt"));

TEST(LabelledAdmissionsReaderTest, EveryFaultyLineIsTold) {
  const auto read = LabelledAdmissionsFrom("Y|TRAFFIC|21||S72.0|车祸\nY|x\nQ|||||\n");
  EXPECT_EQ(DetailOf(read.status()).faults.size(), 2u);
}

TEST(TriageTest, AQuestionIsShortHasADeadlineAndSaysWhatSilenceMeans) {
  AdmissionDocument named;
  named.condition_text = "在超市滑倒";
  const TriageResult firm = Triage(named, Book());
  ASSERT_EQ(firm.proposal, Proposal::kAsk);
  EXPECT_EQ(firm.question, "在什么场所受伤？地面、设施有没有问题？");
  EXPECT_EQ(firm.answer_within, absl::Hours(24));
  EXPECT_EQ(firm.silence, Silence::kFlag);
  AdmissionDocument injury;
  injury.condition_text = "右踝扭伤1天";
  const TriageResult untold = Triage(injury, Book());
  ASSERT_EQ(untold.proposal, Proposal::kAsk);
  EXPECT_EQ(untold.silence, Silence::kNoFlag);
  EXPECT_FALSE(untold.question.empty());
  AdmissionDocument illness;
  illness.condition_text = "咳嗽3天";
  // A person is asked of an illness, too, where a message takes back what was told.
  EXPECT_EQ(Triage(illness, Book()).silence, Silence::kNoFlag);
  EXPECT_FALSE(Triage(illness, Book()).question.empty());
}

TEST(TriageRulesTest, EveryRuleHasAnExampleAndDecidesIt) {
  for (const Rule& rule : Book().rules) EXPECT_FALSE(rule.examples.empty()) << rule.id;
  EXPECT_TRUE(CheckExamples(Book()).ok()) << absl::StrJoin(
      DetailOf(CheckExamples(Book())).faults, "\n", [](std::string* out, const FieldFault& fault) {
        absl::StrAppend(out, fault.field, " ", fault.description);
      });
}

TEST(TriageRulesTest, AnExampleThatFailsIsToldByRule) {
  std::string text = BuiltInRuleText();
  const std::string example = "examples = [\"驾车单方事故\"";
  ASSERT_NE(text.find(example), std::string::npos);
  text.replace(text.find(example), example.size(), "examples = [\"驾车双方事故\"");
  const auto book = RuleBookFromToml(text);
  ASSERT_TRUE(book.ok()) << book.status();
  const ErrorDetail detail = DetailOf(CheckExamples(*book));
  ASSERT_EQ(detail.faults.size(), 1u);
  EXPECT_EQ(detail.faults[0].field, "text.single-vehicle");
}

TEST(TriageRulesTest, BrokenRuleFilesAreRefusedWithEveryFault) {
  const std::string reading =
      "version='1'\n[reading]\nclause_end=','\nno_negation='(x)'\nnegation='x'\n"
      "other_subject='x'\npast='x'\npast_matters_with='x'\n";
  const std::string rule = "[[rule]]\nid='a'\non='text'\npattern='x'\nanswer='ASK'\nwhy='w'\n";
  EXPECT_TRUE(RuleBookFromToml(reading + rule).ok());
  EXPECT_FALSE(RuleBookFromToml(reading + rule + rule).ok());
  std::string no_group = reading + rule;
  no_group.replace(no_group.find("(x)"), 3, "x");
  EXPECT_FALSE(RuleBookFromToml(no_group).ok());
  EXPECT_FALSE(RuleBookFromToml("version=").ok());
  EXPECT_FALSE(RuleBookFromToml(rule).ok());
  for (const std::string broken :
       {"[[rule]]\nid='a'\non='text'\npattern='('\nanswer='ASK'\nwhy='w'\n",
        "[[rule]]\nid='a'\non='smell'\npattern='x'\nanswer='ASK'\nwhy='w'\n",
        "[[rule]]\nid='a'\non='text'\npattern='x'\nanswer='MAYBE'\nwhy='w'\n",
        "[[rule]]\nid='a'\non='text'\npattern='x'\nanswer='ASK'\nkind='WAR'\nwhy='w'\n",
        "[[rule]]\nid='a'\non='text'\npattern='x||y'\nanswer='ASK'\nwhy='w'\n",
        "[[rule]]\nid='a'\non='flags'\npattern='x'\nalone=true\nanswer='ASK'\nwhy='w'\n",
        "[asking]\nanswer_hours=0\nsilence='FLAG'\nsilence_firm='FLAG'\n[asking.questions]\n",
        "[asking]\nanswer_hours=1\nsilence='SHOUT'\nsilence_firm='FLAG'\n[asking.questions]\n",
        "[asking]\nanswer_hours=1\nsilence='FLAG'\nsilence_firm='FLAG'\n[asking.questions]\n"
        "WAR='?'\n"}) {
    EXPECT_FALSE(RuleBookFromToml(reading + broken).ok()) << broken;
  }
}

}  // namespace
}  // namespace recoup::hospital::triage
