// Exchanges of the national interface that come in halves, and messages that name earlier ones.
#include "absl/strings/str_cat.h"
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

constexpr char kAdmissionId[] = "H31011500001202603051020300001";
constexpr char kSettlementId[] = "H31011500001202603121020300002";

std::string Envelope(const std::string& infno, const std::string& msgid, const std::string& input) {
  return absl::StrCat(R"({"infno":")", infno, R"(","msgid":")", msgid,
                      R"(","mdtrtarea_admvs":"310115","insuplc_admdvs":"310115",)",
                      R"("inf_time":"2026-03-05 10:20:30","fixmedins_code":"H31011500001",)",
                      R"("input":)", input, "}");
}

std::string AdmissionRequest(const std::string& msgid = kAdmissionId) {
  return Envelope("2401", msgid,
                  R"({"mdtrtinfo":{"psn_no":"1","insutype":"310",
      "begntime":"2026-03-05 10:00:00","mdtrt_cert_type":"02",
      "mdtrt_cert_no":"11010519491231002X","med_type":"21","ipt_no":"I1","rel_ttp_flag":"1"}})");
}

std::string AdmissionResponse(const std::string& reference = kAdmissionId,
                              const std::string& infcode = "0") {
  return absl::StrCat(R"({"infcode":)", infcode, R"(,"inf_refmsgid":")", reference,
                      R"(","err_msg":null,"output":{"result":{"mdtrt_id":"V7"}}})");
}

std::string SettlementRequest(const std::string& infno = "2304",
                              const std::string& msgid = kSettlementId) {
  return Envelope(infno, msgid, R"({"data":{"psn_no":"1","insutype":"310","mdtrt_id":"V7"}})");
}

std::string SettlementResponse(const std::string& reference = kSettlementId) {
  return absl::StrCat(R"({"infcode":0,"inf_refmsgid":")", reference,
                      R"(","output":{"setlinfo":{"mdtrt_id":"V7","setl_id":"S1","psn_no":"1",
      "insutype":"310","setl_time":"2026-03-12 10:20:31","medfee_sumamt":3,"fund_pay_sumamt":2,
      "psn_part_amt":1,"acct_pay":0,"psn_cash_pay":1}}})");
}

class IntakeExchangeTest : public IntakeDesk {
 protected:
  IntakeExchangeTest() : IntakeDesk({}) {}
  // The kinds of all requests in the spool that were not looked at before.
  std::vector<std::string> NewKinds() {
    std::vector<std::string> kinds;
    for (adapters::SpoolItem item = Next(); !item.kind.empty(); item = Next()) {
      kinds.push_back(item.kind);
      payload_ = item.payload;
    }
    return kinds;
  }

  std::string payload_;
};

