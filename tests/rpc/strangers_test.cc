// What is another party's does not exist for a caller: every call that names a pool or a record,
// sent by a party that may make the call but has nothing to do with the record, is NOT_FOUND. And
// every call that takes an etag refuses a stale one.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "hub/rpc/access.h"
#include "tests/rpc/wire_story.h"

namespace recoup {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::MethodDescriptor;
using testing::Answer;
using testing::Methods;
using testing::NameOf;
using testing::WireStory;

// Requests that are right but for who sends them. A call may stand here several times, once for
// each name it takes.
const std::vector<std::pair<std::string, std::string>>& Requests() {
  static const auto& requests = *new std::vector<std::pair<std::string, std::string>>{
      {"AccountService/ListSignedAccounts", "pool: '$pool'"},
      {"AgreementService/AnswerAgreement",
       "name: '$agreement' answer: AGREEMENT_ANSWER_ACCEPT text: '同意'"},
      {"AgreementService/EndAgreement", "name: '$agreement' last_day_on: '$next_month' text: '止'"},
      {"AgreementService/GetAgreement", "name: '$agreement'"},
      {"AgreementService/ListAgreements", "pool: '$pool'"},
      {"AuditService/ListEvents", "pool: '$pool'"},
      {"AuditService/GetTreeHead", "pool: '$pool'"},
      {"AuditService/GetInclusionProof", "pool: '$pool' sequence: 1"},
      {"AuditService/GetConsistencyProof", "pool: '$pool' first_tree_size: 1"},
      {"AuditService/CheckLedger", "pool: '$pool'"},
      {"CourtService/WithdrawCourtCase", "name: '$court_case' reason: '误推'"},
      {"CourtService/GiveConsent", "name: '$court_case'"},
      {"CourtService/WithdrawConsent", "name: '$court_case' reason: '误推'"},
      {"CourtService/ReportPerformance",
       R"(name: '$court_case' performance { performed_on: '$yesterday' amount_fen: 1
          payer: '测试丁' payee: '测试乙' })"},
      {"CourtService/WithdrawPerformance",
       R"(name: '$court_case' performance { performed_on: '$yesterday' amount_fen: 1
          payer: '测试丁' payee: '测试乙' } reason: '误报')"},
      {"CourtService/GetCourtCase", "name: '$court_case'"},
      {"CourtService/ListCourtLetters", "court_case: '$court_case'"},
      {"FundService/GetAdvance", "name: '$advance'"},
      {"FundService/ListAdvances", "pool: '$pool'"},
      {"FundService/ListLeads", "pool: '$pool'"},
      {"FundService/GetLead", "name: '$lead'"},
      {"FundService/ConfirmLead", "name: '$lead' candidate_id: '1' reason: '核实'"},
      {"FundService/RejectLead", "name: '$lead' reason: '非本人'"},
      {"FundService/OpenRecovery",
       R"(pool: '$pool' advances: '$advance' accident_on: '$accident' reason: '认可'
          debtor_shares { share_bp: 1 debtor { kind: DEBTOR_KIND_PERSON display_name: '甲' } })"},
      {"FundService/GetRecovery", "name: '$recovery'"},
      {"FundService/ListRecoveries", "pool: '$pool'"},
      {"FundService/GetTimeline", "name: '$recovery'"},
      {"FundService/Explain", "name: '$recovery'"},
      {"FundService/Explain", "name: '$demand'"},
      {"FundService/Explain", "name: '$lead'"},
      {"FundService/IssueDemand", "name: '$demand'"},
      {"FundService/WithdrawDemand", "name: '$demand' reason: '误发'"},
      {"FundService/RecordInterruption",
       R"(name: '$demand' interruption { kind: INTERRUPTION_KIND_DEMAND_SERVED
          happened_on: '$yesterday' evidence: '挂号信' })"},
      {"FundService/RecordLawsuit",
       R"(name: '$demand' lawsuit { court_name: '某法院' case_number: '（2026）沪0115民初1号'
          filed_on: '$today' evidence: '受理案件通知书' })"},
      {"FundService/Relinquish",
       R"(name: '$demand' amount_fen: 1 reason: '无财产'
          reason_kind: RELINQUISH_REASON_NOT_RECOVERABLE)"},
      {"FundService/Relinquish",
       R"(name: '$advance' amount_fen: 1 reason: '无财产'
          reason_kind: RELINQUISH_REASON_NOT_RECOVERABLE)"},
      {"FundService/PutPolicyDatum",
       R"(policy_datum { key: 'demand.due_days' pool: '$pool' value: '400'
          effective_from_on: '$tomorrow' source: '规程' })"},
      {"FundService/ListApprovals", "pool: '$pool'"},
      {"FundService/GetApproval", "name: '$approval'"},
      {"FundService/DecideApproval", "name: '$approval' decision: APPROVAL_DECISION_APPROVE"},
      {"FundService/GetLetter", "name: '$letter'"},
      {"FundService/ListLetters", "pool: '$pool'"},
      {"FundService/IssueInquiries", "name: '$recovery'"},
      {"FundService/EndInquiry", "name: '$letter' state: INQUIRY_STATE_ANSWERED note: '已付清'"},
      {"FundService/ListDeadlines", "pool: '$pool'"},
      {"FundService/GetDebtorStatement", "pool: '$pool' debtor: 'parties/insurer/huaan'"},
      {"FundService/GetDebtorStatement", "demand: '$demand'"},
      {"FundService/GetAgeing", "pool: '$pool'"},
      {"FundService/GetFunnel", "pools: '$pool'"},
      {"FundService/GetLimitationClocks", "pool: '$pool'"},
      {"FundService/GetWorklist", "pool: '$pool'"},
      {"HospitalService/AmendFlag",
       "flag { name: '$flag' plate: '沪B00001' } update_mask { paths: 'plate' }"},
      {"HospitalService/ClearFlag", "name: '$flag' reason: '自伤'"},
      {"HospitalService/GetFlag", "name: '$flag'"},
      {"HospitalService/ListFlags", "pool: '$pool'"},
      {"HospitalService/ReverseSettlement",
       R"(reversal { pool: '$pool' settlement_id: 'SV1' sender_message_id: 'R1'
                     reversed_time { seconds: $settled_s } })"},
      {"HospitalService/QuoteSplit",
       R"(pool: '$pool' visit_id: 'V3' total_fen: 2000000 fund_paid_fen: 1200000
          self_paid_fen: 800000)"},
      {"HospitalService/SettleSplit", "quote: '$split' settlement_id: 'S9'"},
      {"HospitalService/GetSplit", "name: '$split'"},
      {"HospitalService/AttachBills", "advance: '$advance' bills { invoice_number: '31011500' }"},
      {"InsurerService/UpdatePolicyUsage",
       "name: '$policy' usage { accident_on: '$accident' medical_used_fen: 1 total_used_fen: 1 }"},
      {"InsurerService/GetPolicy", "name: '$policy'"},
      {"InsurerService/ListDemands", "pool: '$pool'"},
      {"InsurerService/ListDemands", "recovery: '$recovery'"},
      {"InsurerService/GetDemand", "name: '$demand'"},
      {"InsurerService/ExplainDemand", "name: '$demand'"},
      {"InsurerService/AcknowledgeDemand", "name: '$demand'"},
      {"InsurerService/AcceptDemand", "name: '$demand'"},
      {"InsurerService/DisputeDemand",
       R"(name: '$demand' lines { advance: '$advance' disputed_fen: 1
          reason: DISPUTE_REASON_ALREADY_PAID })"},
      {"InsurerService/SendRemittanceAdvice",
       R"(remittance_advice { pool: '$pool' paid_on: '$yesterday' amount_fen: 100
          lines { demand: '$demand' amount_fen: 100 } })"},
      {"InsurerService/GetRemittanceAdvice", "name: '$advice'"},
      {"InsurerService/ListRemittanceAdvices", "pool: '$pool'"},
      {"InsurerService/ConfirmRepayment", "name: '$demand' received_fen: 0"},
      {"InsurerService/AnswerSplit", "name: '$split' policy: '$policy' accept: false text: '无责'"},
      {"InsurerService/GetStatementOfAccount",
       "pool: '$pool' insurer: 'parties/insurer/huaan' from_on: '$accident' until_on: "
       "'$yesterday'"},
      {"InsurerService/GetClocks", "pool: '$pool'"},
      {"MediationService/OpenMediation", "demands: '$demand' mediator: 'parties/mediator/minhang'"},
      {"MediationService/MakeOffer",
       "name: '$mediation' terms { demand: '$person_demand' amount_fen: 1 relinquished_fen: 1 }"},
      {"MediationService/AgreeMediation",
       R"(name: '$mediation' agreed_on: '$yesterday' reason: '调解'
          terms { demand: '$person_demand' amount_fen: 1 relinquished_fen: 1 })"},
      {"MediationService/FailMediation", "name: '$mediation' reason: '不成'"},
      {"MediationService/GetMediation", "name: '$mediation'"},
      {"MediationService/ListMediations", "pool: '$pool'"},
      {"MediationService/ListMediations", "demand: '$demand'"},
      {"MediationService/RecordJudicialConfirmation",
       R"(name: '$mediation' judicial_confirmation { case_number: '（2026）沪0115诉前调确1号'
          court_name: '测试法院' decided_on: '$yesterday' confirmed: true })"},
      {"NegotiationService/OfferSettlement",
       "name: '$demand' amount_fen: 1 valid_until_on: '$next_month' text: '和解'"},
      {"NegotiationService/AnswerOffer", "name: '$demand' offer_id: '$offer' text: '不受'"},
      {"NegotiationService/AnswerDispute",
       R"(name: '$demand' answers { advance: '$advance' decision: DISPUTE_DECISION_UPHOLD
          text: '维持' })"},
      {"NegotiationService/AttachEvidence",
       R"(name: '$demand' advance: '$advance' file_name: 'b.pdf' media_type: 'application/pdf'
          byte_count: 5 sha256: '$sha')"},
      {"NegotiationService/PutEvidenceChunk",
       "name: '$demand' evidence_id: '$evidence' content: '%PDF-'"},
      {"NegotiationService/GetEvidence", "name: '$demand' evidence_id: '$evidence'"},
      {"ReconciliationService/ImportStatement",
       R"(pool: '$pool' statement { account: '3100100001' statement_id: '2' }
          entries { bank_reference: 'B2' booked_on: '$yesterday' amount_fen: 1
                    direction: DIRECTION_CREDIT status: BOOKING_STATUS_BOOKED })"},
      {"ReconciliationService/Reconcile", "pool: '$pool'"},
      {"ReconciliationService/GetStatementEntry", "name: '$entry'"},
      {"ReconciliationService/ListStatementEntries", "pool: '$pool'"},
      {"ReconciliationService/ListBreaks", "pool: '$pool'"},
      {"ReconciliationService/AssignBreak", "name: '$break' owner: 'li-hua'"},
      {"ReconciliationService/ResolveBreak",
       "name: '$break' kind: RESOLUTION_KIND_EXPLAINED reason: '核实'"},
      {"ReconciliationService/PassOn",
       "pool: '$pool' demands: '$demand' passed_on_on: '$yesterday' bank_reference: 'B3'"},
      {"ReconciliationService/GetTrialBalance", "pool: '$pool'"},
      {"ReconciliationService/ExportJournal", "pool: '$pool' dialect: JOURNAL_DIALECT_HLEDGER"},
      {"ReconciliationService/TraceAdvance", "name: '$advance'"},
      {"ReconciliationService/UnmatchEntry", "name: '$entry' demand: '$demand' reason: '误认'"},
      {"ReconciliationService/CloseDay", "pool: '$pool' day_on: '$yesterday'"},
      {"ReconciliationService/GetDayClose", "name: '$day_close'"},
      {"ReconciliationService/ListDayCloses", "pool: '$pool'"},
      {"ReconciliationService/CloseSettlementBatch", "name: '$settlement_batch'"},
      {"ReconciliationService/CancelSettlementBatch", "name: '$settlement_batch' reason: '误建'"},
      {"ReconciliationService/GetSettlementBatch", "name: '$settlement_batch'"},
      {"ReconciliationService/ListSettlementBatchLines",
       "settlement_batch: '$settlement_batch' pool: '$pool'"},
  };
  return requests;
}

