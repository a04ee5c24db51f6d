#include "hub/app/payments.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "hub/app/books.h"
#include "hub/app/recovery_state.h"
#include "hub/base/check.h"
#include "hub/base/clock.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::app {
namespace {

using domain::Advance;
using domain::AdvanceCommand;
using domain::AdvanceState;
using domain::Demand;
using domain::DemandCommand;
using domain::DemandLine;
using domain::DemandState;
using domain::Money;
using domain::Recovery;
using domain::Stage;
using domain::StatementEntry;
using domain::StatementEntryCommand;
using domain::StatementEntryState;

constexpr Stage kOpenStages[] = {Stage::kAgreed, Stage::kClaimed, Stage::kDisputed,
                                 Stage::kMediating};

absl::Status ExceedsOpen(Money wanted, Money open) {
  return MakeError(Reason::kAmountExceedsOpen,
                   absl::StrCat(wanted.ToYuan(), " yuan is more than the ", open.ToYuan(),
                                " yuan that are there"));
}

// A demand with the advances of its lines (an advance may have several lines) and its recovery.
struct Affected {
  Demand demand;
  Recovery recovery;
  std::map<domain::AdvanceId, Advance> advances;

  std::vector<Advance*> pointers() {
    std::vector<Advance*> all;
    for (auto& [id, advance] : advances) all.push_back(&advance);
    return all;
  }
};

absl::StatusOr<Affected> Load(UnitOfWork& work, const domain::PoolId& pool, domain::DemandId id) {
  Affected affected;
  RECOUP_ASSIGN_OR_RETURN(affected.demand, work.Get<Demand>(pool.value, id.value));
  RECOUP_ASSIGN_OR_RETURN(affected.recovery,
                          work.Get<Recovery>(pool.value, affected.demand.recovery.value));
  for (const DemandLine& line : affected.demand.lines) {
    if (affected.advances.contains(line.advance)) continue;
    RECOUP_ASSIGN_OR_RETURN(Advance advance, work.Get<Advance>(pool.value, line.advance.value));
    affected.advances.emplace(line.advance, std::move(advance));
  }
  return affected;
}

void Note(const UnitOfWork& work, Recovery& recovery, absl::Time happened, std::string text) {
  recovery.timeline.push_back({.recorded_time = work.now(),
                               .happened_time = happened,
                               .actor = work.caller().actor,
                               .text = std::move(text)});
}

absl::Time StartOf(absl::CivilDay day) { return absl::FromCivil(day, ChinaTimeZone()); }

// Moves `amount` out of stage `from` of the lines, in proportion to what each holds there.
template <typename Move>
absl::Status Spread(Affected& affected, Stage from, Money amount, Move move) {
  std::vector<std::int64_t> weights;
  for (const DemandLine& line : affected.demand.lines)
    weights.push_back(line.stages.at(from).fen());
  RECOUP_ASSIGN_OR_RETURN(const std::vector<Money> parts, domain::Split(amount, weights));
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i].is_zero()) continue;
    DemandLine& line = affected.demand.lines[i];
    RECOUP_RETURN_IF_ERROR(move(affected.advances.at(line.advance), line, parts[i]));
  }
  return absl::OkStatus();
}

// The same over the open stages, in their order.
template <typename Move>
absl::Status SpreadOpen(Affected& affected, Money amount, Move move) {
  for (const Stage from : kOpenStages) {
    const Money part = std::min(amount, affected.demand.Sum(from));
    if (!part.is_positive()) continue;
    RECOUP_RETURN_IF_ERROR(
        Spread(affected, from, part, [&](Advance& advance, DemandLine& line, Money of_line) {
          return move(advance, line, from, of_line);
        }));
    amount -= part;
  }
  RECOUP_CHECK(amount.is_zero());
  return absl::OkStatus();
}