TEST_F(IntakeExchangeTest, HalvesAreJoinedByTheRequestsId_InEitherOrder) {
  struct Row {
    std::string first;
    std::string second;
    std::string kind;
  };
  const std::vector<Row> rows = {
      {AdmissionRequest(), AdmissionResponse(), "HospitalService.FlagAdmission"},
      {SettlementResponse(), SettlementRequest(), "HospitalService.ReportSettlement"},
      {absl::StrCat(R"({"request":)", SettlementRequest("2207", "H3101150000120260312102030000A"),
                    "}"),
       absl::StrCat(R"({"response":)", SettlementResponse("H3101150000120260312102030000A"), "}"),
       "HospitalService.ReportSettlement"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(Take(row.first).as, TakenAs::kNothing);
    EXPECT_THAT(NewKinds(), IsEmpty());
    Reopen();  // What waits is on the disk.
    EXPECT_EQ(Take(row.second).as, TakenAs::kSent);
    EXPECT_THAT(NewKinds(), ElementsAre(row.kind));
    // Each half again is answered with what became of it, and told to nobody.
    EXPECT_EQ(Take(row.first).as == TakenAs::kSent, false);
    EXPECT_EQ(Take(row.second).as == TakenAs::kSent, false);
    EXPECT_THAT(NewKinds(), IsEmpty());
  }
}

TEST_F(IntakeExchangeTest, AWaitingRequestIsCountedAndAnswered) {
  const Taken waiting = Take(AdmissionRequest());
  EXPECT_THAT(waiting.outcome, HasSubstr("等待平台"));
  EXPECT_EQ(book_->CountWaitingRequests().value(), 1);
  const Taken again = Take(AdmissionRequest());
  EXPECT_EQ(again.as, TakenAs::kKnown);
  EXPECT_EQ(again.outcome, waiting.outcome);
  Take(AdmissionResponse());
  EXPECT_EQ(book_->CountWaitingRequests().value(), 0);
  EXPECT_THAT(Take(AdmissionRequest()).outcome, HasSubstr("第三方"));
}

TEST_F(IntakeExchangeTest, ARefusalOfThePlatformEndsTheWaitAndTellsNobody) {
  Take(AdmissionRequest());
  const Taken refused = Take(AdmissionResponse(kAdmissionId, "-1"));
  EXPECT_EQ(refused.as, TakenAs::kNothing);
  EXPECT_THAT(refused.outcome, HasSubstr("平台未受理"));
  EXPECT_EQ(book_->CountWaitingRequests().value(), 0);
  EXPECT_THAT(NewKinds(), IsEmpty());
}

TEST_F(IntakeExchangeTest, AWholeExchangeCompletesItsRequestToo) {
  Take(AdmissionRequest());
  const std::string whole = absl::StrCat(R"({"request":)", AdmissionRequest(), R"(,"response":)",
                                         AdmissionResponse(), "}");
  EXPECT_EQ(Take(whole).as, TakenAs::kSent);
  EXPECT_EQ(book_->CountWaitingRequests().value(), 0);
  EXPECT_EQ(Take(whole).as, TakenAs::kKnown);
  EXPECT_THAT(NewKinds(), ElementsAre("HospitalService.FlagAdmission"));
}

std::string With(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

// A sender that got no answer in time asks again, under a new time and signature.
TEST_F(IntakeExchangeTest, ARequestThatIsTriedAgainIsTheSameRequest) {
  const Taken first = Take(AdmissionRequest());
  const std::string again = With(AdmissionRequest(), "\"inf_time\":\"2026-03-05 10:20:30\"",
                                 "\"inf_time\":\"2026-03-05 10:21:00\",\"cainfo\":\"x\"");
  const Taken retried = Take(again);
  EXPECT_EQ(retried.as, TakenAs::kKnown);
  EXPECT_EQ(retried.source_key, first.source_key);
  EXPECT_EQ(book_->CountWaitingRequests().value(), 1);
  EXPECT_EQ(Take(AdmissionResponse()).as, TakenAs::kSent);
  EXPECT_EQ(Take(AdmissionResponse()).as, TakenAs::kKnown);
  EXPECT_THAT(NewKinds(), ElementsAre("HospitalService.FlagAdmission"));
  EXPECT_EQ(book_->CountWaitingRequests().value(), 0);
}

// The first answer was lost; the sender corrected what it asked, or began its counter anew.
TEST_F(IntakeExchangeTest, OtherContentUnderAWaitingIdTakesItsPlace) {
  const Taken first = Take(AdmissionRequest());
  const Taken other = Take(With(AdmissionRequest(), "\"psn_no\":\"1\"", "\"psn_no\":\"2\""));
  EXPECT_EQ(other.as, TakenAs::kNothing);
  EXPECT_NE(other.source_key, first.source_key);
  ASSERT_FALSE(other.notes.empty());
  EXPECT_THAT(other.notes.back().text, HasSubstr("以本请求为准"));
  EXPECT_EQ(book_->CountWaitingRequests().value(), 1);
  EXPECT_EQ(Take(AdmissionResponse()).as, TakenAs::kSent);
  EXPECT_THAT(NewKinds(), ElementsAre("HospitalService.FlagAdmission"));
  v1::FlagAdmissionRequest flag;
  ASSERT_TRUE(flag.ParseFromString(payload_));
  EXPECT_EQ(flag.flag().patient().insured_number(), "2");
  // Who sends the first one again is told what became of it.
  EXPECT_THAT(Take(AdmissionRequest()).outcome, HasSubstr("未等到平台应答"));
}

TEST_F(IntakeExchangeTest, ARefusalOfThePlatformMayComeBeforeItsRequest) {
  Take(AdmissionResponse(kAdmissionId, "-1"));
  EXPECT_THAT(Take(AdmissionRequest()).outcome, HasSubstr("平台未受理"));
  EXPECT_EQ(book_->CountWaitingRequests().value(), 0);
  EXPECT_THAT(NewKinds(), IsEmpty());
}

TEST_F(IntakeExchangeTest, WhatThePlatformRefusedMayBeAskedAgain) {
  Take(AdmissionRequest());
  Take(AdmissionResponse(kAdmissionId, "-1"));
  Take(AdmissionRequest());  // The same bytes: the platform was busy.
  EXPECT_EQ(Take(AdmissionResponse()).as, TakenAs::kSent);
  EXPECT_THAT(NewKinds(), ElementsAre("HospitalService.FlagAdmission"));
}

TEST_F(IntakeExchangeTest, AReusedIdsHalvesMayComeInEitherOrderToo) {
  Take(AdmissionRequest());
  Take(AdmissionResponse());
  EXPECT_THAT(Take(With(AdmissionResponse(), "V7", "V8")).outcome,
              HasSubstr("等待该应答对应的请求"));
  const Taken joined = Take(With(AdmissionRequest(), "\"I1\"", "\"I2\""));
  EXPECT_EQ(joined.as, TakenAs::kSent);
  EXPECT_EQ(joined.visit_id, "V8");
}

// Senders begin their counters anew; an admission must not be lost by that.
TEST_F(IntakeExchangeTest, AReusedIdOfAnotherVisitIsTakenWithANote) {
  const auto exchange = [](const std::string& visit) {
    std::string response = AdmissionResponse();
    response.replace(response.find("V7"), 2, visit);
    return absl::StrCat(R"({"request":)", AdmissionRequest(), R"(,"response":)", response, "}");
  };
  EXPECT_EQ(Take(exchange("V7")).as, TakenAs::kSent);
  const Taken other = Take(exchange("V8"));
  EXPECT_EQ(other.as, TakenAs::kSent);
  EXPECT_EQ(other.visit_id, "V8");
  EXPECT_NE(other.source_key, absl::StrCat("H31011500001/", kAdmissionId));
  ASSERT_FALSE(other.notes.empty());
  EXPECT_THAT(other.notes.back().text, HasSubstr("此前已用于内容不同的消息"));
  EXPECT_THAT(NewKinds(),
              ElementsAre("HospitalService.FlagAdmission", "HospitalService.FlagAdmission"));
  Reopen();
  const Taken again = Take(exchange("V8"));
  EXPECT_EQ(again.as, TakenAs::kKnown);
  EXPECT_EQ(again.source_key, other.source_key);
  // What is undone is what the id was used for last.
  EXPECT_EQ(Take(Envelope("2601", "H31011500001202603130000000002",
                          absl::StrCat(R"({"data":{"psn_no":"1","omsgid":")", kAdmissionId,
                                       R"(","oinfno":"2401"}})")))
                .visit_id,
            "V8");
}

TEST_F(IntakeExchangeTest, AReusedIdIsJoinedWithItsOwnResponse) {
  Take(AdmissionRequest());
  Take(AdmissionResponse());
  std::string request = AdmissionRequest(), response = AdmissionResponse();
  request.replace(request.find("\"I1\""), 4, "\"I2\"");
  response.replace(response.find("V7"), 2, "V8");
  EXPECT_THAT(Take(request).outcome, HasSubstr("等待平台"));
  const Taken joined = Take(response);
  EXPECT_EQ(joined.as, TakenAs::kSent);
  EXPECT_EQ(joined.visit_id, "V8");
  EXPECT_EQ(book_->CountWaitingRequests().value(), 0);
  EXPECT_THAT(NewKinds(),
              ElementsAre("HospitalService.FlagAdmission", "HospitalService.FlagAdmission"));
}

// It would be refused by the hub, and hold back what is said of the visit afterwards.
TEST_F(IntakeExchangeTest, ASettlementToldWithOtherFiguresIsRefusedAndBlocksNothing) {
  const auto exchange = [](const std::string& msgid, const std::string& fund) {
    std::string response = SettlementResponse(msgid);
    response.replace(response.find("\"fund_pay_sumamt\":2") + 18, 1, fund);
    return absl::StrCat(R"({"request":)", SettlementRequest("2304", msgid), R"(,"response":)",
                        response, "}");
  };
  const std::string later = "H31011500001202603120000000099";
  Take(AdmissionRequest());
  Take(AdmissionResponse());
  Take(exchange(kSettlementId, "2"));
  NewKinds();
  for (const std::string& id : {later, std::string(kSettlementId)}) {
    const absl::StatusOr<Taken> other = intake_->Take(exchange(id, "1"));
    EXPECT_EQ(ReasonOf(other.status()), Reason::kAlreadyExistsWithOtherContent) << id;
    EXPECT_THAT(NewKinds(), IsEmpty());
  }
  EXPECT_THAT(std::string(intake_->Take(exchange(later, "1")).status().message()),
              ::testing::AllOf(HasSubstr("基金支付 2.00 元"), HasSubstr("基金支付 1.00 元")));
  // The same figures under another id are sent: the hub knows them again.
  EXPECT_EQ(Take(exchange(later, "2")).as, TakenAs::kSent);
  NewKinds();
  EXPECT_EQ(Take(Envelope("2601", "H31011500001202603130000000003",
                          absl::StrCat(R"({"data":{"psn_no":"1","omsgid":")", kSettlementId,
                                       R"(","oinfno":"2304"}})")))
                .as,
            TakenAs::kSent);
  EXPECT_THAT(NewKinds(), ElementsAre("HospitalService.ReverseSettlement"));
}

