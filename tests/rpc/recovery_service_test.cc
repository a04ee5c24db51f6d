// Recoveries, demands and clocks over the wire: what one call shows another shows too.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "recoup/v1/court_service.pb.h"
#include "recoup/v1/fund_service.pb.h"
#include "recoup/v1/hospital_service.pb.h"
#include "recoup/v1/insurer_service.pb.h"
#include "recoup/v1/mediation_service.pb.h"
#include "tests/rpc/wire_story.h"

namespace recoup {
namespace {

using ::testing::SizeIs;

constexpr char kOfficer[] = "fund/pudong/wang-min";

class RecoveryServiceTest : public ::testing::Test {
 protected:
  void SetUp() override { story_.Tell(); }
  template <typename Response>
  Response Ask(const std::string& party, const std::string& method, const std::string& text) {
    const testing::Answer answer = story_.Send(party, method, text);
    EXPECT_EQ(answer.Outcome(), "OK") << method << ": " << answer.status.DebugString();
    Response response;
    EXPECT_TRUE(response.ParseFromString(answer.response));
    return response;
  }
  testing::WireStory story_;
};

TEST_F(RecoveryServiceTest, EveryCallShowsTheSameLimitationPeriod) {
  const auto recovery =
      Ask<v1::GetRecoveryResponse>(kOfficer, "FundService/GetRecovery", "name: '$recovery'");
  const auto listed = Ask<v1::GetLimitationClocksResponse>(
      kOfficer, "FundService/GetLimitationClocks", "pool: '$pool'");
  const auto demands =
      Ask<v1::ListDemandsResponse>(kOfficer, "InsurerService/ListDemands", "recovery: '$recovery'");
  ASSERT_THAT(recovery.recovery().debtors(), SizeIs(2));
  ASSERT_THAT(recovery.demands(), SizeIs(2));
  ASSERT_THAT(demands.demands(), SizeIs(2));
  for (int i = 0; i < 2; ++i) {
    const v1::RecoveryDebtor& debtor = recovery.recovery().debtors(i);
    SCOPED_TRACE(debtor.debtor().display_name());
    EXPECT_NE(debtor.clock().started_on(), "");
    // What is in mediation stands still.
    const bool stands = debtor.debtor().kind() == v1::DEBTOR_KIND_PERSON;
    EXPECT_EQ(debtor.clock().expires_on().empty(), stands);
    for (const v1::LimitationRow& row : listed.clocks()) {
      if (row.recovery() != recovery.recovery().name() ||
          row.debtor_name() != debtor.debtor().display_name()) {
        continue;
      }
      EXPECT_EQ(row.expires_on(), debtor.clock().expires_on());
    }
    for (const auto* shown : {&recovery.demands(), &demands.demands()}) {
      for (const v1::Demand& demand : *shown) {
        if (demand.name() == debtor.demand()) {
          EXPECT_EQ(demand.limitation_expires_on(), debtor.clock().expires_on());
        }
      }
    }
  }
  EXPECT_THAT(listed.clocks(), SizeIs(2));
  const auto of_fund =
      Ask<v1::GetDemandResponse>(kOfficer, "InsurerService/GetDemand", "name: '$demand'");
  EXPECT_EQ(of_fund.demand().limitation_expires_on(),
            recovery.recovery().debtors(0).clock().expires_on());
  EXPECT_EQ(of_fund.demand().letter(), of_fund.letters(0).name());
  EXPECT_EQ(of_fund.letters(0).addressee(), "parties/insurer/huaan");
  EXPECT_TRUE(of_fund.letters(0).has_recorded_time());
  // A debtor is not told until when it must be asked.
  const auto of_debtor =
      Ask<v1::GetDemandResponse>("insurer/huaan", "InsurerService/GetDemand", "name: '$demand'");
  EXPECT_EQ(of_debtor.demand().limitation_expires_on(), "");
}

TEST_F(RecoveryServiceTest, AProceedingIsOnTheListsUntilItsEndIsRecorded) {
  const std::string report =
      "name: '$demand' interruption { kind: INTERRUPTION_KIND_POLICE_REPORT "
      "happened_on: '$today' evidence: '接报回执'";
  const auto recorded = Ask<v1::RecordInterruptionResponse>(
      kOfficer, "FundService/RecordInterruption", report + " }");
  EXPECT_EQ(recorded.clock().expires_on(), "");
  EXPECT_EQ(recorded.clock().state(), v1::LIMITATION_STATE_PROCEEDING);
  const auto standing = [&] {
    const auto deadlines = Ask<v1::ListDeadlinesResponse>(
        kOfficer, "FundService/ListDeadlines", "pool: '$pool' kinds: DEADLINE_KIND_LIMITATION");
    int found = 0;
    for (const v1::Deadline& deadline : deadlines.deadlines()) {
      if (deadline.limitation_state() != v1::LIMITATION_STATE_PROCEEDING) continue;
      EXPECT_EQ(deadline.due_on(), "");
      EXPECT_FALSE(deadline.has_days_left());
      EXPECT_GT(deadline.amount_fen(), 0);
      ++found;
    }
    return found;
  };
  EXPECT_EQ(standing(), 2) << "the other one is in mediation";
  for (const auto& [more, field] :
       {std::pair(" ended_on: '2020-01-01' }", "interruption.ended_on"),
        std::pair(" ended_on: '2999-01-01' }", "interruption.ended_on")}) {
    const testing::Answer refused =
        story_.Send(kOfficer, "FundService/RecordInterruption", report + more);
    EXPECT_EQ(refused.Outcome(), "INVALID_ARGUMENT");
    EXPECT_TRUE(refused.faults.contains(field)) << more;
  }
  const testing::Answer demand_ends =
      story_.Send(kOfficer, "FundService/RecordInterruption",
                  "name: '$demand' interruption { kind: INTERRUPTION_KIND_DEMAND_SERVED "
                  "happened_on: '$today' ended_on: '$today' evidence: '回执' }");
  EXPECT_TRUE(demand_ends.faults.contains("interruption.ended_on"));
  const auto ended = Ask<v1::RecordInterruptionResponse>(kOfficer, "FundService/RecordInterruption",
                                                         report + " ended_on: '$today' }");
  EXPECT_NE(ended.clock().expires_on(), "");
  EXPECT_EQ(ended.clock().interruptions().rbegin()->ended_on(),
            ended.clock().interruptions().rbegin()->happened_on());
  EXPECT_EQ(standing(), 1);
}

TEST_F(RecoveryServiceTest, ConfirmingALeadAnswersWhatReadingItShows) {
  const auto confirmed = Ask<v1::ConfirmLeadResponse>(
      kOfficer, "FundService/ConfirmLead", "name: '$lead' candidate_id: '1' reason: '核实'");
  const v1::Recovery& recovery = confirmed.recovery();
  EXPECT_EQ(recovery.advanced_fen(), 900'000);
  EXPECT_THAT(recovery.advances(), SizeIs(1));
  ASSERT_THAT(recovery.stage_amounts(), SizeIs(1));
  EXPECT_EQ(recovery.stage_amounts(0).amount_fen(), 900'000);
  const auto read = Ask<v1::GetRecoveryResponse>(kOfficer, "FundService/GetRecovery",
                                                 "name: '" + recovery.name() + "'");
  EXPECT_EQ(read.recovery().SerializeAsString(), recovery.SerializeAsString());
}

TEST_F(RecoveryServiceTest, AnOpenedRecoveryAnswersItsSumsSharesAndDemands) {
  const auto read =
      Ask<v1::GetRecoveryResponse>(kOfficer, "FundService/GetRecovery", "name: '$recovery'");
  EXPECT_EQ(read.recovery().advanced_fen(), 900'000);
  EXPECT_EQ(read.recovery().owed_fen(), 720'000);
  EXPECT_EQ(read.recovery().debtors(0).share_bp(), 6'000);
  EXPECT_EQ(read.recovery().debtors(1).share_bp(), 2'000);
  EXPECT_FALSE(read.recovery().has_closed_time());
  const auto timeline =
      Ask<v1::GetTimelineResponse>(kOfficer, "FundService/GetTimeline", "name: '$recovery'");
  ASSERT_GT(timeline.entries_size(), 2);
  EXPECT_EQ(timeline.entries(0).kind(), "recovery.opened");
  EXPECT_EQ(timeline.entries(1).kind(), "demand.drafted");
  EXPECT_EQ(timeline.entries(1).subject(), read.recovery().debtors(0).demand());
  EXPECT_EQ(timeline.entries(1).amount_fen(), 540'000);
}

TEST_F(RecoveryServiceTest, AnApprovalShowsWhatOnePersonMayDecide) {
  const auto approvals =
      Ask<v1::ListApprovalsResponse>(kOfficer, "FundService/ListApprovals", "pool: '$pool'");
  bool relinquishment = false;
  for (const v1::Approval& approval : approvals.approvals()) {
    if (approval.kind() == v1::APPROVAL_KIND_AGREEMENT) {
      EXPECT_FALSE(approval.has_threshold_fen()) << "an agreement always needs two";
    }
    if (approval.kind() != v1::APPROVAL_KIND_RELINQUISH) continue;
    relinquishment = true;
    EXPECT_EQ(approval.amount_fen(), 150'000);
    EXPECT_EQ(approval.threshold_fen(), 100'000);
  }
  EXPECT_TRUE(relinquishment);
}

TEST_F(RecoveryServiceTest, AStatementOfInstalmentsAsksForWhatIsDueAndTellsWhatWasGivenUp) {
  const std::string terms = R"(terms { demand: '$person_demand' amount_fen: 30000
      relinquished_fen: 150000 instalments { due_on: '$today' amount_fen: 10000 }
      instalments { due_on: '$next_month' amount_fen: 20000 } })";
  Ask<v1::MakeOfferResponse>(kOfficer, "MediationService/MakeOffer", "name: '$mediation' " + terms);
  const auto agreed = Ask<v1::AgreeMediationResponse>(
      "mediator/pudong", "MediationService/AgreeMediation",
      R"(name: '$mediation' agreed_on: '$today' reason: '家庭困难' protocol { number: '浦调1号'
         debtor_signatory: '鲁大川' document_sha256: '$sha' } )" +
          terms);
  const auto ask = [&] {
    return Ask<v1::GetDebtorStatementResponse>(kOfficer, "FundService/GetDebtorStatement",
                                               "demand: '$person_demand'");
  };
  const auto before = ask();
  ASSERT_THAT(before.open_items(), SizeIs(1)) << "what is not approved is no plan";
  EXPECT_THAT(before.instalment_demands(), SizeIs(0));
  EXPECT_EQ(before.payable_fen(), 180'000);
  for (const char* officer : {kOfficer, "fund/pudong/li-hua"}) {
    Ask<v1::DecideApprovalResponse>(
        officer, "FundService/DecideApproval",
        "name: '" + agreed.approval() + "' decision: APPROVAL_DECISION_APPROVE");
  }
  const auto statement = ask();
  ASSERT_THAT(statement.open_items(), SizeIs(2));
  EXPECT_EQ(statement.open_items(0).payable_fen(), 10'000);
  EXPECT_EQ(statement.open_items(0).overdue_days(), 0);
  EXPECT_EQ(statement.open_items(1).open_fen(), 20'000);
  EXPECT_EQ(statement.open_items(1).payable_fen(), 0);
  EXPECT_EQ(statement.closing_fen(), 30'000);
  EXPECT_EQ(statement.payable_fen(), 10'000);
  EXPECT_THAT(statement.payment_code(),
              ::testing::StartsWith(statement.open_items(0).reference() + "\nCNY 100.00\n"));
  ASSERT_THAT(statement.instalment_demands(), SizeIs(1));
  const v1::OpenItem& whole = statement.instalment_demands(0);
  EXPECT_EQ(whole.reference(), statement.open_items(0).reference());
  EXPECT_EQ(whole.amount_fen(), 180'000);
  EXPECT_EQ(whole.relinquished_fen(), 150'000);
  EXPECT_EQ(whole.open_fen(), 30'000);
}

TEST_F(RecoveryServiceTest, WhatAHospitalKnowsOfAPersonIsKept) {
  const auto flagged = Ask<v1::FlagAdmissionResponse>(
      "hospital/renji", "HospitalService/FlagAdmission",
      R"(flag { pool: '$pool' visit_id: 'V9' admitted_time { seconds: $admission_s }
                patient { name: '测试己' insured_number: '31000009' birth_on: '1949-12-31'
                          id_kind: ID_KIND_PASSPORT id_number: 'E00000009' phone: '13900000009' } })");
  const auto read = Ask<v1::GetFlagResponse>(kOfficer, "HospitalService/GetFlag",
                                             "name: '" + flagged.flag().name() + "'");
  const v1::Person& patient = read.flag().patient();
  EXPECT_EQ(patient.insured_number(), "31000009");
  EXPECT_EQ(patient.birth_on(), "1949-12-31");
  EXPECT_EQ(patient.id_kind(), v1::ID_KIND_PASSPORT);
  EXPECT_EQ(patient.id_number(), "E00000009");
}

TEST_F(RecoveryServiceTest, AFigureThatIsNotThereIsNotExplained) {
  EXPECT_EQ(story_.Send(kOfficer, "FundService/Explain", "name: '$demand' figure: 'amount_fen'")
                .Outcome(),
            "OK");
  const testing::Answer answer =
      story_.Send(kOfficer, "FundService/Explain", "name: '$demand' figure: 'open_fen'");
  EXPECT_EQ(answer.Outcome(), "INVALID_ARGUMENT");
  EXPECT_TRUE(answer.faults.contains("figure"));
}

// The story's case names nobody liable, so that confirming its lead drafts no demand.
TEST_F(RecoveryServiceTest, WhatCannotBeComputedIsAskedForInALetterThatFundAndCourtList) {
  const auto confirmed = Ask<v1::ConfirmLeadResponse>(
      kOfficer, "FundService/ConfirmLead", "name: '$lead' candidate_id: '1' reason: '核对病历'");
  ASSERT_THAT(confirmed.demands(), SizeIs(0));
  const std::string recovery = confirmed.recovery().name();
  const auto issued = Ask<v1::IssueInquiriesResponse>(kOfficer, "FundService/IssueInquiries",
                                                      absl::StrCat("name: '", recovery, "'"));
  ASSERT_THAT(issued.letters(), SizeIs(1));
  const v1::Letter& letter = issued.letters(0);
  EXPECT_EQ(letter.kind(), v1::LETTER_KIND_INQUIRY);
  EXPECT_EQ(letter.addressee_name(), "测试乙");
  EXPECT_EQ(letter.subject(), recovery);
  EXPECT_EQ(letter.inquiry().state(), v1::INQUIRY_STATE_OPEN);
  EXPECT_EQ(letter.content().fund_paid_fen(), 900'000);
  EXPECT_THAT(letter.content().questions(), SizeIs(4));
  EXPECT_FALSE(letter.content().has_explanation());
  EXPECT_EQ(letter.content().payment_code(), "");
  const auto of_fund = Ask<v1::ListLettersResponse>(kOfficer, "FundService/ListLetters",
                                                    "pool: '$pool' kind: LETTER_KIND_INQUIRY");
  ASSERT_THAT(of_fund.letters(), SizeIs(1));
  EXPECT_EQ(of_fund.letters(0).SerializeAsString(), letter.SerializeAsString());
  const auto of_court = Ask<v1::ListCourtLettersResponse>(
      "court/pudong", "CourtService/ListCourtLetters", "court_case: '$court_case'");
  ASSERT_THAT(of_court.letters(), SizeIs(1));
  EXPECT_EQ(of_court.letters(0).name(), letter.name());

  const std::string end = absl::StrCat("name: '", letter.name(), "' note: '没有收到赔偿' state: ");
  EXPECT_EQ(
      story_.Send(kOfficer, "FundService/EndInquiry", end + "INQUIRY_STATE_SUPERSEDED").Outcome(),
      "INVALID_ARGUMENT");
  const auto ended = Ask<v1::EndInquiryResponse>(kOfficer, "FundService/EndInquiry",
                                                 end + "INQUIRY_STATE_ANSWERED");
  EXPECT_EQ(ended.letter().inquiry().state(), v1::INQUIRY_STATE_ANSWERED);
  EXPECT_EQ(ended.letter().inquiry().note(), "没有收到赔偿");
  EXPECT_TRUE(ended.letter().inquiry().has_ended_time());
  EXPECT_EQ(ended.letter().text_sha256(), letter.text_sha256());
}

}  // namespace
}  // namespace recoup
