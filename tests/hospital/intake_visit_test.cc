// No admission is lost: flags that lack something wait for it, messages come in any order, message
// ids are used twice.
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "adapters/hospital/program/intake.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "hub/base/error.h"
#include "tests/hospital/intake_desk.h"

namespace recoup::hospital {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr char kFlag[] = "HospitalService.FlagAdmission";
constexpr char kAmend[] = "HospitalService.AmendFlag";
constexpr char kClear[] = "HospitalService.ClearFlag";
constexpr char kSettle[] = "HospitalService.ReportSettlement";
constexpr char kReverse[] = "HospitalService.ReverseSettlement";

// One HL7 message of visit V1; what is empty is left out.
struct Adt {
  std::string trigger = "A01";
  std::string id = "1";
  std::string sent = "20260305102030";
  std::string words = "";
  std::string code = "S52.501";
  std::string admitted = "20260305100000";
  std::string name = "周岚";
  std::string insurance = "01^职工医保";
  std::string accident = "";

  std::string Text() const {
    const std::string type = accident.empty() ? absl::StrCat("ADT^", trigger) : "BAR^P01";
    return absl::StrJoin(
        {absl::StrCat("MSH|^~\\&|HIS|DONGAN|HUB|FUND|", sent, "||", type, "|", id,
                      "|P|2.5.1||||||UNICODE UTF-8"),
         absl::StrCat("EVN|", trigger, "|"),
         absl::StrCat("PID|1||0007^^^H^PI||", name, "||19800101"),
         absl::StrCat("PV1|1|I|W1||||||||||||||||V1|||||||||||||||||||||||||", admitted),
         absl::StrCat("PV2|||^", words), absl::StrCat("DG1|1||", code),
         accident.empty() ? "ZZZ|1" : absl::StrCat("ACC||", accident),
         insurance.empty() ? "ZZZ|1" : absl::StrCat("IN1|1|", insurance)},
        "\r");
  }
};

std::string VisitEnvelope(const std::string& infno, const std::string& number,
                          const std::string& sent, const std::string& input) {
  return absl::StrCat(R"({"infno":")", infno, R"(","msgid":"H310115000012026030510203)", number,
                      R"(","mdtrtarea_admvs":"310115","insuplc_admdvs":"310115","inf_time":")",
                      sent, R"(","fixmedins_code":"H31011500001","input":)", input, "}");
}

// As the interface's layout has it: nobody is named.
std::string Admission2401(const std::string& extra, const std::string& number = "00001") {
  const std::string request =
      VisitEnvelope("2401", number, "2026-03-05 10:20:30",
                    absl::StrCat(R"({"mdtrtinfo":{"psn_no":"31011500000077","insutype":"310",
      "begntime":"2026-03-05 10:00:00","mdtrt_cert_type":"01","mdtrt_cert_no":"E77","med_type":"21",
      "ipt_no":"I7","dscg_maindiag_code":"S82.200","dscg_maindiag_name":"胫骨干骨折")",
                                 extra, "}}"));
  return absl::StrCat(R"({"request":)", request,
                      R"(,"response":{"infcode":"0","output":{"result":{"mdtrt_id":"V7"}}}})");
}

std::string Settlement2304(const std::string& number = "00002", const std::string& visit = "V7",
                           const std::string& med_type = "21") {
  return absl::StrCat(
      R"({"request":)",
      VisitEnvelope(
          "2304", number, "2026-03-12 10:20:30",
          absl::StrCat(R"({"data":{"psn_no":"31011500000077","insutype":"310","mdtrt_id":")", visit,
                       R"("}})")),
      R"(,"response":{"infcode":0,"output":{"setlinfo":{"mdtrt_id":")", visit,
      R"(","setl_id":"S1","psn_no":"31011500000077","psn_name":"周岚","med_type":")", med_type,
      R"(","insutype":"310","setl_time":"2026-03-12 10:20:31","medfee_sumamt":1500,
      "fund_pay_sumamt":1000,"psn_part_amt":500,"acct_pay":0,"psn_cash_pay":500}}}})");
}