TEST_F(IntakeExchangeTest, WhatTheHubRefusedMayBeToldWithOtherFigures) {
  const std::string first = absl::StrCat(R"({"request":)", SettlementRequest(), R"(,"response":)",
                                         SettlementResponse(), "}");
  Take(AdmissionRequest());
  Take(AdmissionResponse());
  NewKinds();
  Take(first);
  const auto items = spool_->Peek(1);
  ASSERT_TRUE(items.ok() && items->size() == 1);
  ASSERT_TRUE(spool_->MarkRefused(items->front().sequence, absl::InvalidArgumentError("no")).ok());
  const std::string later = "H31011500001202603120000000099";
  std::string response = SettlementResponse(later);
  response.replace(response.find("\"fund_pay_sumamt\":2") + 18, 1, "1");
  EXPECT_EQ(Take(absl::StrCat(R"({"request":)", SettlementRequest("2304", later), R"(,"response":)",
                              response, "}"))
                .as,
            TakenAs::kSent);
}

TEST_F(IntakeExchangeTest, AResponseThatRefersToNothingIsRefused) {
  EXPECT_FALSE(intake_->Take(AdmissionResponse("")).ok());
}

TEST_F(IntakeExchangeTest, AnUndoingTakesBackWhatTheNamedMessageTold) {
  const auto undo = [](const std::string& number, const std::string& of, const std::string& infno) {
    return Envelope("2601", "H3101150000120260313000000" + number,
                    absl::StrCat(R"({"data":{"psn_no":"1","omsgid":")", of, R"(","oinfno":")",
                                 infno, R"("}})"));
  };
  const std::string unknown = "H31011500001202603121020300009";
  EXPECT_THAT(Take(undo("0001", unknown, "2304")).outcome, HasSubstr("未曾收到"));
  Take(AdmissionRequest());
  Take(AdmissionResponse());
  Take(SettlementRequest());
  Take(SettlementResponse());
  EXPECT_THAT(NewKinds(),
              ElementsAre("HospitalService.FlagAdmission", "HospitalService.ReportSettlement"));
  EXPECT_EQ(Take(undo("0002", kSettlementId, "2304")).as, TakenAs::kSent);
  EXPECT_THAT(NewKinds(), ElementsAre("HospitalService.ReverseSettlement"));
  v1::ReverseSettlementRequest reversal;
  ASSERT_TRUE(reversal.ParseFromString(payload_));
  EXPECT_EQ(reversal.reversal().settlement_id(), "S1");
  EXPECT_EQ(reversal.reversal().pool(), "pools/310115-310");
  EXPECT_EQ(Take(undo("0003", kAdmissionId, "2401")).as, TakenAs::kSent);
  EXPECT_THAT(NewKinds(), ElementsAre("HospitalService.ClearFlag"));
  EXPECT_FALSE(intake_->Take(undo("0004", kSettlementId, "2305")).ok());
}

