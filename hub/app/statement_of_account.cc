#include "hub/app/statement_of_account.h"

#include <optional>

#include "absl/container/flat_hash_map.h"
#include "absl/time/time.h"
#include "hub/app/record_scan.h"
#include "hub/base/clock.h"
#include "hub/base/status.h"

namespace recoup::app {
namespace {

using domain::Money;
using ledger::Account;

// The stages in which a demand's money is still to be paid.
bool IsOwed(Account account) {
  return account == Account::kClaimed || account == Account::kDisputed ||
         account == Account::kMediating || account == Account::kAgreed;
}

// What one transfer does to its demand. A debit of a stage brings money there, a credit takes it
// away; moves between owed stages change nothing that a debtor would see in an account.
struct Effect {
  Money asked;
  Money applied;
  Money relinquished;
};

Effect EffectOf(const ledger::Posting& posting) {
  Effect effect;
  const bool in = IsOwed(posting.debit);
  const bool out = IsOwed(posting.credit);
  if (in == out) return effect;
  const Account other = in ? posting.credit : posting.debit;
  const Money amount = in ? -posting.amount : posting.amount;
  if (other == Account::kRecovered) effect.applied = amount;
  if (other == Account::kRelinquished) effect.relinquished = amount;
  if (other == Account::kAdvanced) effect.asked = -amount;
  return effect;
}

// What is owed changes by one of the three at a time.
std::optional<AccountMovement> MovementOf(const Effect& effect) {
  using Kind = AccountMovementKind;
  AccountMovement movement;
  movement.change = effect.asked - effect.applied - effect.relinquished;
  if (movement.change.is_zero()) return std::nullopt;
  const bool more = movement.change.is_positive();
  if (!effect.asked.is_zero()) {
    movement.kind = more ? Kind::kDemanded : Kind::kWithdrawn;
  } else if (!effect.applied.is_zero()) {
    movement.kind = more ? Kind::kTakenBack : Kind::kReceived;
  } else {
    movement.kind = more ? Kind::kAskedAgain : Kind::kRelinquished;
  }
  return movement;
}

// A demand of several lines makes a transfer for each; to its debtor they are one movement.
void Add(const AccountMovement& movement, std::vector<AccountMovement>& movements) {
  if (!movements.empty()) {
    AccountMovement& last = movements.back();
    if (last.event_sequence == movement.event_sequence && last.kind == movement.kind &&
        last.demand == movement.demand && last.entry == movement.entry) {
      last.change += movement.change;
      return;
    }
  }
  movements.push_back(movement);
}

struct Running {
  AccountLine line;
  bool changed = false;
};

void Take(const ledger::Transfer& transfer, absl::CivilDay from, absl::CivilDay until,
          Running& running, std::vector<AccountMovement>& movements) {
  const absl::CivilDay day = ChinaDate(absl::FromUnixMicros(transfer.recorded_us));
  if (day > until) return;
  const Effect effect = EffectOf(transfer.posting);
  AccountLine& line = running.line;
  line.amount += effect.asked;
  line.applied += effect.applied;
  line.relinquished += effect.relinquished;
  line.open = line.amount - line.applied - line.relinquished;
  if (day < from) {
    line.opening = line.open;
    return;
  }
  running.changed = true;
  if (std::optional<AccountMovement> movement = MovementOf(effect)) {
    movement->day = day;
    movement->demand = transfer.posting.demand;
    movement->entry = transfer.posting.entry;
    movement->event_sequence = transfer.event_sequence;
    Add(*movement, movements);
  }
}

}  // namespace

absl::StatusOr<std::map<domain::DemandId, domain::Demand>> DemandsOnAccount(
    RecordReader& reader, const domain::PoolId& pool, const domain::PartyId& debtor) {
  std::map<domain::DemandId, domain::Demand> demands;
  for (const auto kind :
       {domain::LookupKind::kDemandOfDebtorParty, domain::LookupKind::kDemandWithdrawnFrom}) {
    RECOUP_RETURN_IF_ERROR(ForEachBy<domain::Demand>(reader, kind, domain::Key({debtor.value}),
                                                     [&](const domain::Demand& demand) {
                                                       if (demand.pool == pool)
                                                         demands.emplace(demand.id, demand);
                                                       return absl::OkStatus();
                                                     }));
  }
  return demands;
}

absl::StatusOr<StatementOfAccount> StatementOfAccountOf(ReadView& view, const domain::PoolId& pool,
                                                        const std::set<domain::DemandId>& demands,
                                                        absl::CivilDay from, absl::CivilDay until) {
  constexpr std::size_t kChunk = 1000;
  absl::flat_hash_map<domain::DemandId, Running> running;
  for (const domain::DemandId& demand : demands) running[demand].line.demand = demand;
  StatementOfAccount out;
  for (bool more = true; more;) {
    RECOUP_ASSIGN_OR_RETURN(const std::vector<ledger::Transfer> chunk,
                            view.Transfers(pool.value, out.last_transfer, kChunk));
    for (const ledger::Transfer& transfer : chunk) {
      out.last_transfer = transfer.sequence;
      if (!ledger::IsTracking(transfer.posting.debit)) continue;
      const auto demand = running.find(transfer.posting.demand);
      if (demand != running.end()) Take(transfer, from, until, demand->second, out.movements);
    }
    more = chunk.size() == kChunk;
  }
  for (const domain::DemandId& demand : demands) {
    const Running& account = running.at(demand);
    if (account.line.opening.is_zero() && !account.changed) continue;
    out.opening += account.line.opening;
    out.closing += account.line.open;
    out.lines.push_back(account.line);
  }
  return out;
}

}  // namespace recoup::app
