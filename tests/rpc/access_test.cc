// Every RPC of every service has a row in the access table, and every row an RPC.
#include "hub/rpc/access.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include "google/protobuf/descriptor.h"
#include "hub/domain/enums.h"
#include "hub/domain/records/admission.h"
#include "hub/domain/records/agreement.h"
#include "hub/domain/records/approval.h"
#include "hub/domain/records/demand.h"
#include "hub/domain/records/negotiation.h"
#include "hub/domain/records/receipts.h"
#include "hub/domain/records/recovery.h"
#include "hub/domain/states.h"
#include "protos/services.h"
#include "recoup/v1/account_service.pb.h"
#include "recoup/v1/agreement_service.pb.h"
#include "recoup/v1/audit_service.pb.h"
#include "recoup/v1/court_service.pb.h"
#include "recoup/v1/fund_service.pb.h"
#include "recoup/v1/hospital_service.pb.h"
#include "recoup/v1/insurer_service.pb.h"
#include "recoup/v1/mediation_service.pb.h"
#include "recoup/v1/negotiation_service.pb.h"
#include "recoup/v1/reconciliation_service.pb.h"

namespace recoup::rpc {
namespace {

using google::protobuf::ServiceDescriptor;

TEST(AccessTest, EveryMethodHasARowAndEveryRowAMethod) {
  std::set<std::string> methods;
  for (const ServiceDescriptor* service : v1::Services()) {
    for (int i = 0; i < service->method_count(); ++i) {
      methods.insert(service->name() + "/" + service->method(i)->name());
    }
  }
  ASSERT_GT(methods.size(), 80u);
  std::set<std::string> rows;
  for (const AccessRow& row : AccessTable()) {
    EXPECT_TRUE(rows.insert(std::string(row.method)).second) << "twice: " << row.method;
    EXPECT_NE(row.allowed, 0u) << row.method;
  }
  EXPECT_EQ(methods, rows);
}

// The table itself, said once more by service: who must never be let in.
TEST(AccessTest, NobodyCallsAnotherPartysService) {
  using domain::PartyKind;
  struct Rule {
    std::string service;
    std::vector<PartyKind> never;
  };
  const std::vector<Rule> rules = {
      {"HospitalService",
       {PartyKind::kCourt, PartyKind::kInsurer, PartyKind::kMediator, PartyKind::kOperator}},
      {"CourtService",
       {PartyKind::kHospital, PartyKind::kInsurer, PartyKind::kMediator, PartyKind::kOperator}},
      {"InsurerService",
       {PartyKind::kHospital, PartyKind::kCourt, PartyKind::kMediator, PartyKind::kOperator}},
      {"AccountService",
       {PartyKind::kHospital, PartyKind::kCourt, PartyKind::kMediator, PartyKind::kOperator}},
      {"AgreementService",
       {PartyKind::kHospital, PartyKind::kCourt, PartyKind::kMediator, PartyKind::kOperator}},
      {"NegotiationService",
       {PartyKind::kHospital, PartyKind::kCourt, PartyKind::kMediator, PartyKind::kOperator}},
      {"MediationService", {PartyKind::kHospital, PartyKind::kOperator}},
      {"FundService",
       {PartyKind::kHospital, PartyKind::kCourt, PartyKind::kInsurer, PartyKind::kMediator}},
      {"ReconciliationService",
       {PartyKind::kHospital, PartyKind::kCourt, PartyKind::kInsurer, PartyKind::kMediator,
        PartyKind::kOperator}},
      {"AuditService",
       {PartyKind::kHospital, PartyKind::kCourt, PartyKind::kInsurer, PartyKind::kMediator}},
  };
  // Insurers make settlement batches, and funds have their part in them: whole or read only.
  const std::map<std::string, PartyKinds> batch_calls = {
      {"CreateSettlementBatch", Bit(PartyKind::kInsurer)},
      {"CloseSettlementBatch", Bit(PartyKind::kInsurer)},
      {"CancelSettlementBatch", Bit(PartyKind::kInsurer)},
      {"GetSettlementBatch", Bit(PartyKind::kInsurer) | Bit(PartyKind::kFund)},
      {"ListSettlementBatches", Bit(PartyKind::kInsurer) | Bit(PartyKind::kFund)},
      {"ListSettlementBatchLines", Bit(PartyKind::kInsurer) | Bit(PartyKind::kFund)},
      {"WatchSettlementBatches", Bit(PartyKind::kInsurer)},
  };
  std::size_t checked = 0;
  for (const AccessRow& row : AccessTable()) {
    const std::string service(row.method.substr(0, row.method.find('/')));
    const auto batch_call = batch_calls.find(std::string(row.method.substr(service.size() + 1)));
    for (const Rule& rule : rules) {
      if (rule.service != service) continue;
      ++checked;
      if (batch_call != batch_calls.end()) {
        EXPECT_EQ(row.allowed, batch_call->second) << row.method;
        continue;
      }
      for (const PartyKind kind : rule.never) {
        EXPECT_EQ(row.allowed & Bit(kind), 0u) << ToString(kind) << " may call " << row.method;
      }
    }
  }
  EXPECT_EQ(checked, AccessTable().size());
}

// Converters cast between the enums, so names and numbers must be the same.
template <domain::NamedEnum E>
void ExpectSameEnum(const google::protobuf::EnumDescriptor* proto, const std::string& prefix) {
  for (const E value : domain::AllOf<E>()) {
    const auto* row = proto->FindValueByNumber(static_cast<int>(value));
    ASSERT_NE(row, nullptr) << prefix << domain::ToString(value);
    EXPECT_EQ(row->name(), prefix + std::string(domain::ToString(value)));
  }
}

TEST(EnumsTest, ProtoAndDomainAreTheSame) {
  ExpectSameEnum<domain::FlagState>(v1::FlagState_descriptor(), "FLAG_STATE_");
  ExpectSameEnum<domain::AdvanceState>(v1::AdvanceState_descriptor(), "ADVANCE_STATE_");
  ExpectSameEnum<domain::Stage>(v1::Stage_descriptor(), "STAGE_");
  ExpectSameEnum<domain::SettlementBatchState>(v1::SettlementBatchState_descriptor(),
                                               "SETTLEMENT_BATCH_STATE_");
  ExpectSameEnum<domain::CourtCaseState>(v1::CourtCaseState_descriptor(), "COURT_CASE_STATE_");
  ExpectSameEnum<domain::LeadState>(v1::LeadState_descriptor(), "LEAD_STATE_");
  ExpectSameEnum<domain::RecoveryState>(v1::RecoveryState_descriptor(), "RECOVERY_STATE_");
  ExpectSameEnum<domain::DemandState>(v1::DemandState_descriptor(), "DEMAND_STATE_");
  ExpectSameEnum<domain::MediationState>(v1::MediationState_descriptor(), "MEDIATION_STATE_");
  ExpectSameEnum<domain::RemittanceAdviceState>(v1::RemittanceAdviceState_descriptor(),
                                                "REMITTANCE_ADVICE_STATE_");
  ExpectSameEnum<domain::StatementEntryState>(v1::StatementEntryState_descriptor(),
                                              "STATEMENT_ENTRY_STATE_");
  ExpectSameEnum<domain::BreakState>(v1::BreakState_descriptor(), "BREAK_STATE_");
  ExpectSameEnum<domain::BreakKind>(v1::BreakKind_descriptor(), "BREAK_KIND_");
  ExpectSameEnum<domain::ApprovalState>(v1::ApprovalState_descriptor(), "APPROVAL_STATE_");
  ExpectSameEnum<domain::ThirdPartyKind>(v1::ThirdPartyKind_descriptor(), "THIRD_PARTY_KIND_");
  ExpectSameEnum<domain::Basis>(v1::Basis_descriptor(), "BASIS_");
  ExpectSameEnum<domain::Grade>(v1::Grade_descriptor(), "GRADE_");
  ExpectSameEnum<domain::DebtorKind>(v1::DebtorKind_descriptor(), "DEBTOR_KIND_");
  ExpectSameEnum<domain::PolicyKind>(v1::PolicyKind_descriptor(), "POLICY_KIND_");
  ExpectSameEnum<domain::DocumentType>(v1::DocumentType_descriptor(), "DOCUMENT_TYPE_");
  ExpectSameEnum<domain::Instance>(v1::Instance_descriptor(), "INSTANCE_");
  ExpectSameEnum<domain::SplitState>(v1::SplitState_descriptor(), "SPLIT_STATE_");
  ExpectSameEnum<domain::BillState>(v1::BillState_descriptor(), "BILL_STATE_");
  ExpectSameEnum<domain::SplitAnswer>(v1::SplitAnswer_descriptor(), "SPLIT_ANSWER_");
  ExpectSameEnum<domain::AgreementState>(v1::AgreementState_descriptor(), "AGREEMENT_STATE_");
  ExpectSameEnum<domain::AgreementAnswer>(v1::AgreementAnswer_descriptor(), "AGREEMENT_ANSWER_");
  ExpectSameEnum<domain::OfferState>(v1::OfferState_descriptor(), "OFFER_STATE_");
  ExpectSameEnum<domain::DisputeDecision>(v1::DisputeDecision_descriptor(), "DISPUTE_DECISION_");
  ExpectSameEnum<domain::RelinquishReason>(v1::RelinquishReason_descriptor(), "RELINQUISH_REASON_");
}

}  // namespace
}  // namespace recoup::rpc
