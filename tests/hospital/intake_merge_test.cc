// Merged patients: somebody brought in without a name, who is known later.
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "adapters/hospital/program/intake.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/hospital/intake_desk.h"

namespace recoup::hospital {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class IntakeMergeTest : public IntakeDesk {
 protected:
  // An admission of nobody known, under the hospital's number 0008.
  static std::string Unnamed(const std::string& id, const std::string& visit,
                             const std::string& words) {
    return absl::StrCat(
        "MSH|^~\\&|HIS|DONGAN|HUB|FUND|20260305102030||ADT^A01|", id,
        "|P|2.5.1||||||UNICODE UTF-8\rEVN|A01|20260305102030\rPID|1||0008^^^H^MR||无名氏\r"
        "PV1|1|I|W1||||||||||||||||",
        visit, "|||||||||||||||||||||||||20260305100000\rPV2|||^", words,
        "\rDG1|1||S82.2\rIN1|1|01^职工医保\r");
  }
  static std::string Merge(const std::string& id) {
    return absl::StrCat("MSH|^~\\&|HIS|DONGAN|HUB|FUND|20260306102030||ADT^A40|", id,
                        "|P|2.5.1||||||UNICODE UTF-8\rEVN|A40|20260306102030\r"
                        "PID|1||0007^^^H^MR~11010519491231002X^^^^NI||林若溪||19491231|F\r"
                        "MRG|0008\r");
  }
};

TEST_F(IntakeMergeTest, EveryFlaggedVisitOfTheNumberThatGoesNamesThePersonThatStays) {
  Take(Unnamed("1", "V1", "车祸致右小腿疼痛"));
  Take(Unnamed("2", "V2", "车祸后复诊，被轿车撞伤"));
  ASSERT_EQ(Next().order_key, "V1");
  ASSERT_EQ(Next().order_key, "V2");
  const Taken merged = Take(Merge("3"));
  EXPECT_EQ(merged.as, TakenAs::kSent);
  EXPECT_THAT(merged.outcome, HasSubstr("病案号 0008 并入 0007"));
  EXPECT_THAT(merged.outcome, HasSubstr("2 次就诊"));
  for (const std::string visit : {"V1", "V2"}) {
    const adapters::SpoolItem item = Next();
    EXPECT_EQ(item.kind, "HospitalService.AmendFlag");
    EXPECT_EQ(item.order_key, visit);
    v1::AmendFlagRequest amend;
    ASSERT_TRUE(amend.ParseFromString(item.payload));
    EXPECT_THAT(amend.update_mask().paths(), ElementsAre("patient"));
    EXPECT_EQ(amend.flag().patient().name(), "林若溪");
    EXPECT_EQ(amend.flag().patient().id_number(), "11010519491231002X");
    EXPECT_THAT(amend.reason(), HasSubstr("患者合并"));
    EXPECT_EQ(book_->FindVisit(visit)->flag.patient().name(), "林若溪");
  }
  EXPECT_EQ(Next().kind, "");
  EXPECT_THAT(*book_->ListVisitsOfPatient("0007"), ElementsAre("V1", "V2"));
  EXPECT_THAT(*book_->ListVisitsOfPatient("0008"), IsEmpty());
}

TEST_F(IntakeMergeTest, TheSameMergeAgainSaysNothing) {
  Take(Unnamed("1", "V1", "车祸致右小腿疼痛"));
  Next();
  Take(Merge("3"));
  EXPECT_EQ(Next().kind, "HospitalService.AmendFlag");
  EXPECT_EQ(Take(Merge("3")).as, TakenAs::kKnown);
  EXPECT_THAT(Take(Merge("4")).outcome, HasSubstr("没有该病案号的就诊"));
  EXPECT_EQ(Next().kind, "");
}

TEST_F(IntakeMergeTest, SeveralMergesOfOneMessageAreAllTaken) {
  Take(Unnamed("1", "V1", "车祸致右小腿疼痛"));
  Next();
  // 0008 becomes 0009, and 0009 becomes 0007.
  const Taken merged = Take(
      "MSH|^~\\&|HIS|DONGAN|HUB|FUND|20260306102030||ADT^A40|5|P|2.5.1||||||UNICODE UTF-8\r"
      "PID|1||0009^^^H^MR||无名氏甲\rMRG|0008\rPID|2||0007^^^H^MR||林若溪\rMRG|0009\r");
  EXPECT_THAT(merged.outcome, HasSubstr("0008 并入 0009"));
  EXPECT_THAT(merged.outcome, HasSubstr("0009 并入 0007"));
  EXPECT_THAT(merged.outcome, HasSubstr("垫付随标志更正"));
  EXPECT_EQ(Next().kind, "HospitalService.AmendFlag");
  EXPECT_EQ(Next().kind, "HospitalService.AmendFlag");
  EXPECT_EQ(book_->FindVisit("V1")->flag.patient().name(), "林若溪");
  EXPECT_THAT(*book_->ListVisitsOfPatient("0007"), ElementsAre("V1"));
}

TEST_F(IntakeMergeTest, AnOpenQuestionStaysOpenAndAsksForThePersonThatStays) {
  const Taken asked = Take(Unnamed("1", "V1", ""));
  ASSERT_EQ(asked.as, TakenAs::kAsked);
  Take(Merge("3"));
  const auto question = book_->GetQuestion(asked.question);
  ASSERT_TRUE(question.ok());
  EXPECT_EQ(question->state, QuestionState::kOpen);
  ASSERT_TRUE(intake_->AnswerQuestion(asked.question, true, "被撞").ok());
  v1::FlagAdmissionRequest flag;
  ASSERT_TRUE(flag.ParseFromString(Next().payload));
  EXPECT_EQ(flag.flag().patient().name(), "林若溪");
}

TEST_F(IntakeMergeTest, ThePersonOfARefusedAmendmentIsNotTheFlagsPerson) {
  Take(Unnamed("1", "V1", "车祸致右小腿疼痛"));
  Next();
  Take(Merge("3"));
  const auto items = spool_->Peek(1);
  ASSERT_TRUE(items.ok() && items->size() == 1);
  ASSERT_TRUE(spool_->MarkRefused(items->front().sequence, absl::InvalidArgumentError("no")).ok());
  EXPECT_EQ(intake_->VisitAsTheHubKnows("V1")->flag.patient().name(), "无名氏");
}

}  // namespace
}  // namespace recoup::hospital