// Calls that name something and are not among the requests, each with its reason.
const std::map<std::string, std::string>& NotAsked() {
  static const auto& reasons = *new std::map<std::string, std::string>{
      {"AccountService/SignAccount", "the document is signed; signed_accounts_test has it"},
      {"AccountService/GetSignedAccount", "needs a signed document; signed_accounts_test has it"},
      {"AgreementService/CreateAgreement", "any insurer may propose to any pool"},
      {"CourtService/AmendCourtCase", "is signed by another key; court_case_test has it"},
      {"FundService/ListPolicyData", "everybody may know the rules in force"},
      {"HospitalService/FlagAdmission", "a hospital treats the insured of every pool"},
      {"HospitalService/ReportSettlement", "a hospital treats the insured of every pool"},
      {"InsurerService/WatchDemands", "tells one's own notices only, and never ends"},
      {"ReconciliationService/CreateSettlementBatch", "an insurer may owe every pool"},
      {"ReconciliationService/ListSettlementBatches", "the pool narrows a list of one's own"},
  };
  return reasons;
}

// A party of each kind that has nothing to do with the story.
const std::map<domain::PartyKind, std::string>& Strangers() {
  static const auto& strangers = *new std::map<domain::PartyKind, std::string>{
      {domain::PartyKind::kFund, "fund/xuhui"},
      {domain::PartyKind::kHospital, "hospital/huashan"},
      {domain::PartyKind::kCourt, "court/xuhui"},
      {domain::PartyKind::kInsurer, "insurer/taiping"},
      {domain::PartyKind::kMediator, "mediator/minhang"}};
  return strangers;
}

