// Approvals over the wire: who decides reads before all that is to be approved.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hub/app/approval_matter.h"
#include "recoup/v1/fund_service.pb.h"
#include "tests/rpc/wire_story.h"

namespace recoup {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr char kAsker[] = "fund/pudong/wang-min";
constexpr char kSecond[] = "fund/pudong/li-hua";

class ApprovalServiceTest : public ::testing::Test {
 protected:
  void SetUp() override { story_.Tell(); }
  // Asks for it, and reads the approval that it waits for as its second officer.
  v1::GetApprovalResponse Waiting(const std::string& method, const std::string& text,
                                  const std::string& asker = kAsker) {
    Ok(asker, method, text);
    return Read(story_.Last("approval"), asker);
  }
  v1::GetApprovalResponse Read(const std::string& name, const std::string& asker = kAsker) {
    v1::GetApprovalResponse read;
    EXPECT_TRUE(read.ParseFromString(
        Ok(kSecond, "FundService/GetApproval", "name: '" + name + "'").response));
    EXPECT_EQ(read.approval().state(), v1::APPROVAL_STATE_PENDING);
    EXPECT_EQ(read.approval().requested_by(), asker);
    EXPECT_TRUE(read.approval().has_requested_time());
    return read;
  }
  testing::Answer Ok(const std::string& party, const std::string& method, const std::string& text) {
    const testing::Answer answer = story_.Send(party, method, text);
    EXPECT_EQ(answer.Outcome(), "OK") << method << ": " << answer.status.DebugString();
    return answer;
  }
  void PutLimit(const std::string& key) {
    Ok(kAsker, "FundService/PutPolicyDatum",
       "policy_datum { key: '" + key +
           "' pool: '$pool' value: '1000' effective_from_on: '$yesterday' source: '内控制度' }");
    Ok(kSecond, "FundService/DecideApproval",
       "name: '" + story_.Last("approval") + "' decision: APPROVAL_DECISION_APPROVE");
  }
  testing::WireStory story_;
};

TEST_F(ApprovalServiceTest, ARelinquishmentShowsTheDemandAndWhatIsOpenOfIt) {
  const auto read = Waiting("FundService/Relinquish",
                            R"(name: '$demand' amount_fen: 150000 reason: '破产'
                               reason_kind: RELINQUISH_REASON_NOT_RECOVERABLE)");
  EXPECT_EQ(read.approval().kind(), v1::APPROVAL_KIND_RELINQUISH);
  EXPECT_EQ(read.approval().amount_fen(), 150'000);
  EXPECT_EQ(read.approval().reason(), "破产");
  ASSERT_THAT(read.matter().demands(), SizeIs(1));
  const v1::Demand& demand = read.matter().demands(0);
  EXPECT_EQ(demand.open_fen(), 540'000);
  EXPECT_EQ(read.approval().about(),
            "对华安（" + demand.reference() + "）放弃 1,500.00 元，现未付 5,400.00 元");
}

TEST_F(ApprovalServiceTest, WhatIsOpenIsNotToldOfADecidedOne) {
  Ok(kAsker, "FundService/Relinquish",
     R"(name: '$demand' amount_fen: 150000 reason: '破产'
        reason_kind: RELINQUISH_REASON_NOT_RECOVERABLE)");
  const std::string name = story_.Last("approval");
  Ok(kSecond, "FundService/DecideApproval",
     "name: '" + name + "' decision: APPROVAL_DECISION_APPROVE");
  v1::GetApprovalResponse read;
  EXPECT_TRUE(
      read.ParseFromString(Ok(kAsker, "FundService/GetApproval", "name: '" + name + "'").response));
  EXPECT_EQ(read.approval().state(), v1::APPROVAL_STATE_APPROVED);
  EXPECT_EQ(read.approval().decided_by(), kSecond);
  EXPECT_EQ(read.approval().about(),
            "对华安（" + read.matter().demands(0).reference() + "）放弃 1,500.00 元");
}

TEST_F(ApprovalServiceTest, ARelinquishmentOfAnAdvanceShowsTheAdvance) {
  const auto read = Waiting("FundService/Relinquish",
                            R"(name: '$advance' amount_fen: 160000 reason: '执行终结'
                               reason_kind: RELINQUISH_REASON_NOT_RECOVERABLE)");
  EXPECT_EQ(read.matter().advance().amount_fen(), 900'000);
  EXPECT_EQ(read.approval().about(), "结算 SV1 的垫付放弃 1,600.00 元，现未主张 1,800.00 元");
}

TEST_F(ApprovalServiceTest, AMediationShowsTermsAndInstalments) {
  Ok(kAsker, "MediationService/MakeOffer",
     R"(name: '$mediation' terms { demand: '$person_demand' amount_fen: 30000
        relinquished_fen: 150000 instalments { due_on: '$tomorrow' amount_fen: 10000 }
        instalments { due_on: '$next_month' amount_fen: 20000 } })");
  const auto read = Waiting("MediationService/AgreeMediation",
                            R"(name: '$mediation' agreed_on: '$today' reason: '家庭困难'
        protocol { number: '浦调1号' debtor_signatory: '鲁大川' document_sha256: '$sha' }
        terms { demand: '$person_demand' amount_fen: 30000
        relinquished_fen: 150000 instalments { due_on: '$tomorrow' amount_fen: 10000 }
        instalments { due_on: '$next_month' amount_fen: 20000 } })",
                            "mediator/pudong");
  EXPECT_EQ(read.approval().kind(), v1::APPROVAL_KIND_MEDIATION);
  ASSERT_THAT(read.matter().mediation().agreement().terms(), SizeIs(1));
  const v1::MediationTerm& term = read.matter().mediation().agreement().terms(0);
  EXPECT_EQ(term.relinquished_fen(), 150'000);
  ASSERT_THAT(term.instalments(), SizeIs(2));
  EXPECT_EQ(term.instalments(1).amount_fen(), 20'000);
  ASSERT_THAT(read.matter().demands(), SizeIs(1));
  EXPECT_EQ(read.approval().about(), "鲁大川（" + read.matter().demands(0).reference() +
                                         "）付 300.00 元（分 2 期），放弃 1,500.00 元");
}

TEST_F(ApprovalServiceTest, ASettlementOfferShowsTheOffer) {
  Ok(kAsker, "NegotiationService/AnswerOffer",
     "name: '$demand' offer_id: '1' accept: false text: '金额不足'");
  Ok("insurer/huaan", "NegotiationService/OfferSettlement",
     "name: '$demand' amount_fen: 390000 valid_until_on: '$next_month' text: '一次付清'");
  const auto read = Waiting("NegotiationService/AnswerOffer",
                            "name: '$demand' offer_id: '2' accept: true text: '金额合理'");
  EXPECT_EQ(read.approval().kind(), v1::APPROVAL_KIND_SETTLEMENT_OFFER);
  EXPECT_EQ(read.matter().offer().amount_fen(), 390'000);
  EXPECT_EQ(read.matter().offer().text(), "一次付清");
  EXPECT_EQ(read.approval().about(), "华安（" + read.matter().demands(0).reference() +
                                         "）以 3,900.00 元了结 5,400.00 元，放弃 1,500.00 元");
}

TEST_F(ApprovalServiceTest, AYieldShowsTheDisputeAndWhatIsGivenUpOfEachLine) {
  Ok("insurer/huaan", "InsurerService/DisputeDemand",
     R"(name: '$demand' text: '无关' lines { advance: '$advance' disputed_fen: 200000 text: '旧伤'
        reason: DISPUTE_REASON_NOT_CAUSED_BY_ACCIDENT })");
  const auto read = Waiting("NegotiationService/AnswerDispute",
                            R"(name: '$demand' answers { advance: '$advance' yielded_fen: 150000
                               decision: DISPUTE_DECISION_YIELD text: '部分成立' })");
  EXPECT_EQ(read.approval().kind(), v1::APPROVAL_KIND_DISPUTE_YIELD);
  ASSERT_THAT(read.matter().dispute().lines(), SizeIs(1));
  EXPECT_EQ(read.matter().dispute().lines(0).text(), "旧伤");
  ASSERT_THAT(read.matter().yields(), SizeIs(1));
  EXPECT_EQ(read.matter().yields(0).yielded_fen(), 150'000);
  EXPECT_EQ(read.approval().about(), "就华安（" + read.matter().demands(0).reference() +
                                         "）异议的 1 项让步 1,500.00 元，现异议 2,000.00 元");
}

TEST_F(ApprovalServiceTest, ARefundShowsTheBreakAndThePayment) {
  PutLimit("refund.two_person_limit_fen");
  const auto read = Waiting("ReconciliationService/ResolveBreak",
                            "name: '$break' kind: RESOLUTION_KIND_REFUND reason: '误汇'");
  EXPECT_EQ(read.approval().kind(), v1::APPROVAL_KIND_REFUND);
  EXPECT_EQ(read.matter().resolved_break().amount_fen(), 1'050);
  EXPECT_EQ(read.matter().statement_entry().bank_reference(), "B1");
  EXPECT_THAT(read.approval().about(), HasSubstr(" 不明单位付来 10.50 元，退回付款人 10.50 元"));
}

TEST_F(ApprovalServiceTest, ARuleShowsWhatHoldsAndWhatShallHold) {
  const auto read = Waiting("FundService/PutPolicyDatum",
                            R"(policy_datum { key: 'relinquish.two_person_limit_fen' pool: '$pool'
                               value: '200000' effective_from_on: '2099-01-01' source: '内控' })");
  EXPECT_EQ(read.matter().policy_datum().value(), "200000");
  EXPECT_EQ(read.matter().policy_datum().source(), "内控");
  EXPECT_EQ(read.matter().replaced_policy_datum().value(), "100000");
  EXPECT_EQ(read.approval().about(),
            "relinquish.two_person_limit_fen 自 2099-01-01 起为 2,000.00 元");
}

TEST_F(ApprovalServiceTest, AnAgreementShowsItsTerms) {
  Ok(kAsker, "FundService/ListApprovals", "pool: '$pool'");
  const auto read = Read(story_.Last("approvals[0].name"));
  ASSERT_EQ(read.approval().kind(), v1::APPROVAL_KIND_AGREEMENT);
  EXPECT_EQ(read.matter().agreement().terms().quota_bp(), 5'000);
  EXPECT_FALSE(read.matter().has_replaced_agreement());
  EXPECT_THAT(read.approval().about(), HasSubstr("，付 50%，上限 1,000.00 元，自 "));
}

TEST_F(ApprovalServiceTest, TheListSaysOfEachWhatItIsAbout) {
  v1::ListApprovalsResponse listed;
  EXPECT_TRUE(
      listed.ParseFromString(Ok(kAsker, "FundService/ListApprovals", "pool: '$pool'").response));
  ASSERT_GE(listed.approvals_size(), 2);
  for (const v1::Approval& approval : listed.approvals()) {
    EXPECT_EQ(approval.about(), Read(approval.name()).approval().about());
    EXPECT_NE(approval.about(), "");
  }
}

TEST_F(ApprovalServiceTest, OnlyTheFundOfThePoolReadsIt) {
  EXPECT_EQ(story_.Send("fund/xuhui", "FundService/GetApproval", "name: '$approval'").Outcome(),
            "NOT_FOUND");
  EXPECT_EQ(story_
                .Send(kSecond, "FundService/GetApproval",
                      "name: '$pool/approvals/" + std::string(26, '0') + "'")
                .Outcome(),
            "NOT_FOUND");
  for (const char* party : {"insurer/huaan", "mediator/pudong", "hospital/renji", "court/pudong"}) {
    EXPECT_EQ(story_.Send(party, "FundService/GetApproval", "name: '$approval'").Outcome(),
              "NOT_ALLOWED")
        << party;
  }
}

TEST(AboutApprovalTest, AWriteOffNamesTheBreakAndTheDebtor) {
  domain::Approval approval;
  approval.action = domain::ApprovalAction::kWriteOff;
  approval.amount = domain::Money::Fen(12'05);
  app::ApprovalMatter matter;
  matter.finding.emplace().kind = domain::BreakKind::kUnderpaid;
  domain::Demand& demand = matter.demands.emplace_back();
  demand.debtor_name = "鲁大川";
  demand.reference = "RF18539007547034";
  EXPECT_EQ(app::AboutOf(approval, matter),
            "少付：对鲁大川（RF18539007547034）核减 12.05 元，现未付 0.00 元");
}

// A rejected agreement is gone from its mediation; another one there is not what was rejected.
TEST(AboutApprovalTest, ARejectedMediationDoesNotTellTheNextAgreement) {
  domain::Approval approval;
  approval.action = domain::ApprovalAction::kMediationAgreement;
  approval.state = domain::ApprovalState::kRejected;
  approval.id = domain::ApprovalId{Id{1, 1}};
  approval.amount = domain::Money::Fen(150'000);
  app::ApprovalMatter matter;
  domain::Demand& demand = matter.demands.emplace_back();
  demand.debtor_name = "鲁大川";
  demand.reference = "RF18539007547034";
  domain::Mediation& mediation = matter.mediation.emplace();
  mediation.approval = domain::ApprovalId{Id{1, 2}};
  mediation.agreement.emplace_back().agreed = domain::Money::Fen(777);
  EXPECT_EQ(app::AboutOf(approval, matter), "鲁大川（RF18539007547034），放弃 1,500.00 元");
}

}  // namespace
}  // namespace recoup