// Settled: every fen of the advance is recovered, passed on or given up.
absl::Status UpdateAdvance(Advance& advance) {
  const bool done =
      advance.stages.at(Stage::kAdvanced).is_zero() && advance.stages.open().is_zero();
  if (done && advance.state == AdvanceState::kOpen) {
    RECOUP_ASSIGN_OR_RETURN(advance.state, domain::Next(advance.state, AdvanceCommand::kSettle));
  } else if (!done && advance.state == AdvanceState::kSettled) {
    RECOUP_ASSIGN_OR_RETURN(advance.state, domain::Next(advance.state, AdvanceCommand::kReopen));
  }
  return absl::OkStatus();
}

absl::Status StoreAffected(UnitOfWork& work, Affected& affected, const ledger::Postings& postings) {
  RECOUP_RETURN_IF_ERROR(
      PostMovement(work, affected.demand.pool, postings, affected.pointers(), {&affected.demand}));
  for (auto& [id, advance] : affected.advances) {
    RECOUP_RETURN_IF_ERROR(UpdateAdvance(advance));
    work.Put(advance);
  }
  RECOUP_RETURN_IF_ERROR(UpdateRecoveryState(work, affected.recovery, affected.demand));
  work.Put(affected.demand);
  work.Put(affected.recovery);
  return absl::OkStatus();
}

absl::Status Tell(UnitOfWork& work, const Demand& demand, std::string what) {
  if (demand.debtor_party.empty()) return absl::OkStatus();
  return work.Notify(demand.debtor_party, KeyOf(demand), std::move(what));
}

std::string Named(const StatementEntry& entry) {
  return absl::StrCat("银行流水 ",
                      entry.bank_reference.empty() ? entry.id.ToString() : entry.bank_reference);
}

Stage OpenStageOf(DemandState state) {
  switch (state) {
    case DemandState::kDisputed:
      return Stage::kDisputed;
    case DemandState::kMediating:
      return Stage::kMediating;
    case DemandState::kAgreed:
    case DemandState::kPaid:
      return Stage::kAgreed;
    case DemandState::kDraft:
    case DemandState::kIssued:
    case DemandState::kAcknowledged:
    case DemandState::kWithdrawn:
      return Stage::kClaimed;
  }
  RECOUP_CHECK(false);
}

Money AppliedTo(const StatementEntry& entry, domain::DemandId demand) {
  Money sum;
  for (const domain::Application& application : entry.applications) {
    if (application.demand == demand) sum += application.effective();
  }
  return sum;
}

void PayInstalments(Demand& demand, Money amount) {
  std::vector<domain::Instalment*> by_date;
  for (domain::Instalment& instalment : demand.instalments) by_date.push_back(&instalment);
  std::stable_sort(by_date.begin(), by_date.end(),
                   [](const auto* a, const auto* b) { return a->due_on < b->due_on; });
  for (domain::Instalment* instalment : by_date) {
    const Money part = std::min(amount, instalment->amount - instalment->paid);
    instalment->paid += part;
    amount -= part;
  }
}

// The youngest was paid last, so it opens first. Money above the instalments is taken from nobody.
void UnpayInstalments(Demand& demand, Money amount) {
  Money paid;
  for (const domain::Instalment& instalment : demand.instalments) paid += instalment.paid;
  amount = std::min(amount, paid);
  std::vector<domain::Instalment*> by_date;
  for (domain::Instalment& instalment : demand.instalments) by_date.push_back(&instalment);
  std::stable_sort(by_date.begin(), by_date.end(),
                   [](const auto* a, const auto* b) { return a->due_on > b->due_on; });
  for (domain::Instalment* instalment : by_date) {
    const Money part = std::min(amount, instalment->paid);
    instalment->paid -= part;
    amount -= part;
  }
}

}  // namespace

