// Visits over several messages: what is asked, amended, cleared, and never said twice.
#include "adapters/hospital/program/intake.h"

#include "SQLiteCpp/SQLiteCpp.h"
#include "absl/strings/str_cat.h"
#include "adapters/hospital/program/flag_steps.h"
#include "adapters/hospital/triage/facts.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "hub/base/error.h"
#include "tests/hospital/intake_desk.h"

namespace recoup::hospital {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class IntakeTest : public IntakeDesk {
 protected:
  // One HL7 message of visit V1 with a diagnosis and words.
  static std::string Adt(const std::string& trigger, const std::string& id, const std::string& code,
                         const std::string& words) {
    return absl::StrCat(
        "MSH|^~\\&|HIS|DONGAN|HUB|FUND|20260305102030||ADT^", trigger, "|", id,
        "|P|2.5.1||||||UNICODE UTF-8\rEVN|", trigger,
        "|20260305102030\rPID|1||0007^^^H^MR~11010519491231002X^^^^NI||林若溪||19491231|F\r",
        trigger == "A40" ? "MRG|0008\r"
                         : "PV1|1|I|W1||||||||||||||||V1|||||||||||||||||||||||||20260305100000\r",
        words.empty() ? "" : absl::StrCat("PV2|||^", words, "\r"),
        code.empty() ? "" : absl::StrCat("DG1|1||", code, "\r"), "IN1|1|01^职工医保\r");
  }
  std::string NextKind() { return Next().kind; }
};

TEST_F(IntakeTest, AnUpdateAmendsWhatChanged_AndACancelClears) {
  EXPECT_EQ(Take(Adt("A01", "1", "S82.2", "车祸致右小腿疼痛")).as, TakenAs::kSent);
  const adapters::SpoolItem flag = Next();
  EXPECT_EQ(flag.kind, "HospitalService.FlagAdmission");
  EXPECT_EQ(flag.order_key, "V1");
  EXPECT_EQ(flag.source_key, "HIS/DONGAN/1");

  EXPECT_EQ(Take(Adt("A08", "2", "S82.2", "车祸致右小腿疼痛")).as, TakenAs::kNothing);
  EXPECT_EQ(NextKind(), "");

  EXPECT_EQ(Take(Adt("A08", "3", "S82.4", "车祸致右小腿疼痛")).as, TakenAs::kSent);
  const adapters::SpoolItem amend = Next();
  EXPECT_EQ(amend.kind, "HospitalService.AmendFlag");
  v1::AmendFlagRequest request;
  ASSERT_TRUE(request.ParseFromString(amend.payload));
  EXPECT_THAT(request.update_mask().paths(), ElementsAre("diagnosis_codes", "evidence"));
  EXPECT_THAT(request.flag().diagnosis_codes(), ElementsAre("S82.4"));
  EXPECT_EQ(request.flag().pool(), "pools/310115-310");

  EXPECT_EQ(Take(Adt("A11", "4", "", "")).as, TakenAs::kSent);
  const adapters::SpoolItem clear = Next();
  EXPECT_EQ(clear.kind, "HospitalService.ClearFlag");
  v1::ClearFlagRequest cleared;
  ASSERT_TRUE(cleared.ParseFromString(clear.payload));
  EXPECT_EQ(cleared.visit_id(), "V1");
  EXPECT_THAT(cleared.reason(), HasSubstr("撤销"));
  EXPECT_EQ(book_->FindVisit("V1")->standing, mapping::Standing::kCleared);
}

TEST_F(IntakeTest, WordsThatSayNoMoreOfAThirdPartyAreAskedAbout_AndTheFlagStandsMeanwhile) {
  Take(Adt("A01", "1", "S82.2", "车祸致右小腿疼痛"));
  EXPECT_EQ(NextKind(), "HospitalService.FlagAdmission");
  const Taken asked = Take(Adt("A08", "2", "J18.9", "咳嗽"));
  EXPECT_EQ(asked.as, TakenAs::kAsked);
  EXPECT_EQ(NextKind(), "");
  const Question question = *book_->GetQuestion(asked.question);
  EXPECT_FALSE(question.ask.empty());
  EXPECT_GT(question.due_time, question.asked_time);
  EXPECT_FALSE(question.silence_flags);
  ASSERT_TRUE(intake_->AnswerQuestion(asked.question, false, "另一患者的病情误填").ok());
  EXPECT_EQ(NextKind(), "HospitalService.ClearFlag");
}

TEST_F(IntakeTest, AListOfDiagnosesLeavesTheGroundsOfAFlagAsTheyAre) {
  Take(Adt("A01", "1", "S82.2", "车祸致右小腿疼痛"));
  EXPECT_EQ(NextKind(), "HospitalService.FlagAdmission");
  EXPECT_EQ(Take(Adt("A08", "2", "M54.5", "")).as, TakenAs::kSent);
  const adapters::SpoolItem amend = Next();
  EXPECT_EQ(amend.kind, "HospitalService.AmendFlag");
  v1::AmendFlagRequest request;
  ASSERT_TRUE(request.ParseFromString(amend.payload));
  EXPECT_THAT(request.flag().diagnosis_codes(), ElementsAre("M54.5"));
  const Visit visit = *book_->FindVisit("V1");
  EXPECT_EQ(visit.standing, mapping::Standing::kFlagged);
  EXPECT_THAT(GroundsOfFlag(visit.flag), ElementsAre("text.traffic"));
}

TEST_F(IntakeTest, ADiagnosisThatIsNoInjuryAnyMoreTakesBackWhatOnlyADiagnosisSaid) {
  Take(Adt("A01", "1", "V43.5", ""));
  EXPECT_EQ(NextKind(), "HospitalService.FlagAdmission");
  EXPECT_EQ(Take(Adt("A08", "2", "J18.9", "")).as, TakenAs::kSent);
  EXPECT_EQ(NextKind(), "HospitalService.ClearFlag");
}

TEST_F(IntakeTest, ADesksYesStandsAgainstMessages_AndIsCorrectedByAnotherAnswer) {
  const Taken asked = Take(Adt("A01", "1", "S82.2", ""));
  ASSERT_EQ(asked.as, TakenAs::kAsked);
  ASSERT_TRUE(intake_->AnswerQuestion(asked.question, false, "自行跌倒").ok());
  EXPECT_EQ(NextKind(), "");
  EXPECT_EQ(intake_->AnswerQuestion(asked.question, false, "自行跌倒").status().code(),
            absl::StatusCode::kFailedPrecondition);
  ASSERT_TRUE(intake_->AnswerQuestion(asked.question, true, "被邻居推倒").ok());
  EXPECT_EQ(NextKind(), "HospitalService.FlagAdmission");
  Take(Adt("A08", "2", "M54.5", "腰痛"));
  EXPECT_EQ(book_->FindVisit("V1")->standing, mapping::Standing::kFlagged);
  EXPECT_THAT(GroundsOfFlag(book_->FindVisit("V1")->flag), Contains("desk.answer"));
  EXPECT_EQ(NextKind(), "HospitalService.AmendFlag");
  const auto corrected = intake_->AnswerQuestion(asked.question, false, "患者更正为自行跌倒");
  ASSERT_TRUE(corrected.ok()) << corrected.status();
  EXPECT_EQ(NextKind(), "HospitalService.ClearFlag");
}

TEST_F(IntakeTest, ANewerQuestionTakesTheOldersPlace_AndAFlagClosesIt) {
  const Taken first = Take(Adt("A01", "1", "S82.2", ""));
  EXPECT_EQ(first.as, TakenAs::kAsked);
  const Taken second = Take(Adt("A08", "2", "S82.4", "跌倒"));
  EXPECT_EQ(second.question, first.question);
  const auto questions = book_->ListOpenQuestions();
  ASSERT_EQ(questions->size(), 1u);
  EXPECT_THAT(questions->front().proposed.diagnosis_codes(), ElementsAre("S82.4"));
  EXPECT_EQ(Take(Adt("A08", "3", "S82.4", "被小轿车撞伤")).as, TakenAs::kSent);
  EXPECT_THAT(*book_->ListOpenQuestions(), IsEmpty());
  EXPECT_EQ(ReasonOf(intake_->AnswerQuestion(first.question, true, "x").status()),
            Reason::kIllegalTransition);
}

TEST_F(IntakeTest, AnswersNeedAReason_AndSurviveARestart) {
  const Taken asked = Take(Adt("A01", "1", "S82.2", ""));
  EXPECT_EQ(ReasonOf(intake_->AnswerQuestion(asked.question, true, "").status()),
            Reason::kInvalidArgument);
  Reopen();
  const auto answered = intake_->AnswerQuestion(asked.question, true, "被撞");
  ASSERT_TRUE(answered.ok()) << answered.status();
  EXPECT_EQ(Next().source_key, absl::StrCat("answer/", asked.question));
  Reopen();
  EXPECT_EQ(book_->FindVisit("V1")->standing, mapping::Standing::kFlagged);
}

TEST_F(IntakeTest, AMergeOfPatientsIsTakenAndSaysNothing) {
  EXPECT_EQ(Take(Adt("A40", "1", "", "")).as, TakenAs::kNothing);
  EXPECT_EQ(Take(Adt("A40", "1", "", "")).as, TakenAs::kKnown);
  EXPECT_EQ(NextKind(), "");
}

TEST_F(IntakeTest, WhatACrashLeftBetweenBookAndSpoolIsMovedOnce) {
  const Outgoing outgoing{"HIS/9", "HospitalService.ClearFlag", "V9", "payload"};
  ASSERT_TRUE(book_->AddOutgoing(outgoing).ok());
  ASSERT_TRUE(intake_->Flush().ok());
  // As if the crash had come after the enqueue and before the removal.
  ASSERT_TRUE(book_->AddOutgoing(outgoing).ok());
  ASSERT_TRUE(intake_->Flush().ok());
  EXPECT_EQ(spool_->Counts()->waiting, 1);
  EXPECT_THAT(*book_->ListOutgoing(), IsEmpty());
}

TEST_F(IntakeTest, ARefusedMessageLeavesNoTrace) {
  // A change that asks for a flag, but does not say of which visit.
  const std::string request =
      R"({"infno":"2403","msgid":"H31011500001202603051020300001","mdtrtarea_admvs":"310115",
      "insuplc_admdvs":"310115","inf_time":"2026-03-05 10:20:30","fixmedins_code":"H31011500001",
      "input":{"adminfo":{"psn_no":"1","insutype":"310","begntime":"2026-03-05 10:00:00",
      "mdtrt_cert_type":"01","mdtrt_cert_no":"1","med_type":"21","ipt_otp_no":"I1",
      "rel_ttp_flag":"1"}}})";
  const absl::StatusOr<Taken> refused = intake_->Take(request);
  ASSERT_FALSE(refused.ok());
  EXPECT_THAT(std::string(refused.status().message()), HasSubstr("mdtrt_id"));
  // Mended: the same message id, now with the response.
  const std::string mended =
      absl::StrCat(R"({"request":)", request,
                   R"(,"response":{"infcode":"0","output":{"result":{"mdtrt_id":"V7"}}}})");
  EXPECT_EQ(Take(mended).as, TakenAs::kSent);
}

