#include "ctl/columns.h"

#include <algorithm>

namespace recoup::ctl {

const std::vector<TableShape>& AllShapes() {
  static const std::vector<TableShape> shapes = {
      {"AccountMovement",
       {"recorded_on", "kind", "reference", "change_fen", "balance_fen", "bank_reference"}},
      {"Advance",
       {"name", "patient.name", "hospital", "settled_time", "state", "amount_fen"},
       true},
      {"AgeingRow",
       {"debtor_name", "debtor_kind", "demand_count", "not_due_fen", "to_30_fen", "to_60_fen",
        "to_90_fen", "to_180_fen", "to_365_fen", "over_365_fen", "open_fen"},
       true},
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
      {"Event",
       {"sequence", "recorded_time", "party", "actor", "method", "refused_reason", "subjects"}},
      {"ExplanationInput", {"name", "value"}},
      {"Flag", {"name", "visit_id", "patient.name", "state", "third_party_kind", "admitted_time"}},
      {"FlagChange", {"changed_time", "state", "reason", "changed_fields"}},
      {"FlagEvidence", {"rule", "text"}},
      {"FunnelRow",
       {"group_name", "advanced_fen", "flagged_fen", "demanded_fen", "agreed_fen", "recovered_fen",
        "passed_on_fen", "relinquished_fen", "recovered_bp"},
       true},
      {"FunnelStages",
       {"group_name", "at_advanced_fen", "at_claimed_fen", "at_disputed_fen", "at_mediating_fen",
        "at_agreed_fen", "at_recovered_fen", "at_passed_on_fen", "at_relinquished_fen",
        "on_books_fen"},
       true},
      {"FundLine", {"fund_pay_type", "name", "is_fund", "amount_fen"}},
      {"Instalment", {"due_on", "amount_fen", "paid_fen"}, true},
      {"Interruption", {"happened_on", "kind", "evidence", "source"}},
      {"LawViolation", {"law", "subject", "expected_fen", "actual_fen", "text"}},
      {"Lead", {"name", "case_number", "injured_person.name", "state", "margin"}},
      {"LeadReason", {"points", "text", "rule"}},
      {"Letter", {"name", "kind", "addressee_name", "subject", "issued_on", "title"}},
      {"LiabilityShare", {"party", "share_bp"}},
      {"LimitationRow",
       {"debtor_name", "expires_on", "days_left", "state", "open_fen", "known_on", "interrupted_on",
        "interruption_count", "reference", "recovery"},
       true},
      {"MatchFact", {"name", "entry_value", "demand_value", "agrees"}},
      {"Mediation", {"name", "mediator", "state", "opened_time", "demands"}},
      {"MediationTerm", {"demand", "amount_fen", "relinquished_fen"}, true},
      {"Obligation", {"debtor", "creditor", "amount_fen", "medical_fen", "policy_kind"}},
      {"OpenItem",
       {"reference", "claim_number", "case_number", "issued_on", "due_on", "amount_fen",
        "applied_fen", "relinquished_fen", "open_fen", "overdue_days"},
       true},
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
      {"WorkItem",
       {"urgency", "kind", "due_on", "days_left", "age_days", "amount_fen", "debtor_name",
        "subject", "command"}},
      {"WorkSummary", {"urgency", "kind", "item_count", "amount_fen", "due_on"}},
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