// A mediation body takes up what a debtor brings to it, of whatever pool; the fund decides whether
// it agrees.
bool IsOpenToStrangers(const std::string& method, domain::PartyKind kind) {
  return method == "MediationService/OpenMediation" && kind == domain::PartyKind::kMediator;
}

bool Allows(const std::string& method, domain::PartyKind kind) {
  return (rpc::FindAccess(method)->allowed & rpc::Bit(kind)) != 0;
}

// A list in which the pool only narrows what is one's own: nothing of it is another's.
bool IsListOfOnesOwn(const std::string& method) {
  static const std::set<std::string> lists = {
      "AccountService/ListSignedAccounts",    "AgreementService/ListAgreements",
      "CourtService/ListCourtLetters",        "HospitalService/ListFlags",
      "InsurerService/ListDemands",           "InsurerService/GetClocks",
      "InsurerService/ListRemittanceAdvices", "MediationService/ListMediations"};
  return lists.contains(method);
}

bool NamesSomething(const MethodDescriptor& method) {
  static const std::set<std::string> names = {"name",   "pool",   "pools",      "advance",
                                              "quote",  "demand", "court_case", "settlement_batch",
                                              "demands"};
  const Descriptor* request = method.input_type();
  for (int i = 0; i < request->field_count(); ++i) {
    const google::protobuf::FieldDescriptor* field = request->field(i);
    if (names.contains(field->name())) return true;
    // What is created or put names its pool itself.
    const Descriptor* message = field->message_type();
    if (message != nullptr && !field->is_repeated() &&
        message->FindFieldByName("pool") != nullptr) {
      return true;
    }
  }
  return false;
}