TEST_F(IntakeTest, AnotherProgramsFileIsRefused) {
  EXPECT_EQ(ReasonOf(CaseBook::Open(folder_.File("spool")).status()), Reason::kInvalidArgument);
}

TEST_F(IntakeTest, AFlagThatTheHubRefusedIsNoFlag) {
  Take(Adt("A01", "1", "S82.2", "车祸致右小腿疼痛"));
  const auto sent = spool_->Peek(1);
  ASSERT_TRUE(sent.ok());
  ASSERT_EQ(sent->size(), 1u);
  ASSERT_TRUE(
      spool_
          ->MarkRefused(sent->front().sequence, MakeError(Reason::kInvalidArgument, "no such pool"))
          .ok());
  EXPECT_EQ(intake_->VisitAsTheHubKnows("V1")->standing, mapping::Standing::kNothing);
  ASSERT_TRUE(spool_->Drop(sent->front().sequence, "更正").ok());
  // The next message raises the flag; it does not amend one that is not there.
  Take(Adt("A08", "2", "S82.4", "车祸致右小腿疼痛"));
  EXPECT_EQ(NextKind(), "HospitalService.FlagAdmission");
  EXPECT_EQ(intake_->VisitAsTheHubKnows("V1")->standing, mapping::Standing::kFlagged);
}

