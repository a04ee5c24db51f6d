// Every pair of standing and proposal is decided, and what the official flags change in it.
#include "adapters/hospital/mapping/decision.h"

#include <optional>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace recoup::hospital::mapping {
namespace {

using ::testing::ElementsAre;
using triage::Answer;
using triage::Proposal;

enum class Flags { kSilent, kThirdParty, kNoThirdParty, kNoTrauma };

AdmissionDocument Admission(AdmissionEvent event, Flags flags, bool diagnoses) {
  AdmissionDocument admission;
  admission.event = event;
  if (flags == Flags::kThirdParty) admission.third_party_flag = TriState::kYes;
  if (flags == Flags::kNoThirdParty) admission.third_party_flag = TriState::kNo;
  if (flags == Flags::kNoTrauma) admission.trauma_flag = TriState::kNo;
  if (diagnoses) admission.diagnoses.push_back({"J18.900", "肺炎", true, TriState::kUnknown});
  return admission;
}

triage::TriageResult Triage(Proposal proposal) {
  triage::TriageResult result;
  result.proposal = proposal;
  result.summary = "依据。";
  if (proposal != Proposal::kNoFlag) result.reasons.push_back({"rule.a", Answer::kFlag, "", ""});
  return result;
}

struct DecisionRow {
  Standing standing;
  Proposal proposal;
  Flags flags;
  bool diagnoses;
  Step step;
  bool closes_question;
};

constexpr Standing kNone = Standing::kNothing, kUp = Standing::kFlagged, kBack = Standing::kCleared,
                   kNo = Standing::kDeclined;

TEST(DecisionTest, StandingAndProposalDecideTheStep) {
  const DecisionRow rows[] = {
      {kNone, Proposal::kFlag, Flags::kSilent, true, Step::kFlag, true},
      {kNone, Proposal::kAsk, Flags::kSilent, true, Step::kAsk, false},
      {kNone, Proposal::kNoFlag, Flags::kSilent, true, Step::kNothing, true},
      {kNone, Proposal::kNoFlag, Flags::kSilent, false, Step::kNothing, false},
      {kUp, Proposal::kFlag, Flags::kSilent, true, Step::kAmend, true},
      {kUp, Proposal::kAsk, Flags::kSilent, true, Step::kAmend, false},
      {kUp, Proposal::kAsk, Flags::kNoThirdParty, true, Step::kAsk, false},
      {kUp, Proposal::kAsk, Flags::kNoTrauma, true, Step::kAsk, false},
      {kUp, Proposal::kNoFlag, Flags::kNoThirdParty, false, Step::kClear, true},
      {kUp, Proposal::kNoFlag, Flags::kNoTrauma, false, Step::kClear, true},
      {kUp, Proposal::kNoFlag, Flags::kSilent, true, Step::kClear, true},
      {kUp, Proposal::kNoFlag, Flags::kSilent, false, Step::kAmend, false},
      {kBack, Proposal::kFlag, Flags::kThirdParty, true, Step::kRaise, true},
      {kBack, Proposal::kFlag, Flags::kSilent, true, Step::kAsk, false},
      {kBack, Proposal::kAsk, Flags::kSilent, true, Step::kAsk, false},
      {kBack, Proposal::kNoFlag, Flags::kSilent, true, Step::kNothing, true},
      {kNo, Proposal::kFlag, Flags::kThirdParty, true, Step::kFlag, true},
      {kNo, Proposal::kFlag, Flags::kSilent, true, Step::kAsk, false},
      {kNo, Proposal::kAsk, Flags::kSilent, true, Step::kAsk, false},
      {kNo, Proposal::kNoFlag, Flags::kSilent, false, Step::kNothing, false},
  };
  for (const DecisionRow& row : rows) {
    for (const AdmissionEvent event :
         {AdmissionEvent::kAdmit, AdmissionEvent::kUpdate, AdmissionEvent::kDischarge}) {
      SCOPED_TRACE(testing::Message()
                   << "standing " << static_cast<int>(row.standing) << " proposal "
                   << static_cast<int>(row.proposal) << " flags " << static_cast<int>(row.flags)
                   << " diagnoses " << row.diagnoses << " event " << static_cast<int>(event));
      const Decision decision = Decide(Admission(event, row.flags, row.diagnoses),
                                       Triage(row.proposal), {row.standing, {}, {}});
      EXPECT_EQ(decision.step, row.step);
      EXPECT_EQ(decision.closes_question, row.closes_question);
      EXPECT_FALSE(decision.why.empty());
    }
  }
}

TEST(DecisionTest, TheSameGroundsDoNotOpenADecidedMatterAgain) {
  const AdmissionDocument admission = Admission(AdmissionEvent::kDischarge, Flags::kSilent, true);
  for (const Standing standing : {kBack, kNo}) {
    EXPECT_EQ(Decide(admission, Triage(Proposal::kFlag), {standing, {}, {"rule.a", "rule.b"}}).step,
              Step::kNothing);
    EXPECT_EQ(Decide(admission, Triage(Proposal::kFlag), {standing, {}, {"rule.b"}}).step,
              Step::kAsk);
  }
}

// A list of diagnoses does not deny what the registration told, nor any message the desk.
TEST(DecisionTest, AFlagStandsOnGroundsOfWhichAMessageDoesNotSpeak) {
  enum class Words { kUnsaid, kOthers, kDenial };
  struct Row {
    const char* name;
    std::vector<std::string> grounds;
    Proposal proposal;
    Flags flags;
    Words words;
    Step step;
  };
  const Row rows[] = {
      {"diagnoses alone",
       {"icd.injury"},
       Proposal::kNoFlag,
       Flags::kSilent,
       Words::kUnsaid,
       Step::kClear},
      {"the desk was silent",
       {"desk.silence", "icd.injury"},
       Proposal::kNoFlag,
       Flags::kSilent,
       Words::kUnsaid,
       Step::kClear},
      {"the hospital's tick",
       {"flag.third-party", "icd.injury"},
       Proposal::kNoFlag,
       Flags::kSilent,
       Words::kUnsaid,
       Step::kAmend},
      {"words",
       {"icd.injury", "text.hit-by-vehicle"},
       Proposal::kNoFlag,
       Flags::kSilent,
       Words::kUnsaid,
       Step::kAmend},
      {"an accident segment",
       {"accident.traffic"},
       Proposal::kNoFlag,
       Flags::kSilent,
       Words::kUnsaid,
       Step::kAmend},
      {"a rule of the hospital's own",
       {"own"},
       Proposal::kNoFlag,
       Flags::kSilent,
       Words::kUnsaid,
       Step::kAmend},
      {"words that say nothing of it",
       {"text.hit-by-vehicle"},
       Proposal::kNoFlag,
       Flags::kSilent,
       Words::kOthers,
       Step::kAsk},
      {"words that deny",
       {"text.hit-by-vehicle"},
       Proposal::kNoFlag,
       Flags::kSilent,
       Words::kDenial,
       Step::kClear},
      {"words that deny, but for the tick",
       {"flag.third-party", "text.hit-by-vehicle"},
       Proposal::kNoFlag,
       Flags::kSilent,
       Words::kDenial,
       Step::kAmend},
      {"the tick is taken back",
       {"flag.third-party", "text.hit-by-vehicle"},
       Proposal::kNoFlag,
       Flags::kNoThirdParty,
       Words::kUnsaid,
       Step::kClear},
      {"the desk, diagnoses",
       {"desk.answer", "icd.injury"},
       Proposal::kNoFlag,
       Flags::kSilent,
       Words::kUnsaid,
       Step::kAmend},
      {"the desk, words that deny",
       {"desk.answer"},
       Proposal::kNoFlag,
       Flags::kSilent,
       Words::kDenial,
       Step::kAmend},
      {"the desk, official flags that deny",
       {"desk.answer"},
       Proposal::kNoFlag,
       Flags::kNoThirdParty,
       Words::kUnsaid,
       Step::kAmend},
      {"the desk, asked again",
       {"desk.answer"},
       Proposal::kAsk,
       Flags::kNoThirdParty,
       Words::kUnsaid,
       Step::kAmend},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    AdmissionDocument message = Admission(AdmissionEvent::kUpdate, row.flags, true);
    triage::TriageResult result = Triage(row.proposal);
    if (row.words != Words::kUnsaid) message.condition_text = "腰痛三天";
    if (row.words == Words::kDenial)
      result.reasons.push_back({"text.own-fall", Answer::kDeny, "", ""});
    EXPECT_EQ(Decide(message, result, {kUp, row.grounds, {}}).step, row.step);
  }
}

TEST(DecisionTest, ACancelledAdmissionTakesTheFlagBack) {
  const AdmissionDocument cancel = Admission(AdmissionEvent::kCancel, Flags::kSilent, false);
  EXPECT_EQ(Decide(cancel, Triage(Proposal::kNoFlag), {kUp, {}, {}}).step, Step::kClear);
  for (const Standing standing : {kNone, kBack, kNo}) {
    const Decision decision = Decide(cancel, Triage(Proposal::kNoFlag), {standing, {}, {}});
    EXPECT_EQ(decision.step, Step::kNothing);
    EXPECT_TRUE(decision.closes_question);
  }
}

TEST(DecisionTest, ASingleFactTakesNoFlagBack) {
  AdmissionDocument fact = Admission(AdmissionEvent::kUpdate, Flags::kSilent, true);
  fact.whole = false;
  EXPECT_EQ(Decide(fact, Triage(Proposal::kNoFlag), {kUp, {}, {}}).step, Step::kAmend);
  EXPECT_FALSE(Decide(fact, Triage(Proposal::kNoFlag), {kNone, {}, {}}).closes_question);
  // The hospital's own word does, however little else it says.
  fact.third_party_flag = TriState::kNo;
  EXPECT_EQ(Decide(fact, Triage(Proposal::kNoFlag), {kUp, {}, {}}).step, Step::kClear);
}

TEST(DecisionTest, AMergeOfPatientsChangesNoVisit) {
  for (const Standing standing : {kNone, kUp, kBack, kNo}) {
    const Decision decision = Decide(Admission(AdmissionEvent::kMerge, Flags::kSilent, false),
                                     Triage(Proposal::kNoFlag), {standing, {}, {}});
    EXPECT_EQ(decision.step, Step::kNothing);
    EXPECT_FALSE(decision.closes_question);
  }
}

TEST(DecisionTest, GroundsAreTheRulesThatSpeakForAThirdParty) {
  triage::TriageResult triage;
  triage.reasons = {{"z", Answer::kFlag, "", ""},      {"a", Answer::kAsk, "", ""},
                    {"m", Answer::kAskFirmly, "", ""}, {"a", Answer::kAsk, "", ""},
                    {"deny", Answer::kDeny, "", ""},   {"nothing", Answer::kNothing, "", ""}};
  EXPECT_THAT(GroundsOf(triage), ElementsAre("a", "m", "z"));
}

}  // namespace
}  // namespace recoup::hospital::mapping