absl::Status UpdateEntryState(StatementEntry& entry, StatementEntryCommand gone) {
  const Money applied = entry.applied();
  const Money left = entry.amount - applied - entry.unapplied - entry.refundable;
  StatementEntryState target = StatementEntryState::kApplied;
  if (entry.unapplied.is_positive()) {
    target = applied.is_positive() ? StatementEntryState::kPartiallyApplied
                                   : StatementEntryState::kUnmatched;
  } else if (entry.refundable.is_positive()) {
    target = StatementEntryState::kRefundable;
  } else if (gone == StatementEntryCommand::kRefund && left.is_positive()) {
    target = StatementEntryState::kRefunded;
  } else if (applied.is_zero()) {
    target = StatementEntryState::kReturned;
  }
  if (entry.state == target) return absl::OkStatus();
  // One step, or by way of UNAPPLY, or (a rest that is marked and paid out at once) of the mark.
  using C = StatementEntryCommand;
  const auto try_from = [&](StatementEntryState from) {
    for (const C command :
         {C::kApplyPart, C::kApplyAll, C::kMarkRefundable, C::kRefund, C::kReturn, C::kUnapply}) {
      const auto next = domain::Next(from, command);
      if (next.ok() && *next == target) return true;
    }
    return false;
  };
  for (const std::optional<C> by :
       {std::optional<C>(), std::optional(C::kUnapply), std::optional(C::kMarkRefundable)}) {
    const auto from = by ? domain::Next(entry.state, *by) : entry.state;
    if (from.ok() && try_from(*from)) {
      entry.state = target;
      return absl::OkStatus();
    }
  }
  return domain::Next(entry.state, gone).status();
}

absl::Status ApplyPayment(UnitOfWork& work, StatementEntry& entry, domain::DemandId demand_id,
                          Money amount, std::string rule, std::string certificate) {
  RECOUP_CHECK(amount.is_positive() && entry.direction == domain::Direction::kCredit);
  if (amount > entry.unapplied) return ExceedsOpen(amount, entry.unapplied);
  RECOUP_ASSIGN_OR_RETURN(Affected affected, Load(work, entry.pool, demand_id));
  Demand& demand = affected.demand;
  if (amount > demand.open()) return ExceedsOpen(amount, demand.open());
  RECOUP_ASSIGN_OR_RETURN(
      demand.state,
      domain::Next(demand.state,
                   amount == demand.open() ? DemandCommand::kApplyAll : DemandCommand::kApplyPart));
  ledger::Postings postings;
  RECOUP_RETURN_IF_ERROR(
      SpreadOpen(affected, amount, [&](Advance& advance, DemandLine& line, Stage from, Money part) {
        return ledger::Apply(advance, line, demand.id, from, entry.id, part, postings);
      }));
  PayInstalments(demand, amount);

  Recovery& recovery = affected.recovery;
  const auto debtor = static_cast<std::size_t>(demand.debtor_index);
  if (debtor < recovery.debtors.size()) {
    recovery.debtors[debtor].interruptions.push_back(
        {.kind = domain::InterruptionKind::kPartPayment,
         .date = entry.booked_on,
         .ended_on = std::nullopt,
         .debtor = recovery.debtors[debtor].name,
         .evidence = Named(entry)});
  }
  Note(work, recovery, StartOf(entry.booked_on),
       absl::StrCat("收到付款，核销 ", amount.ToYuanGrouped(), " 元（", demand.reference, "，",
                    Named(entry), "），尚欠 ", demand.open().ToYuanGrouped(), " 元"));
  RECOUP_RETURN_IF_ERROR(StoreAffected(work, affected, postings));
  RECOUP_RETURN_IF_ERROR(Tell(work, demand, "demand.payment_applied"));

  entry.unapplied -= amount;
  entry.applications.push_back({.demand = demand_id,
                                .amount = amount,
                                .returned = Money(),
                                .rule = std::move(rule),
                                .certificate = std::move(certificate),
                                .recorded_time = work.now()});
  return UpdateEntryState(entry, StatementEntryCommand::kReturn);
}

absl::StatusOr<Money> Undoable(UnitOfWork& work, const StatementEntry& entry,
                               domain::DemandId demand_id) {
  RECOUP_ASSIGN_OR_RETURN(const Demand* demand,
                          work.Find<Demand>(entry.pool.value, demand_id.value));
  if (demand == nullptr) return NotFound("no such demand");
  return std::min(AppliedTo(entry, demand_id), demand->Sum(Stage::kRecovered));
}