TEST_F(IntakeTest, WhatIsStillOnItsWayCounts) {
  Take(Adt("A01", "1", "S82.2", "车祸致右小腿疼痛"));
  Take(Adt("A08", "2", "S82.4", "车祸致右小腿疼痛"));  // The hub is away: nothing is answered yet.
  EXPECT_EQ(intake_->VisitAsTheHubKnows("V1")->standing, mapping::Standing::kFlagged);
  EXPECT_EQ(NextKind(), "HospitalService.FlagAdmission");
  EXPECT_EQ(NextKind(), "HospitalService.AmendFlag");
  EXPECT_EQ(intake_->VisitAsTheHubKnows("V1")->standing, mapping::Standing::kFlagged);
  EXPECT_THAT(*book_->ListPending("V1"), IsEmpty());
}

TEST_F(IntakeTest, ARefusedClearLeavesTheFlag) {
  Take(Adt("A01", "1", "S82.2", "车祸致右小腿疼痛"));
  EXPECT_EQ(NextKind(), "HospitalService.FlagAdmission");
  ASSERT_TRUE(intake_->ClearVisit("V1", "患者更正为自行跌倒").ok());
  const auto sent = spool_->Peek(1);
  ASSERT_EQ(sent->front().item.kind, "HospitalService.ClearFlag");
  ASSERT_TRUE(spool_
                  ->MarkRefused(sent->front().sequence,
                                MakeError(Reason::kIllegalTransition, "already paid"))
                  .ok());
  EXPECT_EQ(intake_->VisitAsTheHubKnows("V1")->standing, mapping::Standing::kFlagged);
}