TEST_F(IntakeExchangeTest, AQueriedSettlementIsToldOnlyIfItWasNot) {
  const std::string first = "H31011500001202603140000000001";
  const std::string second = "H31011500001202603140000000002";
  Take(SettlementRequest("5203", first));
  EXPECT_EQ(Take(SettlementResponse(first)).as, TakenAs::kSent);
  EXPECT_THAT(NewKinds(), ElementsAre("HospitalService.ReportSettlement"));
  Take(SettlementRequest("5203", second));
  EXPECT_THAT(Take(SettlementResponse(second)).outcome, HasSubstr("此前已上报"));
  EXPECT_THAT(NewKinds(), IsEmpty());
}

TEST_F(IntakeExchangeTest, ARefundIsToldOnlyOfWhatWasTold) {
  const auto refunded = [](const std::string& reference) {
    std::string response = SettlementResponse(reference);
    return response.insert(response.find("\"setl_id\""), "\"refd_setl_flag\":\"1\",");
  };
  const std::string first = "H31011500001202603140000000001";
  const std::string second = "H31011500001202603140000000002";
  Take(SettlementRequest("5203", first));
  EXPECT_THAT(Take(refunded(first)).outcome, HasSubstr("此前未上报"));
  EXPECT_THAT(NewKinds(), IsEmpty());
  Take(SettlementRequest());
  Take(SettlementResponse());
  EXPECT_THAT(NewKinds(), ElementsAre("HospitalService.ReportSettlement"));
  Take(SettlementRequest("5203", second));
  EXPECT_EQ(Take(refunded(second)).as, TakenAs::kSent);
  EXPECT_THAT(NewKinds(), ElementsAre("HospitalService.ReverseSettlement"));
  v1::ReverseSettlementRequest reversal;
  ASSERT_TRUE(reversal.ParseFromString(payload_));
  EXPECT_EQ(reversal.reversal().settlement_id(), "S1");
}

