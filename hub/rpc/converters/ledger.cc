#include "hub/rpc/converters/ledger.h"

#include "hub/ledger/plain_text.h"
#include "hub/rpc/convert.h"

namespace recoup::rpc {
namespace {

recoup::v1::Ledger LedgerOf(ledger::Account account) {
  return ledger::IsTracking(account) ? recoup::v1::LEDGER_TRACKING : recoup::v1::LEDGER_CASH;
}

}  // namespace

void TransferToProto(const domain::PoolId& pool, const ledger::Transfer& transfer,
                     recoup::v1::Transfer* out) {
  const ledger::Posting& posting = transfer.posting;
  out->set_transfer_id(absl::StrCat(pool.value, "#", transfer.sequence));
  out->set_sequence(transfer.event_sequence);
  out->set_ledger(LedgerOf(posting.debit));
  out->set_debit_account(ledger::AccountName(pool.value, posting.debit));
  out->set_credit_account(ledger::AccountName(pool.value, posting.credit));
  out->set_amount_fen(posting.amount.fen());
  if (!posting.advance.is_nil()) out->set_advance(app::NameOf(pool, posting.advance));
  if (!posting.demand.is_nil()) out->set_demand(app::NameOf(pool, posting.demand));
  if (!posting.entry.is_nil()) out->set_statement_entry(app::NameOf(pool, posting.entry));
  SetTime(absl::FromUnixMicros(transfer.recorded_us), out->mutable_recorded_time());
}

void TrialBalanceToProto(const domain::PoolId& pool, const app::TrialBalance& balance,
                         recoup::v1::GetTrialBalanceResponse* out) {
  for (const auto& [account, turnover] : balance.accounts) {
    recoup::v1::TrialBalanceRow* row = out->add_rows();
    row->set_ledger(LedgerOf(account));
    row->set_account(ledger::AccountName(pool.value, account));
    row->set_debit_fen(turnover.debits.fen());
    row->set_credit_fen(turnover.credits.fen());
    row->set_balance_fen((turnover.debits - turnover.credits).fen());
  }
  out->set_last_sequence(balance.last_event);
}

void CheckedLedgerToProto(const app::CheckedLedger& checked, recoup::v1::CheckLedgerResponse* out) {
  for (const ledger::Violation& violation : checked.violations) {
    recoup::v1::LawViolation* row = out->add_violations();
    row->set_law(static_cast<recoup::v1::LedgerLaw>(violation.law));
    row->set_subject(violation.subject);
    row->set_text(violation.description);
  }
  out->set_advance_count(out->advance_count() + checked.advances);
  out->set_demand_count(out->demand_count() + checked.demands);
  out->set_transfer_count(out->transfer_count() + checked.transfers);
}

void KeyFindingToProto(const app::KeyFinding& finding, recoup::v1::CheckLedgerResponse* out) {
  recoup::v1::LawViolation* row = out->add_violations();
  row->set_law(recoup::v1::LEDGER_LAW_KEYS_LEAD_TO_RECORDS);
  row->set_subject(finding.subject);
  row->set_text(finding.text);
}

}  // namespace recoup::rpc
