#include "hub/rpc/access.h"

#include <algorithm>
#include <array>

namespace recoup::rpc {
namespace {

constexpr PartyKinds kFund = Bit(domain::PartyKind::kFund);
constexpr PartyKinds kHospital = Bit(domain::PartyKind::kHospital);
constexpr PartyKinds kCourt = Bit(domain::PartyKind::kCourt);
constexpr PartyKinds kInsurer = Bit(domain::PartyKind::kInsurer);
constexpr PartyKinds kMediator = Bit(domain::PartyKind::kMediator);
constexpr PartyKinds kOperator = Bit(domain::PartyKind::kOperator);

constexpr std::array kTable = {
    AccessRow{"AccountService/SignAccount", kInsurer},
    AccessRow{"AccountService/GetSignedAccount", kInsurer | kFund},
    AccessRow{"AccountService/ListSignedAccounts", kInsurer | kFund},

    AccessRow{"AgreementService/CreateAgreement", kInsurer | kFund},
    AccessRow{"AgreementService/AnswerAgreement", kInsurer | kFund},
    AccessRow{"AgreementService/EndAgreement", kInsurer | kFund},
    AccessRow{"AgreementService/GetAgreement", kInsurer | kFund},
    AccessRow{"AgreementService/ListAgreements", kInsurer | kFund},

    AccessRow{"AuditService/ListEvents", kFund | kOperator},
    AccessRow{"AuditService/GetTreeHead", kFund | kOperator},
    AccessRow{"AuditService/GetInclusionProof", kFund | kOperator},
    AccessRow{"AuditService/GetConsistencyProof", kFund | kOperator},
    AccessRow{"AuditService/CheckLedger", kFund | kOperator},

    AccessRow{"CourtService/PushCourtCase", kCourt},
    AccessRow{"CourtService/PushCourtCases", kCourt},
    AccessRow{"CourtService/AmendCourtCase", kCourt},
    AccessRow{"CourtService/WithdrawCourtCase", kCourt},
    AccessRow{"CourtService/GiveConsent", kCourt},
    AccessRow{"CourtService/WithdrawConsent", kCourt},
    AccessRow{"CourtService/ReportPerformance", kCourt},
    AccessRow{"CourtService/WithdrawPerformance", kCourt},
    AccessRow{"CourtService/GetCourtCase", kCourt | kFund},
    AccessRow{"CourtService/ListCourtCases", kCourt | kFund},
    AccessRow{"CourtService/ListCourtLetters", kCourt},
    AccessRow{"CourtService/Screen", kCourt},

    AccessRow{"FundService/GetAdvance", kFund},
    AccessRow{"FundService/ListAdvances", kFund},
    AccessRow{"FundService/ListLeads", kFund},
    AccessRow{"FundService/GetLead", kFund},
    AccessRow{"FundService/ConfirmLead", kFund},
    AccessRow{"FundService/RejectLead", kFund},
    AccessRow{"FundService/OpenRecovery", kFund},
    AccessRow{"FundService/GetRecovery", kFund},
    AccessRow{"FundService/ListRecoveries", kFund},
    AccessRow{"FundService/GetTimeline", kFund},
    AccessRow{"FundService/Explain", kFund},
    AccessRow{"FundService/IssueDemand", kFund},
    AccessRow{"FundService/WithdrawDemand", kFund},
    AccessRow{"FundService/RecordInterruption", kFund},
    AccessRow{"FundService/RecordLawsuit", kFund},
    AccessRow{"FundService/Relinquish", kFund},
    AccessRow{"FundService/ListApprovals", kFund},
    AccessRow{"FundService/GetApproval", kFund},
    AccessRow{"FundService/DecideApproval", kFund},
    AccessRow{"FundService/GetLetter", kFund},
    AccessRow{"FundService/ListLetters", kFund},
    AccessRow{"FundService/IssueInquiries", kFund},
    AccessRow{"FundService/EndInquiry", kFund},
    AccessRow{"FundService/PutPolicyDatum", kFund | kOperator},
    AccessRow{"FundService/ListPolicyData", kFund | kOperator},
    AccessRow{"FundService/RegisterParty", kOperator},
    AccessRow{"FundService/ListParties", kFund | kOperator},
    AccessRow{"FundService/ListDeadlines", kFund},
    AccessRow{"FundService/GetDebtorStatement", kFund},
    AccessRow{"FundService/GetAgeing", kFund},
    AccessRow{"FundService/GetFunnel", kFund},
    AccessRow{"FundService/GetLimitationClocks", kFund},
    AccessRow{"FundService/GetWorklist", kFund},

    AccessRow{"HospitalService/FlagAdmission", kHospital},
    AccessRow{"HospitalService/AmendFlag", kHospital},
    AccessRow{"HospitalService/ClearFlag", kHospital},
    AccessRow{"HospitalService/GetFlag", kFund | kHospital},
    AccessRow{"HospitalService/ListFlags", kFund | kHospital},
    AccessRow{"HospitalService/ReportSettlement", kHospital},
    AccessRow{"HospitalService/ReverseSettlement", kHospital},
    AccessRow{"HospitalService/BatchFlagAdmissions", kHospital},
    AccessRow{"HospitalService/BatchReportSettlements", kHospital},
    AccessRow{"HospitalService/QuoteSplit", kHospital},
    AccessRow{"HospitalService/SettleSplit", kHospital},
    AccessRow{"HospitalService/GetSplit", kFund | kHospital},
    AccessRow{"HospitalService/TraceInjury", kFund | kHospital},
    AccessRow{"HospitalService/AttachBills", kFund | kHospital},

    AccessRow{"InsurerService/RegisterPolicy", kInsurer},
    AccessRow{"InsurerService/UpdatePolicyUsage", kInsurer},
    AccessRow{"InsurerService/GetPolicy", kInsurer | kFund},
    AccessRow{"InsurerService/ListPolicies", kInsurer | kFund},
    AccessRow{"InsurerService/ListDemands", kInsurer | kFund},
    AccessRow{"InsurerService/WatchDemands", kInsurer},
    AccessRow{"InsurerService/GetDemand", kInsurer | kFund},
    AccessRow{"InsurerService/ExplainDemand", kInsurer | kFund},
    AccessRow{"InsurerService/AcknowledgeDemand", kInsurer},
    AccessRow{"InsurerService/AcceptDemand", kInsurer},
    AccessRow{"InsurerService/DisputeDemand", kInsurer},
    AccessRow{"InsurerService/SendRemittanceAdvice", kInsurer},
    AccessRow{"InsurerService/GetRemittanceAdvice", kInsurer | kFund},
    AccessRow{"InsurerService/ListRemittanceAdvices", kInsurer | kFund},
    AccessRow{"InsurerService/ConfirmRepayment", kInsurer},
    AccessRow{"InsurerService/ListSplits", kInsurer},
    AccessRow{"InsurerService/WatchSplits", kInsurer},
    AccessRow{"InsurerService/AnswerSplit", kInsurer},
    AccessRow{"InsurerService/GetStatementOfAccount", kInsurer | kFund},
    AccessRow{"InsurerService/GetClocks", kInsurer},

    AccessRow{"MediationService/OpenMediation", kFund | kMediator},
    AccessRow{"MediationService/MakeOffer", kFund | kMediator | kInsurer},
    AccessRow{"MediationService/AgreeMediation", kFund | kMediator},
    AccessRow{"MediationService/FailMediation", kFund | kMediator},
    AccessRow{"MediationService/GetMediation", kFund | kMediator | kInsurer},
    AccessRow{"MediationService/ListMediations", kFund | kMediator | kInsurer},
    AccessRow{"MediationService/RecordJudicialConfirmation", kFund | kMediator | kCourt},

    AccessRow{"NegotiationService/OfferSettlement", kInsurer},
    AccessRow{"NegotiationService/AnswerOffer", kFund},
    AccessRow{"NegotiationService/AnswerDispute", kFund},
    AccessRow{"NegotiationService/AttachEvidence", kInsurer},
    AccessRow{"NegotiationService/PutEvidenceChunk", kInsurer},
    AccessRow{"NegotiationService/GetEvidence", kInsurer | kFund},

    AccessRow{"ReconciliationService/ImportStatement", kFund},
    AccessRow{"ReconciliationService/Reconcile", kFund},
    AccessRow{"ReconciliationService/GetStatementEntry", kFund},
    AccessRow{"ReconciliationService/ListStatementEntries", kFund},
    AccessRow{"ReconciliationService/ListBreaks", kFund},
    AccessRow{"ReconciliationService/AssignBreak", kFund},
    AccessRow{"ReconciliationService/ResolveBreak", kFund},
    AccessRow{"ReconciliationService/PassOn", kFund},
    AccessRow{"ReconciliationService/GetTrialBalance", kFund},
    AccessRow{"ReconciliationService/ExportJournal", kFund},
    AccessRow{"ReconciliationService/TraceAdvance", kFund},
    AccessRow{"ReconciliationService/UnmatchEntry", kFund},
    AccessRow{"ReconciliationService/CloseDay", kFund},
    AccessRow{"ReconciliationService/GetDayClose", kFund},
    AccessRow{"ReconciliationService/ListDayCloses", kFund},
    AccessRow{"ReconciliationService/CreateSettlementBatch", kInsurer},
    AccessRow{"ReconciliationService/CloseSettlementBatch", kInsurer},
    AccessRow{"ReconciliationService/CancelSettlementBatch", kInsurer},
    AccessRow{"ReconciliationService/GetSettlementBatch", kInsurer | kFund},
    AccessRow{"ReconciliationService/ListSettlementBatches", kInsurer | kFund},
    AccessRow{"ReconciliationService/ListSettlementBatchLines", kInsurer | kFund},
    AccessRow{"ReconciliationService/WatchSettlementBatches", kInsurer},
};

}  // namespace

std::span<const AccessRow> AccessTable() { return kTable; }

const AccessRow* FindAccess(std::string_view method) {
  const auto row = std::find_if(kTable.begin(), kTable.end(), [&](const AccessRow& candidate) {
    return candidate.method == method;
  });
  return row == kTable.end() ? nullptr : row;
}

}  // namespace recoup::rpc