TEST_F(IntakeExchangeTest, AnAnswerThatLeavesTooMuchOutWaitsForItsRequest) {
  const std::string answer =
      R"({"infcode":0,"inf_refmsgid":"H31011500001202603150000000009","output":{"setlinfo":{
          "mdtrt_id":"V7","setl_id":"S2","psn_no":"1","insutype":"310","medfee_sumamt":-3,
          "fund_pay_sumamt":-2,"acct_pay":0,"psn_cash_pay":-1}}})";
  Take(SettlementRequest());
  Take(SettlementResponse());
  NewKinds();
  EXPECT_THAT(Take(answer).outcome, HasSubstr("等待该应答对应的请求"));
  EXPECT_THAT(NewKinds(), IsEmpty());
  EXPECT_EQ(Take(Envelope("2305", "H31011500001202603150000000009",
                          R"({"data":{"psn_no":"1","mdtrt_id":"V7","setl_id":"S1"}})"))
                .as,
            TakenAs::kSent);
}

TEST_F(IntakeExchangeTest, AnInjuryThatIsSettledWithoutAnAdmissionIsAskedAbout) {
  const auto settled = [](const std::string& msgid, const std::string& visit,
                          const std::string& med_type) {
    std::string response = SettlementResponse(msgid);
    response.replace(response.find("V7"), 2, visit);
    response.replace(response.find("S1"), 2, "S" + visit);
    return response.insert(response.find("\"setl_id\""),
                           absl::StrCat("\"med_type\":\"", med_type, "\","));
  };
  struct Row {
    std::string visit, med_type;
    bool asked;
  };
  int number = 0;
  for (const Row& row : {Row{"V1", "19", true}, Row{"V2", "22", true}, Row{"V3", "21", false}}) {
    SCOPED_TRACE(row.med_type);
    const std::string id = absl::StrCat("H3101150000120260314000000001", number++);
    Take(SettlementRequest("2207", id));
    const Taken taken = Take(settled(id, row.visit, row.med_type));
    EXPECT_EQ(taken.as, TakenAs::kSent);
    EXPECT_EQ(taken.question != 0, row.asked);
    EXPECT_THAT(NewKinds(), ElementsAre("HospitalService.ReportSettlement"));
  }
  // Of a visit whose admission was taken, that has decided.
  Take(AdmissionRequest());
  Take(AdmissionResponse());
  Take(SettlementRequest());
  EXPECT_EQ(Take(settled(kSettlementId, "V7", "22")).question, 0);
}

TEST_F(IntakeExchangeTest, ASettlementListMovesTheFlag) {
  Take(AdmissionRequest());
  Take(AdmissionResponse());
  EXPECT_THAT(NewKinds(), ElementsAre("HospitalService.FlagAdmission"));
  const std::string list = Envelope("4101", "H31011500001202603150000000001",
                                    R"({"setlinfo":{"mdtrt_id":"V7","setl_id":"S1",
      "psn_name":"林若溪","certno":"11010519491231002X","patn_cert_type":"01","hi_type":"310",
      "adm_time":"2026-03-05 10:00:00","dscg_time":"2026-03-12 09:00:00","bill_code":"31060126",
      "bill_no":"0001234567"},"diseinfo":[{"diag_type":"1","diag_code":"S82.201",
      "diag_name":"胫骨干骨折","adm_cond_type":"1","maindiag_flag":"1"}]})");
  EXPECT_EQ(Take(list).as, TakenAs::kSent);
  EXPECT_THAT(NewKinds(), ElementsAre("HospitalService.AmendFlag"));
  v1::AmendFlagRequest amend;
  ASSERT_TRUE(amend.ParseFromString(payload_));
  EXPECT_THAT(amend.flag().diagnosis_codes(), ElementsAre("S82.201"));
  EXPECT_EQ(book_->FindVisit("V7")->facts.discharged_on, "2026-03-12");
}

}  // namespace
}  // namespace recoup::hospital