class StrangersTest : public ::testing::Test {
 protected:
  void SetUp() override { story_.Tell(); }
  WireStory story_;
};

TEST(StrangersTableTest, HasEveryCallThatNamesSomething) {
  std::set<std::string> asked;
  for (const auto& [method, text] : Requests()) asked.insert(method);
  for (const MethodDescriptor* method : Methods()) {
    const std::string name = NameOf(*method);
    if (!NamesSomething(*method)) continue;
    EXPECT_NE(asked.contains(name), NotAsked().contains(name)) << name;
  }
}

TEST_F(StrangersTest, FindNothingOfOthers) {
  std::size_t sent = 0;
  for (const auto& [method, text] : Requests()) {
    for (const auto& [kind, stranger] : Strangers()) {
      if (!Allows(method, kind) || IsOpenToStrangers(method, kind)) continue;
      const Answer answer = story_.Send(stranger, method, text);
      ++sent;
      if (IsListOfOnesOwn(method) && answer.whole_call_ok) {
        EXPECT_EQ(answer.response, "") << method << " by " << stranger << ": " << text;
      } else {
        EXPECT_EQ(answer.Outcome(), "NOT_FOUND")
            << method << " by " << stranger << ": " << text << "\n"
            << answer.status.DebugString();
      }
    }
  }
  EXPECT_GT(sent, 120u);
}