absl::Status UndoPayment(UnitOfWork& work, StatementEntry& entry, domain::DemandId demand_id,
                         Money amount, const std::string& why) {
  RECOUP_CHECK(amount.is_positive());
  RECOUP_ASSIGN_OR_RETURN(const Money undoable, Undoable(work, entry, demand_id));
  if (amount > undoable) return ExceedsOpen(amount, undoable);
  RECOUP_ASSIGN_OR_RETURN(Affected affected, Load(work, entry.pool, demand_id));
  Demand& demand = affected.demand;
  RECOUP_ASSIGN_OR_RETURN(demand.state, domain::Next(demand.state, DemandCommand::kReturn));
  const Stage to = OpenStageOf(demand.state);
  ledger::Postings postings;
  RECOUP_RETURN_IF_ERROR(Spread(
      affected, Stage::kRecovered, amount, [&](Advance& advance, DemandLine& line, Money part) {
        return ledger::Unapply(advance, line, demand.id, to, entry.id, part, postings);
      }));
  UnpayInstalments(demand, amount);
  demand.repayment_confirmed_time.reset();
  Note(work, affected.recovery, work.now(),
       absl::StrCat("撤回核销 ", amount.ToYuanGrouped(), " 元（", demand.reference, "）：", why));
  RECOUP_RETURN_IF_ERROR(StoreAffected(work, affected, postings));
  RECOUP_RETURN_IF_ERROR(Tell(work, demand, "demand.payment_returned"));

  entry.unapplied += amount;
  for (auto it = entry.applications.rbegin(); it != entry.applications.rend(); ++it) {
    if (it->demand != demand_id) continue;
    const Money part = std::min(amount, it->effective());
    it->returned += part;
    amount -= part;
  }
  return absl::OkStatus();
}

absl::StatusOr<Money> PassOnDemand(UnitOfWork& work, const domain::PoolId& pool,
                                   domain::DemandId demand_id, absl::CivilDay passed_on,
                                   const std::string& bank_reference) {
  RECOUP_ASSIGN_OR_RETURN(Affected affected, Load(work, pool, demand_id));
  Demand& demand = affected.demand;
  const Money amount = demand.Sum(Stage::kRecovered);
  if (amount.is_zero()) return amount;
  ledger::Postings postings;
  RECOUP_RETURN_IF_ERROR(Spread(affected, Stage::kRecovered, amount,
                                [&](Advance& advance, DemandLine& line, Money part) {
                                  return ledger::PassOn(advance, line, demand.id, part, postings);
                                }));
  Note(work, affected.recovery, StartOf(passed_on),
       absl::StrCat("上解基金 ", amount.ToYuanGrouped(), " 元（", demand.reference,
                    bank_reference.empty() ? "" : "，银行凭证 ", bank_reference, "）"));
  RECOUP_RETURN_IF_ERROR(StoreAffected(work, affected, postings));
  return amount;
}

absl::Status WriteOffOpen(UnitOfWork& work, const domain::PoolId& pool, domain::DemandId demand_id,
                          Money amount, const std::string& reason) {
  RECOUP_CHECK(amount.is_positive());
  RECOUP_ASSIGN_OR_RETURN(Affected affected, Load(work, pool, demand_id));
  Demand& demand = affected.demand;
  if (amount > demand.open()) return ExceedsOpen(amount, demand.open());
  RECOUP_ASSIGN_OR_RETURN(
      demand.state,
      domain::Next(demand.state, amount == demand.open() ? DemandCommand::kRelinquishAll
                                                         : DemandCommand::kRelinquishPart));
  ledger::Postings postings;
  RECOUP_RETURN_IF_ERROR(
      SpreadOpen(affected, amount, [&](Advance& advance, DemandLine& line, Stage from, Money part) {
        return ledger::MoveStage(advance, line, demand.id, from, Stage::kRelinquished, part,
                                 postings);
      }));
  Note(work, affected.recovery, work.now(),
       absl::StrCat("核减 ", amount.ToYuanGrouped(), " 元（", demand.reference, "）：", reason));
  RECOUP_RETURN_IF_ERROR(StoreAffected(work, affected, postings));
  return Tell(work, demand, "demand.relinquished");
}

}  // namespace recoup::app