TEST_F(IntakeTest, TheClerkTakesAFlagBack_AndOnlyAFlag) {
  EXPECT_EQ(ReasonOf(intake_->ClearVisit("V1", "x").status()), Reason::kNotFound);
  Take(Adt("A01", "1", "S82.2", "车祸致右小腿疼痛"));
  EXPECT_EQ(NextKind(), "HospitalService.FlagAdmission");
  EXPECT_EQ(ReasonOf(intake_->ClearVisit("V1", "").status()), Reason::kInvalidArgument);
  const auto cleared = intake_->ClearVisit("V1", "患者更正为自行跌倒");
  ASSERT_TRUE(cleared.ok()) << cleared.status();
  v1::ClearFlagRequest request;
  ASSERT_TRUE(request.ParseFromString(Next().payload));
  EXPECT_EQ(request.reason(), "患者更正为自行跌倒");
  EXPECT_EQ(ReasonOf(intake_->ClearVisit("V1", "x").status()), Reason::kIllegalTransition);
  // The same grounds again say nothing new.
  EXPECT_EQ(Take(Adt("A08", "2", "S82.2", "车祸致右小腿疼痛")).as, TakenAs::kNothing);
}

TEST_F(IntakeTest, AQuestionHasADeadline_AndSilenceFollowsTheRule) {
  Take(Adt("A01", "1", "S72.0", "在超市滑倒"));
  const auto questions = book_->ListOpenQuestions();
  ASSERT_EQ(questions->size(), 1u);
  EXPECT_THAT(questions->front().ask, HasSubstr("什么场所"));
  EXPECT_EQ(questions->front().due_time, clock_.Now() + absl::Hours(24));
  EXPECT_TRUE(questions->front().silence_flags);
  clock_.Advance(absl::Hours(24) - absl::Seconds(1));
  EXPECT_EQ(*intake_->CloseOverdueQuestions(), 0u);
  clock_.Advance(absl::Seconds(1));
  EXPECT_EQ(*intake_->CloseOverdueQuestions(), 1u);
  v1::FlagAdmissionRequest request;
  const adapters::SpoolItem sent = Next();
  EXPECT_EQ(sent.kind, "HospitalService.FlagAdmission");
  ASSERT_TRUE(request.ParseFromString(sent.payload));
  EXPECT_EQ(request.state(), v1::FLAG_STATE_SUSPECTED);
  // A late answer still counts.
  const auto answered = intake_->AnswerQuestion(questions->front().id, false, "自行滑倒");
  ASSERT_TRUE(answered.ok()) << answered.status();
  EXPECT_EQ(NextKind(), "HospitalService.ClearFlag");
}

