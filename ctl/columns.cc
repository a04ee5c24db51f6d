#include "ctl/columns.h"

#include <algorithm>

namespace recoup::ctl {

const std::vector<TableShape>& AllShapes() {
  static const std::vector<TableShape> shapes = {
      {"Advance",
       {"name", "patient.name", "hospital", "settled_time", "state", "amount_fen"},
       true},
      {"Agreement",
       {"name", "insurer", "state", "terms.third_party_kind", "terms.quota_bp", "terms.cap_fen",
        "settled_count"}},
      {"AgreementChange", {"recorded_time", "state", "actor", "text"}},
      {"Application", {"demand", "amount_fen", "certificate.rule", "recorded_time", "undone"}},
      {"Approval", {"name", "kind", "subject", "amount_fen", "state", "requested_by", "due_on"}},
      {"Break", {"name", "kind", "state", "amount_fen", "age_days", "owner", "explanation"}},
      {"BreakCandidate", {"demand", "open_fen", "score", "reason"}},
      {"CourtCase",
       {"name", "elements.case_number", "elements.court_name", "elements.closed_on", "grade",
        "state"}},
      {"Deadline", {"due_on", "days_left", "kind", "subject", "amount_fen", "debtor_name"}},
      {"DayClose", {"name", "day_on", "bank_fen", "books_fen", "explained_fen", "closed_by"}},
      {"Demand",
       {"name", "reference", "debtor.display_name", "state", "due_on", "amount_fen", "applied_fen",
        "relinquished_fen", "open_fen"},
       true},
      {"DemandLine", {"advance", "amount_fen"}, true},
      {"DisputeAnswer", {"advance", "decision", "yielded_fen", "text", "answered_by"}},
      {"Event",
       {"sequence", "recorded_time", "party", "actor", "method", "refused_reason", "subjects"}},
      {"EvidenceFile", {"evidence_id", "file_name", "byte_count", "received_byte_count", "attached_time"}},
      {"ExplanationInput", {"name", "value"}},
      {"Flag", {"name", "visit_id", "patient.name", "state", "third_party_kind", "admitted_time"}},
      {"FlagChange", {"changed_time", "state", "reason", "changed_fields"}},
      {"FlagEvidence", {"rule", "text"}},
      {"FundLine", {"fund_pay_type", "name", "is_fund", "amount_fen"}},
      {"Instalment", {"due_on", "amount_fen", "paid_fen"}, true},
      {"Interruption", {"happened_on", "kind", "evidence", "source"}},
      {"LawViolation", {"law", "subject", "expected_fen", "actual_fen", "text"}},
      {"Lead", {"name", "case_number", "injured_person.name", "state", "margin"}},
      {"LeadReason", {"points", "text", "rule"}},
      {"Letter", {"name", "kind", "addressee_name", "subject", "issued_on", "title"}},
      {"LiabilityShare", {"party", "share_bp"}},
      {"MatchFact", {"name", "entry_value", "demand_value", "agrees"}},
      {"Mediation", {"name", "mediator", "state", "opened_time", "demands"}},
      {"MediationTerm", {"demand", "amount_fen", "relinquished_fen"}, true},
      {"Obligation", {"debtor", "creditor", "amount_fen", "medical_fen", "policy_kind"}},
      {"Party", {"name", "kind", "display_name", "certificate_uri", "pools"}},
      {"PassedOn", {"demand", "amount_fen"}, true},
      {"Performance", {"performed_on", "amount_fen", "payer", "payee", "complete"}, true},
      {"Policy", {"name", "insurer", "policy_number", "kind", "valid_from_on", "valid_until_on"}},
      {"PolicyDatum", {"key", "pool", "effective_from_on", "value", "source"}},
      {"PolicyUsage",
       {"accident_on", "accident_reference", "medical_used_fen", "medical_remaining_fen",
        "total_used_fen"}},
      {"Recovery",
       {"name", "injured_person.name", "state", "accident_on", "advanced_fen", "owed_fen"},
       true},
      {"RecoveryDebtor",
       {"debtor.display_name", "debtor.kind", "share_bp", "amount_fen", "demand",
        "clock.expires_on"},
       true},
      {"SettlementOffer",
       {"offer_id", "state", "amount_fen", "open_fen", "valid_until_on", "text"}},
      {"SignedAccount",
       {"name", "insurer", "from_on", "until_on", "hub_open_fen", "insurer_open_fen",
        "difference_count"}},
      {"SigningKey", {"key_id", "valid_from_time", "valid_until_time", "revoked_time"}},
      {"StageAmount", {"stage", "amount_fen"}, true},
      {"StatementEntry",
       {"name", "booked_on", "direction", "amount_fen", "counterparty_name", "creditor_reference",
        "state", "unapplied_fen"}},
      {"TimelineEntry", {"recorded_time", "text", "amount_fen", "actor", "subject"}},
      {"Transfer",
       {"sequence", "recorded_time", "ledger", "debit_account", "credit_account", "amount_fen",
        "demand"}},
      {"TrialBalanceRow", {"ledger", "account", "debit_fen", "credit_fen", "balance_fen"}},
  };
  return shapes;
}

const TableShape* ShapeOf(std::string_view message_type) {
  const std::vector<TableShape>& shapes = AllShapes();
  const auto found = std::find_if(shapes.begin(), shapes.end(), [&](const TableShape& shape) {
    return shape.type == message_type;
  });
  return found == shapes.end() ? nullptr : &*found;
}

}  // namespace recoup::ctl
