#include "hub/app/settlement_netting.h"

#include <algorithm>
#include <set>
#include <string>

#include "hub/app/payments.h"
#include "hub/base/status.h"
#include "hub/domain/records/receipts.h"
#include "hub/domain/records/registry.h"
#include "hub/reconcile/reference_scan.h"

namespace recoup::app {
namespace {

using domain::Money;
using domain::SettlementPart;
using domain::SettlementSource;
using domain::StatementEntry;

constexpr std::size_t kRefundsMax = 100;

absl::StatusOr<std::set<std::string>> NamesOfInsurer(UnitOfWork& work,
                                                     const domain::PartyId& insurer) {
  std::set<std::string> names;
  RECOUP_ASSIGN_OR_RETURN(const std::optional<domain::Party> party,
                          work.FindBy<domain::Party>(domain::UniqueKeyKind::kPartyOfName,
                                                     domain::Key({insurer.value})));
  if (!party) return names;
  names.insert(reconcile::NormaliseName(party->display_name));
  for (const std::string& alias : party->aliases) names.insert(reconcile::NormaliseName(alias));
  return names;
}

}  // namespace

absl::Status SetOffRefunds(UnitOfWork& work, SettlementPart& part) {
  RECOUP_ASSIGN_OR_RETURN(
      std::vector<RecordKey> keys,
      work.FindAll(domain::LookupKind::kEntryRefundable, domain::Key({part.pool.value})));
  if (keys.empty()) return absl::OkStatus();
  RECOUP_ASSIGN_OR_RETURN(const std::set<std::string> names, NamesOfInsurer(work, part.insurer));
  keys.resize(std::min(keys.size(), kRefundsMax));
  for (const RecordKey& key : keys) {
    if (part.net().is_zero()) break;
    RECOUP_ASSIGN_OR_RETURN(StatementEntry entry, work.Get<StatementEntry>(key.partition, key.id));
    if (!names.contains(reconcile::NormaliseName(entry.counterparty_name))) continue;
    const Money amount = std::min(entry.refundable, part.net());
    entry.refundable -= amount;
    entry.netting += amount;
    part.netted += amount;
    part.sources.push_back({.kind = domain::SettlementSourceKind::kRefund,
                            .entry = entry.id,
                            .booked_on = work.today(),
                            .bank_reference = entry.bank_reference,
                            .amount = amount,
                            .used = Money()});
    work.Put(entry);
  }
  return absl::OkStatus();
}

absl::Status GiveRefundsBack(UnitOfWork& work, SettlementPart& part) {
  for (const SettlementSource& source : part.sources) {
    RECOUP_ASSIGN_OR_RETURN(StatementEntry entry,
                            work.Get<StatementEntry>(part.pool.value, source.entry->value));
    entry.netting -= source.amount;
    entry.refundable += source.amount;
    RECOUP_RETURN_IF_ERROR(UpdateEntryState(entry, domain::StatementEntryCommand::kRefund));
    work.Put(entry);
  }
  part.sources.clear();
  return absl::OkStatus();
}

}  // namespace recoup::app
