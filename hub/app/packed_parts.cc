#include "hub/app/packed_parts.h"

#include <span>
#include <string>
#include <vector>

#include "hub/app/record_scan.h"

namespace recoup::app {

void Pack(const EntryPart& entry, reconcile::EntryBook& to) {
  const std::string key = entry.id.ToString();
  const bool credit = entry.direction == domain::Direction::kCredit;
  reconcile::GivenEntry given;
  given.key = key;
  given.amount = entry.amount;
  given.direction = credit ? reconcile::Direction::kCredit : reconcile::Direction::kDebit;
  given.reversal = entry.reversal;
  given.booked_on = entry.booked_on;
  given.paid_on = entry.valued_on;
  given.bank_reference = entry.bank_reference;
  given.end_to_end_id = entry.end_to_end_id;
  given.creditor_reference = entry.creditor_reference;
  given.free_text = entry.remittance_text;
  given.counterparty_name = entry.counterparty_name;
  given.counterparty_account = entry.counterparty_account;
  given.is_return = !entry.return_reason.empty();
  given.reason_code = entry.return_reason;
  if (credit) given.returned_before = entry.amount - entry.applied() - entry.unapplied;
  to.Add(given);
}

void Pack(const DemandPart& demand, reconcile::DemandBook& to) {
  const std::string key = demand.id.ToString();
  std::vector<reconcile::Instalment> instalments;
  for (const domain::Instalment& instalment : demand.instalments) {
    instalments.push_back(
        {instalment.due_on, instalment.amount, instalment.amount - instalment.paid});
  }
  reconcile::GivenDemand given;
  given.key = key;
  given.debtor_key = demand.debtor_party.empty() ? demand.debtor_name : demand.debtor_party;
  given.reference = demand.reference;
  if (!demand.case_number.empty()) given.case_numbers = std::span(&demand.case_number, 1);
  given.debtor_names = std::span(&demand.debtor_name, 1);
  given.amount = demand.amount;
  given.open = demand.open();
  given.issued_on = demand.issued_on;
  given.due_on = demand.due_on.value_or(reconcile::DemandFact::kNever);
  given.instalments = instalments;
  to.Add(given);
}

absl::Status PackEntries(RecordReader& reader, const domain::PoolId& pool,
                         reconcile::EntryBook& to) {
  return ForEach<EntryPart>(reader, pool.value, [&](const EntryPart& entry) {
    Pack(entry, to);
    return absl::OkStatus();
  });
}

absl::Status PackDemands(RecordReader& reader, const domain::PoolId& pool,
                         reconcile::DemandBook& to) {
  return ForEach<DemandPart>(reader, pool.value, [&](const DemandPart& demand) {
    Pack(demand, to);
    return absl::OkStatus();
  });
}

}  // namespace recoup::app