TEST_F(IntakeTest, SilenceAfterAMereInjuryFlagsNothing) {
  Take(Adt("A01", "1", "S93.4", "右踝扭伤"));
  clock_.Advance(absl::Hours(25));
  EXPECT_EQ(*intake_->CloseOverdueQuestions(), 1u);
  EXPECT_EQ(NextKind(), "");
  EXPECT_THAT(*book_->ListOpenQuestions(), IsEmpty());
  EXPECT_EQ(book_->FindVisit("V1")->standing, mapping::Standing::kNothing);
}

TEST_F(IntakeTest, ALongRunningServiceAppliesSilenceWithTheNextMessage) {
  Take(Adt("A01", "1", "S72.0", "在超市滑倒"));
  clock_.Advance(absl::Hours(25));
  Take(Adt("A40", "2", "", ""));
  EXPECT_EQ(NextKind(), "HospitalService.FlagAdmission");
}

TEST_F(IntakeTest, PastAdmissionsKeepWhatTriageSaw) {
  Take(Adt("A01", "1", "S82.2", "车祸致右小腿疼痛"));
  Take(Adt("A08", "2", "J18.9", "咳嗽"));
  const auto past = book_->ListAdmissionsOf("V1");
  ASSERT_EQ(past->size(), 2u);
  for (const PastAdmission& message : *past) {
    const auto facts = triage::FactsFromJson(message.facts);
    ASSERT_TRUE(facts.ok()) << facts.status();
    EXPECT_EQ(static_cast<int>(triage::Triage(*facts, rules_.triage).proposal), message.proposal);
    EXPECT_THAT(message.facts, Not(HasSubstr("林若溪")));
  }
  EXPECT_FALSE(triage::FactsFromJson("{").ok());
  EXPECT_FALSE(triage::FactsFromJson("{}").ok());
  ASSERT_TRUE(book_->DeleteMessagesBefore(clock_.Now() + absl::Seconds(1)).ok());
  EXPECT_THAT(*book_->ListAdmissions(), IsEmpty());
}

TEST_F(IntakeTest, ACaseBookOfTheFirstVersionIsBroughtUpToDate) {
  const Taken asked = Take(Adt("A01", "1", "S82.2", ""));
  intake_.reset();
  book_.reset();
  {
    SQLite::Database file(folder_.File("book"), SQLite::OPEN_READWRITE);
    file.exec(
        "DROP TABLE admission; DROP TABLE pending; DROP INDEX visit_by_day;"
        "ALTER TABLE question DROP COLUMN ask; ALTER TABLE question DROP COLUMN due_ms;"
        "ALTER TABLE question DROP COLUMN silence_flags;"
        "DROP TABLE visit_event; DROP TABLE waiting_reversal; DROP INDEX visit_held;"
        "ALTER TABLE visit DROP COLUMN admitted_ms; ALTER TABLE visit DROP COLUMN patient;"
        "ALTER TABLE visit DROP COLUMN diagnoses; ALTER TABLE visit DROP COLUMN word;"
        "ALTER TABLE visit DROP COLUMN told; ALTER TABLE visit DROP COLUMN held_key;"
        "ALTER TABLE visit DROP COLUMN held; PRAGMA user_version = 1;");
  }
  Reopen();
  const auto question = book_->GetQuestion(asked.question);
  ASSERT_TRUE(question.ok()) << question.status();
  EXPECT_EQ(question->due_time, absl::UnixEpoch());
  EXPECT_EQ(*intake_->CloseOverdueQuestions(), 0u);  // It never had a deadline.
  // What it knows of the visit stands in its question.
  EXPECT_EQ(intake_->AnswerQuestion(asked.question, true, "被撞")->as, TakenAs::kSent);
}

}  // namespace
}  // namespace recoup::hospital