// The same requests are found by those they concern, so it is the stranger that is refused above.
TEST_F(StrangersTest, AreRefusedForBeingStrangers) {
  const std::map<domain::PartyKind, std::string> involved = {
      {domain::PartyKind::kFund, "fund/pudong/li-hua"},
      {domain::PartyKind::kHospital, "hospital/renji"},
      {domain::PartyKind::kCourt, "court/pudong"},
      {domain::PartyKind::kInsurer, "insurer/huaan"},
      {domain::PartyKind::kMediator, "mediator/pudong"}};
  // For there to be one that can be taken back.
  EXPECT_EQ(story_
                .Send("court/pudong", "CourtService/ReportPerformance",
                      R"(name: '$court_case' performance { performed_on: '$yesterday' amount_fen: 1
                         payer: '测试丁' payee: '测试乙' })")
                .Outcome(),
            "OK");
  for (const auto& [method, text] : Requests()) {
    bool found = false;
    for (const auto& [kind, party] : involved) {
      if (found || !Allows(method, kind)) continue;
      // Nothing is changed by asking.
      const bool changes =
          testing::MethodOf(method).input_type()->FindFieldByName("validate_only") != nullptr;
      const Answer answer =
          story_.Send(party, method, changes ? text + " validate_only: true" : text);
      // The story's document is complete: its chunks are refused for that.
      const bool formed =
          answer.Outcome() != "INVALID_ARGUMENT" || method == "NegotiationService/PutEvidenceChunk";
      found = formed && answer.Outcome() != "NOT_FOUND";
    }
    EXPECT_TRUE(found) << method << ": " << text;
  }
}

TEST_F(StrangersTest, AStaleEtagIsRefused) {
  // The parties that may give the etags; the others of the table are tried after them.
  std::size_t sent = 0;
  for (const MethodDescriptor* method : Methods()) {
    if (method->input_type()->FindFieldByName("etag") == nullptr) continue;
    const std::string name = NameOf(*method);
    const auto request = std::find_if(Requests().begin(), Requests().end(),
                                      [&](const auto& one) { return one.first == name; });
    ASSERT_NE(request, Requests().end()) << name;
    const std::string party =
        Allows(name, domain::PartyKind::kFund) ? "fund/pudong/li-hua" : "insurer/huaan";
    const Answer answer = story_.Send(party, name, request->second + " etag: 'v999'");
    EXPECT_EQ(answer.Outcome(), "ETAG_MISMATCH") << name << "\n" << answer.status.DebugString();
    ++sent;
  }
  EXPECT_EQ(sent, 17u);
  // Records whose etag is within them.
  EXPECT_EQ(story_
                .Send("operator/shanghai", "FundService/RegisterParty",
                      R"(party { name: 'parties/insurer/huaan' contact: '021' etag: 'v999' }
                         update_mask { paths: 'contact' })")
                .Outcome(),
            "ETAG_MISMATCH");
  EXPECT_EQ(story_
                .Send("fund/pudong/li-hua", "FundService/PutPolicyDatum",
                      R"(policy_datum { key: 'demand.due_days' pool: '$pool' value: '15'
                         effective_from_on: '$tomorrow' source: '规程' etag: 'v999' })")
                .Outcome(),
            "ETAG_MISMATCH");
}

}  // namespace
}  // namespace recoup