std::string Reversal2305(const std::string& sent = "2026-03-13 08:00:00") {
  return VisitEnvelope("2305", "00003", sent,
                       R"({"data":{"psn_no":"31011500000077","mdtrt_id":"V7","setl_id":"S1"}})");
}

std::string Undoing2601(const std::string& of, const std::string& infno) {
  return VisitEnvelope(
      "2601", "00004", "2026-03-13 08:00:00",
      absl::StrCat(R"({"data":{"psn_no":"31011500000077","omsgid":)",
                   R"("H310115000012026030510203)", of, R"(","oinfno":")", infno, R"("}})"));
}

class IntakeVisitTest : public IntakeDesk {
 protected:
  IntakeVisitTest() : IntakeDesk({{"01", "", "310"}}, 1'774'000'000) {}  // 2026-03-20.
  Taken Take(const std::string& bytes) {
    Reopen();  // What is known of a visit is on the disk.
    return IntakeDesk::Take(bytes);
  }
  Taken Take(const Adt& message) { return Take(message.Text()); }
  // The kinds of all requests that go to the hub, in their order; delivers them.
  std::vector<std::string> Sent() {
    std::vector<std::string> kinds;
    for (adapters::SpoolItem item = Next(); !item.kind.empty(); item = Next()) {
      kinds.push_back(item.kind);
      EXPECT_TRUE((item.kind != kFlag || flagged_.ParseFromString(item.payload)) &&
                  (item.kind != kAmend || amended_.ParseFromString(item.payload)) &&
                  (item.kind != kReverse || reversed_.ParseFromString(item.payload)));
    }
    return kinds;
  }
  // What the hub refuses a flag for.
  void ExpectWholeFlag(const std::string& name) {
    EXPECT_EQ(flagged_.flag().pool(), "pools/310115-310");
    EXPECT_EQ(flagged_.flag().patient().name(), name);
    EXPECT_TRUE(flagged_.flag().has_admitted_time());
  }

  v1::FlagAdmissionRequest flagged_;
  v1::AmendFlagRequest amended_;
  v1::ReverseSettlementRequest reversed_;
};

TEST_F(IntakeVisitTest, AnAdmissionByNumberIsFlagged_AndNamedByItsSettlement) {
  EXPECT_EQ(Take(Admission2401(R"(,"rel_ttp_flag":"1")")).as, TakenAs::kSent);
  EXPECT_THAT(Sent(), ElementsAre(kFlag));
  ExpectWholeFlag("");
  EXPECT_EQ(flagged_.flag().patient().insured_number(), "31011500000077");

  EXPECT_EQ(Take(Settlement2304()).kind, kSettle);
  EXPECT_THAT(Sent(), ElementsAre(kAmend, kSettle));
  EXPECT_THAT(amended_.update_mask().paths(), ElementsAre("patient"));
  EXPECT_EQ(amended_.flag().patient().name(), "周岚");
  EXPECT_EQ(amended_.flag().patient().insured_number(), "31011500000077");
}

TEST_F(IntakeVisitTest, AFlagRaisedLaterHasWhatTheAdmissionSaid) {
  EXPECT_EQ(Take(Adt{.words = "摔伤致右腕疼痛"}).as, TakenAs::kAsked);
  EXPECT_EQ(Take(Adt{.trigger = "A08",
                     .id = "2",
                     .sent = "20260306090000",
                     .words = "被电动自行车撞倒",
                     .admitted = ""})
                .as,
            TakenAs::kSent);
  EXPECT_THAT(Sent(), ElementsAre(kFlag));
  ExpectWholeFlag("周岚");
}

TEST_F(IntakeVisitTest, AChangeOfTheInterfaceFlagsWhatTheAdmissionToldOf) {
  EXPECT_EQ(Take(Admission2401(R"(,"psn_name":"周岚","main_cond_dscr":"摔伤")")).as,
            TakenAs::kAsked);
  Take(VisitEnvelope(
      "2403", "00005", "2026-03-06 09:00:00",
      R"({"adminfo":{"mdtrt_id":"V7","psn_no":"31011500000077","rel_ttp_flag":"1"}})"));
  EXPECT_THAT(Sent(), ElementsAre(kFlag));
  ExpectWholeFlag("周岚");
  EXPECT_EQ(flagged_.state(), v1::FLAG_STATE_CONFIRMED);
}

TEST_F(IntakeVisitTest, AFlagThatLacksSomethingWaits_AndHoldsNobodyBack) {
  const Taken bill = Take(Adt{.id = "1",
                              .sent = "20260305",
                              .admitted = "",
                              .accident = "03^第三方^HL70050||||||被邻居家的狗咬伤"});
  EXPECT_EQ(bill.as, TakenAs::kHeld);
  EXPECT_THAT(bill.outcome, HasSubstr("待补充：入院时间"));
  EXPECT_THAT(Sent(), IsEmpty());
  EXPECT_THAT(*book_->ListHeldVisits(), ElementsAre("V1"));
  Take(Settlement2304("00002", "V1"));
  EXPECT_THAT(Sent(), ElementsAre(kSettle));

  // The admission comes at last, and its own words ask for nothing.
  Take(Adt{.id = "2", .words = "疼痛", .code = ""});
  EXPECT_THAT(Sent(), ElementsAre(kFlag));
  ExpectWholeFlag("周岚");
  EXPECT_THAT(*book_->ListHeldVisits(), IsEmpty());
}

TEST_F(IntakeVisitTest, ASelfPayingPatientsFlagWaitsForAFund) {
  const Adt admission{.words = "被电动自行车撞倒", .insurance = ""};
  const Taken taken = Take(admission);
  EXPECT_EQ(taken.as, TakenAs::kHeld);
  EXPECT_THAT(taken.outcome, HasSubstr("待补充：统筹区与险种"));
  Adt insured = admission;
  insured.trigger = "A08", insured.id = "2", insured.insurance = "01^职工医保";
  EXPECT_EQ(Take(insured).as, TakenAs::kSent);
  EXPECT_THAT(Sent(), ElementsAre(kFlag));
  ExpectWholeFlag("周岚");
}

TEST_F(IntakeVisitTest, AHeldFlagIsAmendedAndClearedWithoutTheHub) {
  const Adt admission{.words = "被电动自行车撞倒", .insurance = ""};
  Take(admission);
  Adt changed = admission;
  changed.trigger = "A08", changed.id = "2", changed.code = "S82.200";
  EXPECT_EQ(Take(changed).as, TakenAs::kHeld);
  EXPECT_THAT(book_->FindVisit("V1")->held->request.flag().diagnosis_codes(),
              ElementsAre("S82.200"));
  const auto cleared = intake_->ClearVisit("V1", "自费");
  ASSERT_TRUE(cleared.ok()) << cleared.status();
  EXPECT_THAT(*book_->ListHeldVisits(), IsEmpty());
  EXPECT_EQ(book_->FindVisit("V1")->standing, mapping::Standing::kDeclined);
  EXPECT_THAT(Sent(), IsEmpty());
}

TEST_F(IntakeVisitTest, TheClerksAnswerToASettlementsQuestionWaitsUntilHeSuppliesTheRest) {
  const Taken settled = Take(Settlement2304("00002", "V7", "22"));
  ASSERT_NE(settled.question, 0);
  const auto answered = intake_->AnswerQuestion(settled.question, true, "患者称被撞倒");
  ASSERT_TRUE(answered.ok()) << answered.status();
  EXPECT_EQ(answered->as, TakenAs::kHeld);
  EXPECT_THAT(answered->outcome, HasSubstr("待补充：入院时间"));
  EXPECT_THAT(Sent(), ElementsAre(kSettle));

  EXPECT_EQ(ReasonOf(intake_->SupplyVisit("V9", {}).status()), Reason::kNotFound);
  const auto supplied = intake_->SupplyVisit("V7", {{}, absl::FromUnixSeconds(1'772'700'000), {}});
  ASSERT_TRUE(supplied.ok()) << supplied.status();
  EXPECT_EQ(supplied->as, TakenAs::kSent);
  EXPECT_THAT(Sent(), ElementsAre(kFlag));
  ExpectWholeFlag("周岚");
  EXPECT_EQ(flagged_.state(), v1::FLAG_STATE_CONFIRMED);
  EXPECT_EQ(flagged_.flag().admitted_time().seconds(), 1'772'700'000);
}

TEST_F(IntakeVisitTest, AnOutpatientsAnswerIsSentAtOnce) {
  const Taken settled = Take(Settlement2304("00002", "V7", "19"));
  ASSERT_NE(settled.question, 0);
  EXPECT_EQ(intake_->AnswerQuestion(settled.question, true, "被狗咬伤")->as, TakenAs::kSent);
  EXPECT_THAT(Sent(), ElementsAre(kSettle, kFlag));
  ExpectWholeFlag("周岚");
}

TEST_F(IntakeVisitTest, WhatTheClerkSuppliesToASentFlagAmendsIt) {
  Take(Admission2401(R"(,"rel_ttp_flag":"1")"));
  EXPECT_THAT(Sent(), ElementsAre(kFlag));
  v1::Person person;
  person.set_name("周岚");
  ASSERT_TRUE(intake_->SupplyVisit("V7", {person, std::nullopt, {}}).ok());
  EXPECT_THAT(Sent(), ElementsAre(kAmend));
  EXPECT_EQ(amended_.flag().patient().name(), "周岚");
  EXPECT_EQ(amended_.flag().patient().insured_number(), "31011500000077");
}

TEST_F(IntakeVisitTest, AnAdmissionWithoutTimesOfItsOwnHasItsMessages) {
  EXPECT_EQ(Take(Adt{.words = "被电动自行车撞倒", .admitted = ""}).as, TakenAs::kSent);
  EXPECT_THAT(Sent(), ElementsAre(kFlag));
  ExpectWholeFlag("周岚");
}

TEST_F(IntakeVisitTest, AnOlderMessageDoesNotOverwriteANewerOne) {
  Take(Adt{.trigger = "A08",
           .id = "2",
           .sent = "20260306090000",
           .words = "被电动自行车撞倒",
           .name = "周岚岚"});
  EXPECT_THAT(Sent(), ElementsAre(kFlag));
  Take(Adt{.id = "1", .words = "摔伤", .code = "S53.4", .name = "周岚"});
  EXPECT_THAT(Sent(), IsEmpty());
  const Visit visit = book_->FindVisit("V1").value();
  EXPECT_EQ(visit.facts.patient.name(), "周岚岚");
  EXPECT_THAT(visit.flag.diagnosis_codes(), ElementsAre("S52.501"));
}

TEST_F(IntakeVisitTest, AnOlderMessageFillsWhatTheNewerLeftOpen) {
  Take(Adt{.trigger = "A08",
           .id = "2",
           .sent = "20260306090000",
           .words = "被电动自行车撞倒",
           .code = ""});
  EXPECT_THAT(Sent(), ElementsAre(kFlag));
  Take(Adt{.id = "1", .words = "摔伤", .code = "S53.4"});
  EXPECT_THAT(Sent(), ElementsAre(kAmend));
  EXPECT_THAT(amended_.update_mask().paths(), ElementsAre("diagnosis_codes"));
}

TEST_F(IntakeVisitTest, AnOlderMessageFlagsWhereTheNewerOnlyAsked) {
  EXPECT_EQ(Take(Adt{.trigger = "A08", .id = "2", .sent = "20260306090000", .words = "摔伤"}).as,
            TakenAs::kAsked);
  Take(Adt{.id = "1", .words = "被电动自行车撞倒"});
  EXPECT_THAT(Sent(), ElementsAre(kFlag));
}

TEST_F(IntakeVisitTest, ANewerNoStandsAgainstAnOlderMessage) {
  Take(Adt{
      .trigger = "A08", .id = "2", .sent = "20260306090000", .words = "咳嗽", .code = "J18.900"});
  EXPECT_EQ(Take(Adt{.id = "1", .words = "被电动自行车撞倒"}).as, TakenAs::kNothing);
  EXPECT_THAT(Sent(), IsEmpty());
}

TEST_F(IntakeVisitTest, ACancelThatComesFirstHolds_UntilThePatientIsAdmittedAnew) {
  Take(Adt{.trigger = "A11", .id = "2", .sent = "20260306090000", .words = "被电动自行车撞倒"});
  EXPECT_THAT(Take(Adt{.id = "1", .words = "被电动自行车撞倒"}).outcome, HasSubstr("已撤销"));
  EXPECT_THAT(Sent(), IsEmpty());
  Take(Adt{.id = "3", .sent = "20260307090000", .words = "被电动自行车撞倒"});
  EXPECT_THAT(Sent(), ElementsAre(kFlag));
}

TEST_F(IntakeVisitTest, AnAdmissionAfterACancelRaisesTheFlagAgain) {
  Take(Adt{.id = "1", .words = "被电动自行车撞倒"});
  Take(Adt{.trigger = "A11", .id = "2", .sent = "20260306090000"});
  EXPECT_THAT(Sent(), ElementsAre(kFlag, kClear));
  Take(Adt{.id = "3", .sent = "20260307090000", .words = "被电动自行车撞倒"});
  EXPECT_THAT(Sent(), ElementsAre(kAmend));
  EXPECT_EQ(amended_.state(), v1::FLAG_STATE_SUSPECTED);
  EXPECT_EQ(book_->FindVisit("V1")->standing, mapping::Standing::kFlagged);
}

TEST_F(IntakeVisitTest, ACancelOlderThanTheNewestMessageTakesNothingBack) {
  Take(Adt{.trigger = "A08", .id = "2", .sent = "20260307090000", .words = "被电动自行车撞倒"});
  EXPECT_THAT(Take(Adt{.trigger = "A11", .id = "1", .sent = "20260306090000"}).outcome,
              HasSubstr("请核对"));
  EXPECT_THAT(Sent(), ElementsAre(kFlag));
}

// By the settlement's id, and by the message's.
class ReversalFirstTest : public IntakeVisitTest,
                          public testing::WithParamInterface<std::string> {};

TEST_P(ReversalFirstTest, ItWaits_AndBothAreToldInOrder) {
  EXPECT_EQ(Take(GetParam()).as, TakenAs::kNothing);
  EXPECT_THAT(Sent(), IsEmpty());
  EXPECT_EQ(Take(GetParam()).as, TakenAs::kKnown);
  EXPECT_THAT(Take(Settlement2304()).outcome, HasSubstr("撤销"));
  EXPECT_THAT(Sent(), ElementsAre(kSettle, kReverse));
  EXPECT_EQ(reversed_.reversal().settlement_id(), "S1");
  EXPECT_EQ(reversed_.reversal().pool(), "pools/310115-310");
  EXPECT_THAT(*book_->ListWaitingReversals(), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(ByTransaction, ReversalFirstTest,
                         testing::Values(Reversal2305(), Undoing2601("00002", "2304")),
                         [](const auto& row) { return row.index == 0 ? "T2305" : "T2601"; });

TEST_F(IntakeVisitTest, AWaitingReversalIsShown) {
  Take(Reversal2305());
  const auto waiting = book_->ListWaitingReversals();
  ASSERT_EQ(waiting->size(), 1u);
  EXPECT_EQ(waiting->front().visit_id, "V7");
  Take(Undoing2601("00009", "2304"));  // Of a transaction that perhaps never was: nobody waits.
  EXPECT_EQ(book_->ListWaitingReversals()->size(), 1u);
}

TEST_F(IntakeVisitTest, AReversalLongAfterItsSettlementFindsIt) {
  Take(Settlement2304());
  EXPECT_THAT(Sent(), ElementsAre(kSettle));
  ASSERT_TRUE(book_->DeleteMessagesBefore(clock_.Now() + absl::Hours(1)).ok());
  EXPECT_EQ(Take(Reversal2305()).as, TakenAs::kSent);
  EXPECT_THAT(Sent(), ElementsAre(kReverse));
}

TEST_F(IntakeVisitTest, AnAdmissionThatWasUndoneBeforeItCameIsNotFlagged) {
  EXPECT_THAT(Take(Undoing2601("00001", "2401")).outcome, HasSubstr("未曾收到"));
  EXPECT_EQ(Take(Admission2401(R"(,"rel_ttp_flag":"1")")).as, TakenAs::kNothing);
  EXPECT_THAT(Sent(), IsEmpty());
}

TEST_F(IntakeVisitTest, TheSameMessageMadeAnewGetsTheFirstAnswer) {
  const Taken first = Take(Adt{.words = "被电动自行车撞倒"});
  const Taken again = Take(Adt{.sent = "20260305113000", .words = "被电动自行车撞倒"});
  EXPECT_EQ(again.as, TakenAs::kKnown);
  EXPECT_EQ(again.outcome, first.outcome);
  EXPECT_EQ(again.time, first.time);
  EXPECT_THAT(Sent(), ElementsAre(kFlag));
}

TEST_F(IntakeVisitTest, AReusedControlIdLosesNoAdmission) {
  Take(Adt{.words = "摔伤"});
  std::string other = Adt{.words = "被电动自行车撞倒"}.Text();
  other.replace(other.find("||||V1|"), 7, "||||V2|");
  const Taken taken = Take(other);
  EXPECT_EQ(taken.as, TakenAs::kSent);
  EXPECT_EQ(taken.visit_id, "V2");
  ASSERT_FALSE(taken.notes.empty());
  EXPECT_EQ(taken.notes.back().path, "MSH-10");
  EXPECT_THAT(Sent(), ElementsAre(kFlag));
  EXPECT_EQ(Take(other).as, TakenAs::kKnown);
  EXPECT_EQ(Take(Adt{.words = "摔伤"}).as, TakenAs::kKnown);
}

TEST_F(IntakeVisitTest, WhatTheDeskDidIsRemembered) {
  const Taken asked = Take(Adt{.words = "摔伤"});
  ASSERT_TRUE(intake_->AnswerQuestion(asked.question, false, "自行跌倒，有家属证明").ok());
  Take(Adt{.trigger = "A08", .id = "2", .words = "被电动自行车撞倒"});
  const auto open = book_->FindOpenQuestion("V1");
  ASSERT_TRUE(open->has_value());
  ASSERT_TRUE(intake_->AnswerQuestion((*open)->id, true, "监控可见").ok());
  ASSERT_TRUE(intake_->ClearVisit("V1", "监控显示另一人").ok());
  const auto events = book_->ListVisitEvents("V1").value();
  ASSERT_EQ(events.size(), 3u);
  EXPECT_THAT(events[0].text, HasSubstr("自行跌倒，有家属证明"));
  EXPECT_THAT(events[1].text, HasSubstr("监控可见"));
  EXPECT_THAT(events[2].text, HasSubstr("监控显示另一人"));
}

TEST_F(IntakeVisitTest, AHeldFlagThatTheHubRefusedIsNoFlag) {
  Take(Adt{.words = "被电动自行车撞倒", .insurance = ""});
  Take(Adt{.trigger = "A08", .id = "2", .words = "被电动自行车撞倒"});
  const auto sent = spool_->Peek(1);
  ASSERT_EQ(sent->size(), 1u);
  ASSERT_TRUE(
      spool_
          ->MarkRefused(sent->front().sequence, MakeError(Reason::kInvalidArgument, "no such pool"))
          .ok());
  EXPECT_EQ(intake_->VisitAsTheHubKnows("V1")->standing, mapping::Standing::kNothing);
}

}  // namespace
}  // namespace recoup::hospital
